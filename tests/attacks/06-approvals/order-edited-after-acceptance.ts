import * as assert from 'uvu/assert';
import { withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'edits an order after it was accepted and asked about',
  story:
    'The order that was shown to the approver is edited in `waiting/` by somebody who may push: another goal, another formula. The approval is bound to the digest of what was asked, so it is void and asked anew with the new text, and `audit` names the edit.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.drop('go', 'h');
      const id = await vault.request();
      const record = (await vault.show('refs/heads/ops', 'waiting/go.yml')) ?? '';
      await vault.as('eve');
      await vault.write('ops/waiting/go.yml', record.replace('Do go', 'Delete the payments'));
      await vault.ops('commit', '-q', '-a', '-m', 'a small edit');
      await vault.as('ada');
      const approved = await vault.pushpals(['vault', 'approve', id, '--yes']);
      await vault.as('olga');
      const tick = await vault.tick();
      assert.is(await vault.git('branch', '--list', 'pushpals/*'), '', `${approved.stderr}\n${tick.stderr}`);
      const asked = await vault.request();
      assert.match((await vault.pushpals(['vault', 'show', asked])).stdout, /Delete the payments/);
      assert.match((await vault.pushpals(['audit'])).stdout, /waiting\/go\.yml|order go/);
    }),
};
