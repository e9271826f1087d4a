import * as assert from 'uvu/assert';
import { merged, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'merges the vault branch without a signature, or with a key that nobody has',
  story:
    'Where the policy asks for signatures, a name in a commit is no proof. Both merges are refused with their reason, the request is asked again, and a real approver can still say yes.',
  by: 'anybody',
  attempt: async () => {
    for (const [who, how, why] of [
      ['ada', [], /it is not signed, and the policy asks for signatures/],
      ['eve', ['-S'], /signed with a key that no approver of the policy has/],
    ] as const)
      await withVault({}, async (vault) => {
        await vault.drop('go', 'm');
        const { tick, id } = await merged(vault, who, ...how);
        assert.is(tick.exitCode, 3);
        assert.match(tick.stderr, why);
        assert.is(await vault.state('go'), 'waiting');
        assert.match((await vault.pushpals(['vault', 'show', id])).stdout, why);
        // It can be approved all the same.
        await vault.as('bob');
        assert.is((await vault.pushpals(['vault', 'approve', id, '--yes'])).exitCode, 0);
        assert.is((await vault.tick()).exitCode, 0);
        assert.is(await vault.state('go'), 'done');
      });
  },
};
