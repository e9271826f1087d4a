import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { eves, forge, formula, keys, OPS, opsFile, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';
import { approve, sha256 } from '../forgery.js';

export const attack: Attack = {
  title: 'has a start approved whose base is no commit of the project',
  story:
    'A request to start names the commit on which the formula runs. Eve writes one whose build script is hers; the base has to be in the history of the project’s branch, so the request is refused and nothing runs.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      const mark = join(keys, 'ran9');
      await vault.commit({
        'formulas/h.yml': formula('h', 'sh src/build.sh'),
        'src/build.sh': 'echo two > src/a.txt\n',
      });
      await vault.drop('go', 'h');
      const id = await vault.request();
      const evil = await eves(vault, 'evil', 'main', { 'src/build.sh': `touch ${mark}\n` });
      const record = await opsFile(vault, 'waiting/go.yml');
      const asked = (await vault.show(OPS, `vault/pending/${id}.yml`)) ?? '';
      const forged = asked.replace(/base: \w+/, `base: ${evil}`);
      (record['waiting'] as Record<string, unknown>)['asked'] = sha256(JSON.stringify(parse(forged)));
      await forge(vault, { 'waiting/go.yml': record, [`vault/pending/${id}.yml`]: forged });
      await approve(vault, id);
      await vault.tick();
      assert.not.ok(existsSync(mark));
      assert.match((await vault.show(OPS, `vault/rejected/${id}.yml`)) ?? '', /no commit of the project is its base/);
    }),
};
