import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'has attributes ask for filters and drivers that the person’s own config defines',
  story:
    'Many people have filters, diff and merge drivers in their config. A step writes a `.gitattributes` that sends its files through all of them. The runner’s own git directory has none of them, no text conversion, and ' +
    'takes no attributes from a tree; so none runs while the result is read, merged, compared and shipped.',
  by: 'project',
  attempt: async (target) => {
    const steps = [
      { id: 'attack', run: "printf '* filter=x diff=x merge=x\\n' > src/.gitattributes; echo two > src/a.txt" },
      { id: 'ship', needs: ['attack'], ship: {} },
    ];
    await target.commit({ 'formulas/attack.yml': stringify({ formula: 'attack', version: 1, steps }) });
    await target.write('ops/inbox/go.yml', 'goal: Go\nformula: attack\n');
    // From here on nothing but the runner works in the repository.
    for (const key of ['filter.x.clean', 'filter.x.smudge', 'diff.x.textconv', 'diff.x.command', 'merge.x.driver'])
      await target.git('config', key, `${target.payload}; cat`);
    const tick = await target.pushpals(['tick']);
    assert.is(tick.exitCode, 0, tick.stderr);
    assert.not.ok(target.ranOnHost());
    const shown = await target.pushpals(['evidence', 'show', 'go', '--diff']);
    assert.match(shown.stdout, /\+two/);
    assert.is(await target.show('pushpals/go', 'src/a.txt'), 'two\n');
  },
};
