import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { withVault } from '../../cli/vault-rig.js';

export const attack: Attack = {
  title: 'asks for a hundred approvals at once, so that one slips through',
  story:
    'Whoever has to say yes a hundred times reads none of it. `open-requests` bounds how many are asked at the same time; the other orders wait, say so, and are asked when there is room.',
  by: 'anybody',
  attempt: () =>
    withVault({ more: 'limits: { open-requests: 3 }\n' }, async (vault) => {
      for (let index = 0; index < 30; index += 1)
        await vault.write(`ops/inbox/ask${String(index)}.yml`, `goal: Ask ${String(index)}\nformula: h\n`);
      const tick = await vault.tick();
      const pending = (await vault.opsFiles()).filter((path) => /^vault\/pending\/.*\.yml$/.test(path));
      assert.is(pending.length, 3, tick.stderr);
      assert.match(tick.stderr, /open-requests|3 requests/);
      const branches = await vault.git('for-each-ref', '--format=%(refname)', 'refs/heads/vault/');
      assert.is(branches.split('\n').length, 3);
    }),
};
