import * as assert from 'uvu/assert';
import { eves, forge, opsFile, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';
import { approve, runOf, shipped, snapshots } from '../forgery.js';

export const attack: Attack = {
  title: 'swaps the base below an approved diff',
  story:
    'The request shows a small diff. Eve moves the base of the waiting run to a commit of hers, so that the same diff would carry her changes along. The approval is bound to the base; nothing ships.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.drop('go', 'm');
      const id = await vault.request();
      const record = await opsFile(vault, 'waiting/go.yml');
      const run = runOf(record);
      const evil = await eves(vault, 'evil', run.base, { 'src/evil.txt': 'evil\n' });
      const result = await eves(vault, 'evil2', evil, { 'src/a.txt': 'two\n' });
      run.merge = { branch: 'evil', head: evil, incoming: run.base, conflicts: [] };
      run.base = evil;
      snapshots(run, result);
      await forge(vault, { 'waiting/go.yml': record });
      await approve(vault, id);
      await vault.tick();
      assert.is(await shipped(vault), '');
    }),
};
