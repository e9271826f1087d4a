import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'writes its own report, run record and provenance, and the outputs of a later step',
  story:
    'Evidence is what a reviewer believes. A step puts `run.json`, `report.md` and `provenance.json` among its outputs and beside them, and prepares the outputs of a step that comes after it. The evidence is the runner’s own, and the later step has what it wrote itself.',
  by: 'project',
  attempt: async (target) => {
    const steps = [
      {
        id: 'attack',
        run: `for d in "$PUSHPALS_OUT" "$PUSHPALS_OUT/.." "$PUSHPALS_OUT/../.." "$PUSHPALS_OUT/../later" "$PUSHPALS_OUT/../2-later" "$PUSHPALS_OUT/../02-later"; do
  mkdir -p "$d" 2>/dev/null; for f in run.json report.md provenance.json; do echo forged-by-the-step > "$d/$f" 2>/dev/null; done; echo '{"verdict":"forged"}' > "$d/outputs.json" 2>/dev/null
done
echo '{}' > "$PUSHPALS_OUT/outputs.json"; echo two > src/a.txt; true`,
      },
      { id: 'later', needs: ['attack'], run: 'echo nothing' },
      { id: 'next', needs: ['later'], when: 'has(steps.later.outputs.verdict)', run: 'echo forged > src/forged.txt' },
      { id: 'ship', needs: ['next'], ship: {} },
    ];
    const { state, written } = await target.step('true', { formula: { steps } });
    assert.ok(['done', 'failed'].includes(state), written);
    assert.is(
      await target.show('pushpals/go', 'src/forged.txt'),
      null,
      'a later step had outputs that it did not write',
    );
    const files = (await target.opsFiles()).filter((path) =>
      /evidence\/.*\/go-1\/(run\.json|report\.md|provenance\.json)$/.test(path),
    );
    assert.ok(files.length >= 2, files.join());
    for (const path of files)
      assert.not.match((await target.show('refs/heads/ops', path)) ?? '', /forged-by-the-step/, path);
  },
};
