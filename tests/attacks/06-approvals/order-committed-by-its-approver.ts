import * as assert from 'uvu/assert';
import { withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';
import { approve } from '../forgery.js';

export const attack: Attack = {
  title: 'commits an order as an approver and has another runner take it in',
  story:
    'The order’s author must not be its approver. Who committed the file asked for the work, whoever’s runner accepts it.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.as('ada');
      await vault.write('ops/inbox/go.yml', 'goal: Go\nformula: m\n');
      await vault.ops('add', 'inbox/go.yml');
      await vault.ops('commit', '-q', '-m', 'mine');
      await vault.as('olga');
      await vault.tick();
      assert.match(
        await approve(vault, await vault.request()),
        /ada asked for the work, and nobody approves their own/,
      );
    }),
};
