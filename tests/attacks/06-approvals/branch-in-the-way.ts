import * as assert from 'uvu/assert';
import { withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'makes a branch `vault`, so that no request’s branch can be made',
  story:
    'A branch named `vault` makes every `vault/…` impossible. The request waits, nobody is taken to have said no, and other orders go on.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.git('branch', 'vault', 'main');
      await vault.drop('go', 'h');
      const tick = await vault.drop('low', 'l');
      assert.is(await vault.state('low'), 'done', tick.stderr);
      assert.is(await vault.state('go'), 'waiting', 'nobody has said no');
    }),
};
