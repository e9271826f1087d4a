import * as assert from 'uvu/assert';
import { merged, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'puts an approved request back to use it a second time',
  story: 'An approval is fired once. Copies and repeats of it are worth nothing.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.drop('go', 'm');
      const { id } = await merged(vault, 'ada', '-S');
      const fired = (await vault.show('refs/heads/ops', `vault/fired/${id}.yml`)) ?? '';
      const commits = await vault.git('rev-list', '--count', 'refs/heads/ops');
      await vault.write(`ops/vault/approved/${id}.yml`, fired);
      await vault.ops('add', '.');
      await vault.ops('commit', '-q', '-S', '-m', 'again');
      const shipped = await vault.git('rev-parse', 'pushpals/go');
      await vault.tick();
      assert.not.ok((await vault.opsFiles()).includes(`vault/approved/${id}.yml`));
      assert.is(await vault.git('rev-parse', 'pushpals/go'), shipped);
      assert.match(
        await vault.git('log', '-1', '--format=%s', 'refs/heads/ops'),
        /1 approval\(s\) refused: nothing waits for them/,
      );
      assert.is(Number(await vault.git('rev-list', '--count', 'refs/heads/ops')) - Number(commits), 2);
    }),
};
