import * as assert from 'uvu/assert';
import { withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'merges with an approver’s e-mail address and a key of their own',
  story: 'Anybody can write any address into a commit. The key decides, by hand and by the command.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.drop('go', 'm');
      const id = await vault.request();
      await vault.as('eve', 'ada@example.org');
      await vault.ops('merge', '-q', '--no-ff', '-S', '-m', 'yes', `vault/${id}`);
      assert.match((await vault.tick()).stderr, /signed with a key that no approver of the policy has/);
      const refused = await vault.pushpals(['vault', 'approve', id, '--yes']);
      assert.is(refused.exitCode, 3);
      assert.match(refused.stderr, /no approver of the policy has/);
      assert.is(await vault.state('go'), 'waiting');
    }),
};
