import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { forge, keys, opsFile, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'names a git option where the request names its base',
  story:
    'Eve writes `--output=FILE` as the base commit of a request. `vault show` prints the diff by git; what is not a commit’s id never reaches a command line.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      await vault.drop('go', 'm');
      const id = await vault.request();
      const target = join(keys, 'written');
      const request = await opsFile(vault, `vault/pending/${id}.yml`);
      const subject = request['subject'] as Record<string, string>;
      subject['base'] = `--output=${target}`;
      await forge(vault, { [`vault/pending/${id}.yml`]: request });
      await vault.pushpals(['vault', 'show', id]);
      await vault.tick();
      assert.not.ok(existsSync(target));
    }),
};
