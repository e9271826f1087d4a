import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { eves, forge, OPS, opsFile, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';
import { approve, runOf, sha256, shipped, snapshots } from '../forgery.js';

export const attack: Attack = {
  title: 'puts the digest of another subject into the request',
  story:
    'What a person reads and what the digest is made from have to be the same. Eve writes a request whose digest is of her own result; the subject is computed again from its parts, and an approval of it is refused, by the command and by hand.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.drop('go', 'm');
      const id = await vault.request();
      const record = await opsFile(vault, 'waiting/go.yml');
      const run = runOf(record);
      const result = await eves(vault, 'evil', run.base, { 'src/a.txt': 'two\n', 'src/evil.txt': 'evil\n' });
      snapshots(run, result);
      const asked = (await vault.show(OPS, `vault/pending/${id}.yml`)) ?? '';
      const forged = asked.replace(/digest: sha256:\w+/, `digest: sha256:${sha256('the evil one')}`);
      (record['waiting'] as Record<string, unknown>)['asked'] = sha256(JSON.stringify(parse(forged)));
      await forge(vault, { 'waiting/go.yml': record, [`vault/pending/${id}.yml`]: forged });
      assert.match(await approve(vault, id), /is not what order go waits for/);
      // By hand as well.
      await vault.as('ada');
      await vault.ops('mv', `vault/pending/${id}.yml`, `vault/approved/${id}.yml`);
      await vault.ops('commit', '-q', '-S', '-m', 'yes');
      await vault.tick();
      assert.is(await shipped(vault), '');
      assert.match((await vault.show(OPS, `vault/rejected/${id}.yml`)) ?? '', /its subject is not what it says/);
    }),
};
