import * as assert from 'uvu/assert';
import { merged, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'lets another change ride along on the vault branch',
  story:
    '“One branch that asked for a small fix also deleted ten files, and approving one approved both.” A merge that brings more than the move of the one file is refused as a whole, and what it brought is taken back.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.drop('go', 'm');
      const id = await vault.request();
      await vault.as('ada');
      await vault.git('worktree', 'add', '-q', 'side', `vault/${id}`);
      await vault.write('side/README.md', 'mine\n');
      const others = ['queue/x.yml', '.github/workflows/x.yml', '.gitattributes', 'knowledge/ä "b".md'];
      for (const path of others) await vault.write(`side/${path}`, 'mine\n');
      await vault.git('-C', 'side', 'add', '.');
      await vault.git('-C', 'side', 'commit', '-q', '-S', '-m', 'more');
      const readme = await vault.show('refs/heads/ops', 'README.md');
      const { tick } = await merged(vault, 'ada', '-S');
      assert.match(tick.stderr, /it changes \S.* as well/);
      assert.is(await vault.show('refs/heads/ops', 'README.md'), readme, 'what it brought along is taken back');
      for (const path of others) assert.is(await vault.show('refs/heads/ops', path), null, path);
      assert.is(await vault.state('go'), 'waiting');
    }),
};
