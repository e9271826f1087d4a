import * as assert from 'uvu/assert';
import { eves, forge, opsFile, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';
import { approve, runOf, shipped, snapshots } from '../forgery.js';

export const attack: Attack = {
  title: 'swaps the result after it was approved',
  story:
    'After Ada approved, Eve points the snapshots of the run to a tree of hers. The approval names another tree, so it is void, and the request that is asked anew shows what Eve added.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.drop('go', 'm');
      const id = await vault.request();
      await approve(vault, id);
      const record = await opsFile(vault, 'waiting/go.yml');
      const run = runOf(record);
      snapshots(run, await eves(vault, 'evil', run.base, { 'src/a.txt': 'two\n', 'src/evil.txt': 'evil\n' }));
      await forge(vault, { 'waiting/go.yml': record });
      await vault.tick();
      assert.is(await shipped(vault), '');
      assert.match((await vault.pushpals(['vault', 'show', await vault.request()])).stdout, /src\/evil\.txt/);
    }),
};
