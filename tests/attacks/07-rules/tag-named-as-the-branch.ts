import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'makes tags named like the project’s branch and the ops branch',
  story:
    'Git takes a tag before a branch of the same name. Tags `main`, `ops` and `heads/main` point to a commit with a policy and a formula of the attacker’s. The runner uses full names only.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      await target.commit({
        'formulas/attack.yml':
          'formula: attack\nversion: 1\nsteps: [{ id: a, run: "echo two > src/a.txt" }, { id: ship, needs: [a], ship: {} }]\n',
      });
      await target.git('checkout', '-q', '-b', 'evil');
      await target.commit({
        'formulas/attack.yml':
          'formula: attack\nversion: 1\nsteps: [{ id: a, run: "echo evil > src/a.txt" }, { id: ship, needs: [a], ship: {} }]\n',
      });
      for (const tag of ['main', 'ops', 'heads/main', 'heads/ops', 'pushpals/go'])
        await target.git('tag', tag, 'refs/heads/evil');
      await target.git('checkout', '-q', '--detach', 'refs/heads/main');
      await target.git('branch', '-q', '-D', 'evil');
      await target.write('ops/inbox/go.yml', 'goal: Go\nformula: attack\n');
      const { state, written } = await target.outcome('go');
      assert.is(state, 'done', written);
      assert.is(await target.show('refs/heads/pushpals/go', 'src/a.txt'), 'two\n');
      assert.is(await target.git('rev-list', '--count', 'refs/heads/pushpals/go', '^refs/heads/main'), '1');
    }),
};
