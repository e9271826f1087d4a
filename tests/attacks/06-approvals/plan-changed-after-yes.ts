import * as assert from 'uvu/assert';
import { forge, opsFile, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';
import { approve, runOf } from '../forgery.js';

export const attack: Attack = {
  title: 'swaps the orders of a plan after a person has agreed to it',
  story:
    'Ada is shown the orders that a plan would file, and says yes. Before a runner goes on, Eve changes the step’s outputs in the record, so that another order would be filed under that yes. It holds for exactly the list that was shown: it is asked anew, and nothing is filed.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.commit({
        'plan.json': JSON.stringify({ orders: [{ name: 'a', goal: 'Tidy up', formula: 'l' }] }),
        'formulas/l.yml': 'formula: l\nversion: 1\nsteps: [{ id: a, run: "true" }]\n',
        'formulas/m.yml': `formula: m
version: 1
steps:
  - { id: plan, run: 'cp plan.json "$PUSHPALS_OUT/outputs.json"' }
  - { id: agree, needs: [plan], when: 'tier != "low"', approve: "These?" }
  - { id: file, needs: [agree], orders: steps.plan.outputs.orders }
`,
      });
      const filed = (): Promise<string> => vault.git('log', '--format=%s', 'refs/heads/ops', '--');
      await vault.drop('fair', 'm');
      await approve(vault, await vault.request());
      await vault.tick();
      assert.match(await filed(), /order fair-a: filed by fair/, 'what she agreed to is filed');
      await vault.drop('go', 'm');
      const asked = await vault.request();
      const request = await opsFile(vault, `vault/pending/${asked}.yml`);
      assert.equal((request['asks'] as { plan?: unknown }).plan, ['a: (formula "l") Tidy up']);
      await approve(vault, asked);
      const record = await opsFile(vault, 'waiting/go.yml');
      const { plan } = runOf(record).steps;
      if (plan === undefined) throw new Error('the plan is in the record');
      plan.outputs = { orders: [{ name: 'a', goal: 'Publish the keys', formula: 'l' }] };
      await forge(vault, { 'waiting/go.yml': record });
      await vault.tick();
      assert.not.match(await filed(), /filed by go/);
    }),
};
