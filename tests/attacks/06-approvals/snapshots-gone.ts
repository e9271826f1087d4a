import * as assert from 'uvu/assert';
import { forge, opsFile, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';
import { approve, runOf, shipped, snapshots } from '../forgery.js';

export const attack: Attack = {
  title: 'takes the run and its snapshots out of an approved order',
  story:
    'What was approved cannot be shipped if it is gone. The order starts over rather than shipping what it finds, and no other order is held up.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.drop('go', 'm');
      const id = await vault.request();
      await approve(vault, id);
      const record = await opsFile(vault, 'waiting/go.yml');
      snapshots(runOf(record), '1'.repeat(40));
      await vault.commit({ 'src/other.txt': 'x\n' });
      await forge(vault, { 'waiting/go.yml': record });
      const one = await vault.drop('one', 'l');
      assert.is(await vault.state('one'), 'done', one.stderr);
      const again = await opsFile(vault, 'waiting/go.yml');
      delete again['run'];
      await forge(vault, { 'waiting/go.yml': again });
      const two = await vault.drop('two', 'l');
      assert.is(await vault.state('two'), 'done', two.stderr);
      assert.is(await shipped(vault).then((branches) => branches.includes('go')), false);
    }),
};
