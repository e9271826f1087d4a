import * as assert from 'uvu/assert';
import { withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'writes into the request that Ada has approved it',
  story:
    'The request’s own file lists approvals. Eve adds one; what counts are commits, and a request that was changed after it was asked is refused.',
  by: 'anybody',
  attempt: () =>
    withVault({ approvals: 2 }, async (vault) => {
      await vault.drop('go', 'm');
      const id = await vault.request();
      // Somebody who may write to the ops branch says in both files that Ada has approved it.
      const path = `vault/pending/${id}.yml`;
      const asked = (await vault.show('refs/heads/ops', path)) ?? '';
      const tip = await vault.git('rev-parse', 'refs/heads/ops');
      await vault.write(
        `ops/${path}`,
        `${asked}approvals:\n  - { by: ada, commit: ${tip}, at: "2026-11-20T00:00:00.000Z" }\n`,
      );
      await vault.ops('commit', '-qam', 'forged');
      await vault.tick();
      assert.match((await vault.show('refs/heads/ops', `vault/rejected/${id}.yml`)) ?? '', /was changed/);
      assert.is(await vault.git('branch', '--list', 'pushpals/*'), '');
    }),
};
