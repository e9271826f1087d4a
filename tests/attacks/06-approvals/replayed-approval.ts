import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { formula, keys, OPS, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';
import { approve, lines } from '../forgery.js';

export const attack: Attack = {
  title: 'goes back in history to an approval that has been used',
  story:
    'Eve resets the ops branch to where the approval stood unused, once by a merge on top and once by a reset. What was fired stays fired: the work runs once, and a rewritten history is refused.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      const count = join(keys, 'count');
      await vault.commit({ 'formulas/h.yml': formula('h', `echo x >> ${count}; echo two > src/a.txt`) });
      await vault.drop('go', 'h');
      const id = await vault.request();
      await approve(vault, id);
      const approval = await vault.git('rev-parse', OPS);
      await vault.tick();
      await vault.pushpals(['order', 'cancel', 'go']);
      const tip = await vault.git('rev-parse', OPS);
      const replay = await vault.git('commit-tree', `${approval}^{tree}`, '-p', approval, '-p', tip, '-m', 'replay');
      await vault.ops('reset', '-q', '--hard', replay);
      await vault.tick();
      assert.is(lines(count), 1);
      await vault.ops('reset', '-q', '--hard', approval);
      const tick = await vault.tick();
      assert.match(tick.stderr, /was rewritten/);
      assert.is(lines(count), 1);
    }),
};
