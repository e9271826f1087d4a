import * as assert from 'uvu/assert';
import { formula, policy, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'changes the formula between the request and the approval',
  story:
    'The approval names the digest of all that was asked. If something of it changed meanwhile, it is void and asked anew.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.drop('go', 'h');
      const first = await vault.request();
      await vault.as('ada');
      await vault.pushpals(['vault', 'approve', first, '--yes']);
      await vault.commit({ 'formulas/h.yml': formula('h', 'echo two > src/a.txt; echo evil > src/b.txt') });
      await vault.tick();
      assert.match(
        (await vault.show('refs/heads/ops', `vault/rejected/${first}.yml`)) ?? '',
        /what it asked about changed: formula/,
      );
      await vault.tick();
      const second = await vault.request();
      assert.is.not(second, first);
      assert.is(await vault.git('for-each-ref', 'refs/pushpals/runs/'), '');
      await vault.commit({ 'policy/policy.yml': policy({ more: 'limits: { open-requests: 9 }\n' }) });
      await vault.tick();
      assert.match(
        (await vault.show('refs/heads/ops', `vault/rejected/${second}.yml`)) ?? '',
        /what it asked about changed: policy/,
      );
    }),
};
