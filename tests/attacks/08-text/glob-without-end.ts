import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'asks to avoid a path pattern that a file name of its own takes years to match',
  story:
    'An order may say which paths to avoid, and a step names its files. `*a*a*a…b` on `aaaa…` is exponential in the regular expressions that libraries make of globs; one order would stop every tick. ' +
    'Globs are matched in time that is bounded by their lengths.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      await target.commit({
        'formulas/attack.yml': stringify({
          formula: 'attack',
          version: 1,
          steps: [
            { id: 'a', run: `touch src/${'a'.repeat(200)}; echo two > src/a.txt` },
            { id: 'ship', needs: ['a'], ship: {} },
          ],
        }),
      });
      const avoid = [`src/${'*a'.repeat(100)}b`, `${'**/'.repeat(100)}x`, '{a,aa}'.repeat(60)];
      await target.write('ops/inbox/go.yml', stringify({ goal: 'Go', formula: 'attack', constraints: { avoid } }));
      const { state, written } = await target.outcome('go');
      assert.is(state, 'done', written);
    }),
};
