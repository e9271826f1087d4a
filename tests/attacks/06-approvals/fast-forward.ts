import * as assert from 'uvu/assert';
import { withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'pushes the vault branch’s own tip onto the ops branch',
  story:
    'The tip of the vault branch already moves the request to `approved/`. Were a fast-forward enough, the runner would approve itself; so only a commit of an approver’s counts.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.drop('go', 'm');
      const id = await vault.request();
      await vault.as('ada');
      assert.throws(
        await vault.ops('merge', '-q', '--ff-only', `vault/${id}`).then(
          () => () => undefined,
          (error: unknown) => () => {
            throw error;
          },
        ),
      );
      // Merged the other way round, and pushed onto the ops branch from there.
      await vault.git('worktree', 'add', '-q', 'side', `vault/${id}`);
      await vault.git('-C', 'side', 'merge', '-q', '-S', '-m', 'catch up', 'refs/heads/ops');
      await vault.ops('merge', '-q', '--ff-only', `vault/${id}`);
      const tick = await vault.tick();
      assert.match(tick.stderr, /it is the runner's own commit: merge the branch with `git merge --no-ff`/);
      assert.is(await vault.state('go'), 'waiting');
    }),
};
