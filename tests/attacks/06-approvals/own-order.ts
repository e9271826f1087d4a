import * as assert from 'uvu/assert';
import { merged, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'approves an order that they asked for themselves',
  story: 'Ada is an approver and wants her own order through. Refused by the command and by a merge by hand.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.drop('go', 'm', 'ada');
      const id = await vault.request();
      const refused = await vault.pushpals(['vault', 'approve', id, '--yes']);
      assert.is(refused.exitCode, 3);
      assert.match(refused.stderr, /ada asked for the work, and nobody approves their own/);
      const { tick } = await merged(vault, 'ada', '-S');
      assert.match(tick.stderr, /nobody approves their own/);
      assert.is(await vault.state('go'), 'waiting');
    }),
};
