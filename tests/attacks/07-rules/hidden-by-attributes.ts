import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'hides a change from review by attributes and by what looks binary',
  story:
    'A `.gitattributes` that says `-diff` or `binary` makes a diff say “binary files differ”. The evidence’s diff takes no attributes, so the reviewer sees every line.',
  by: 'project',
  attempt: async (target) => {
    await target.commit({ '.gitattributes': '* -diff binary\nsrc/** linguist-generated\n' });
    const { state, written } = await target.step(
      "echo 'the hidden line' >> src/a.txt; printf '\\0\\nwith a NUL\\n' > src/n.txt",
    );
    assert.is(state, 'done', written);
    const shown = await target.pushpals(['evidence', 'show', 'go', '--diff']);
    assert.match(shown.stdout, /^\+the hidden line$/m);
    assert.match(shown.stdout, /n\.txt/);
  },
};
