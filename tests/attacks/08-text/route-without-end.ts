import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'feeds a policy’s regular expressions a text that they would never finish',
  story:
    'Routes and rules match order text. `(a+)+$` against thirty letters keeps most engines busy for hours, and every tick with them. Conditions run on RE2, which is linear; the order is routed and the tick goes on.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      await target.commit({
        'policy/policy.yml': stringify({
          version: 1,
          default: 'low',
          routes: [{ when: "order.goal.matches('^(a+)+$') || order.goal.matches('(a|aa)+$')", formula: 'other' }],
        }),
        'formulas/other.yml': 'formula: other\nversion: 1\nsteps: [{ id: a, run: "false" }]\n',
      });
      await target.write('ops/inbox/slow.yml', stringify({ goal: `${'a'.repeat(50_000)}!` }));
      const { state, written } = await target.step('echo two > src/a.txt');
      assert.is(state, 'done', written);
    }),
};
