import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'rewrites its formula, its agent and its policy while it runs',
  story:
    'The first step rewrites the formula in the work tree, so that the second would run something else, and drops the policy’s rules. What runs was read from the commit that the run is bound to; the work tree has no force.',
  by: 'project',
  attempt: async (target) => {
    const steps = [
      {
        id: 'rewrite',
        run: "sed -i 's/echo two/echo evil/' formulas/attack.yml; echo 'version: 1' > policy/policy.yml; echo x > src/x.txt",
      },
      { id: 'next', needs: ['rewrite'], run: 'git checkout -q -- formulas policy 2>/dev/null; echo two > src/a.txt' },
    ];
    const { written } = await target.step('true', { formula: { steps } });
    const log = (await target.pushpals(['log', 'go'])).stdout;
    assert.not.match(log, /evil/);
    assert.is(await target.git('branch', '--list', 'pushpals/*'), '', written);
  },
};
