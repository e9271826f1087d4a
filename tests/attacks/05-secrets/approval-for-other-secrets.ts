import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { forge, keys, opsFile, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';
import { approve } from '../forgery.js';

const GRANTS = 'secrets:\n  LITTLE: { formulas: [h] }\n  LARGE: { formulas: [h] }\n';

export const attack: Attack = {
  title: 'has an approval for one secret hand over another',
  story:
    'An order that gets a small secret waits for a yes. Before it comes, the formula asks for a larger one, and Eve, who may push to the ops branch, writes the new name into the request as well. What was approved is not what would run any more: it is void, nothing runs, and the larger one is asked for by its name.',
  by: 'anybody',
  attempt: () =>
    withVault({ more: GRANTS }, async (vault) => {
      const mark = join(keys, 'large');
      const text = (secret: string): string =>
        stringify({ formula: 'h', version: 1, steps: [{ id: 'use', run: `: > ${mark}`, secrets: [secret] }] });
      const sources = { secrets: { LITTLE: { env: 'PATH' }, LARGE: { env: 'PATH' } } };
      await vault.commit({
        'formulas/h.yml': text('LITTLE'),
        'pushpals.yml': `${await vault.read('pushpals.yml')}${stringify(sources)}`,
      });
      await vault.drop('go', 'h');
      const id = await vault.request();
      const request = await opsFile(vault, `vault/pending/${id}.yml`);
      assert.equal((request['subject'] as { secrets: unknown }).secrets, ['LITTLE']);
      await vault.commit({ 'formulas/h.yml': text('LARGE') });
      await approve(vault, id);
      const forged = { ...(request['subject'] as object), secrets: ['LARGE'] };
      await forge(vault, { [`vault/approved/${id}.yml`]: { ...request, subject: forged } });
      await vault.tick();
      await vault.tick();
      assert.not.ok(existsSync(mark), 'it ran');
      const again = await opsFile(vault, `vault/pending/${await vault.request()}.yml`);
      assert.equal((again['subject'] as { secrets: unknown }).secrets, ['LARGE']);
    }),
};
