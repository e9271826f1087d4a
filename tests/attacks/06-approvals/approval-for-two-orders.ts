import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { forge, formula, keys, opsFile, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';
import { approve, lines } from '../forgery.js';

export const attack: Attack = {
  title: 'copies a waiting order, so that one approval starts two',
  story: 'Two orders wait for one request. The approval starts at most one of them.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      const count = join(keys, 'count2');
      await vault.commit({ 'formulas/h.yml': formula('h', `echo x >> ${count}; echo two > src/a.txt`) });
      await vault.drop('go', 'h');
      const id = await vault.request();
      const record = await opsFile(vault, 'waiting/go.yml');
      await forge(vault, { 'waiting/go2.yml': { ...record, id: 'go2', dedupe: 'other' } });
      await approve(vault, id);
      await vault.tick();
      assert.ok(lines(count) <= 1);
    }),
};
