import * as assert from 'uvu/assert';
import { merged, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'has the runner itself stand among the approvers, and merges as it',
  story:
    '“A bot stood in the list of admins.” The policy lists the address that the runner commits with, by mistake or by somebody’s hand, and a merge bears it. Whoever is on that list, the runner says yes to nothing: the order waits.',
  by: 'anybody',
  attempt: () =>
    withVault({ verify: 'identity' }, async (vault) => {
      const policy = await vault.read('policy/policy.yml');
      const bot = '  - { id: bot, emails: [runner@pushpals.invalid], groups: [leads] }\n';
      await vault.commit({ 'policy/policy.yml': policy.replace('approvers:\n', `approvers:\n${bot}`) });
      await vault.drop('go', 'm');
      await vault.as('bot', 'runner@pushpals.invalid');
      const id = await vault.request();
      await vault.ops('merge', '-q', '--no-ff', '-m', 'yes', `vault/${id}`);
      assert.match((await vault.tick()).stderr, /it is the runner's own commit/);
      assert.is(await vault.state('go'), 'waiting');
      assert.is(await vault.git('branch', '--list', 'pushpals/*'), '');
      // A person can.
      const { tick } = await merged(vault, 'ada');
      assert.is(tick.exitCode, 0, tick.stderr);
    }),
};
