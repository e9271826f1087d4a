import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'has a person check out a branch whose project file is its own',
  story:
    'A maintainer looks at an agent’s branch, and cron ticks meanwhile. The branch has a `pushpals.yml` with the weakest driver, a policy that allows everything and a formula of its own; uncommitted files say the same. The rules are read from the project’s branch, whatever is checked out.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      await target.commit({
        'policy/policy.yml': 'version: 1\ndefault: high\n',
        'formulas/attack.yml': 'formula: attack\nversion: 1\nsteps: [{ id: a, run: "true" }]\n',
      });
      await target.git('checkout', '-q', '-b', 'evil');
      await target.commit({
        'policy/policy.yml': 'version: 1\ndefault: low\n',
        'formulas/attack.yml': `formula: attack\nversion: 1\nsteps: [{ id: a, run: "touch ${target.dir}/pwned" }]\n`,
      });
      await target.write('pushpals.yml', 'version: 1\nproject: evil\nbranch: evil\nsandbox: { driver: host }\n');
      await target.write('ops/inbox/go.yml', 'goal: Go\nformula: attack\n');
      const { state, written } = await target.outcome('go');
      assert.is(state, 'waiting', written);
      assert.is(await target.shell('ls pwned 2>/dev/null; true'), '');
    }),
};
