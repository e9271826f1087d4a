import * as assert from 'uvu/assert';
import { forge, GONE, opsFile, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';
import { approve, AT, runOf, shipped } from '../forgery.js';

export const attack: Attack = {
  title: 'uses the approval of a step as that of the merge',
  story:
    'Ada said yes to a question within a run. Eve rewrites the fired request as one of the merge and leaves the run as though a runner had died before it shipped. The commit of the approval is read again, and it says something else.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.commit({
        'formulas/m.yml': `formula: m
version: 1
steps:
  - { id: change, run: "echo two > src/a.txt" }
  - { id: ask, needs: [change], approve: "Is two right?" }
  - { id: ship, needs: [ask], ship: {} }
`,
      });
      await vault.drop('go', 'm');
      const step = await vault.request();
      await approve(vault, step);
      await vault.tick();
      const record = await opsFile(vault, 'waiting/go.yml');
      const request = await opsFile(vault, `vault/fired/${step}.yml`);
      request['kind'] = 'merge';
      request['step'] = 'ship';
      request['end'] = { at: AT, outcome: 'intended' };
      delete record['waiting'];
      Object.assign(runOf(record), { request: step, claimant: GONE });
      await forge(vault, { [`vault/fired/${step}.yml`]: request, 'waiting/go.yml': null, 'active/go.yml': record });
      await vault.tick();
      assert.is(await shipped(vault), '');
    }),
};
