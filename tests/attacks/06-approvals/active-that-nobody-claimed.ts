import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { eves, forge, formula, keys, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';
import { forgedActive, sha256 } from '../forgery.js';

export const attack: Attack = {
  title: 'writes an order straight into `active/`, with a base of its own',
  story:
    'Eve may push to the ops branch and approves nothing. She commits an order as active, with a run that names a commit of hers as its base, and with the digest of the real formula. The runner asks history whether a claim of its own wrote the run; none did, so the order starts anew, is asked for like any other, and nothing of her commit runs.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      const mark = join(keys, 'ran');
      await vault.commit({
        'formulas/h.yml': formula('h', 'sh src/build.sh'),
        'src/build.sh': 'echo two > src/a.txt\n',
      });
      const evil = await eves(vault, 'evil', 'main', { 'src/build.sh': `touch ${mark}\n` });
      const digest = sha256(await vault.git('show', 'main:formulas/h.yml').then((text) => `${text}\n`));
      const main = await vault.git('rev-parse', 'main');
      for (const run of [
        {},
        { formulaDigest: digest },
        { formulaDigest: digest, base: main },
        { formulaDigest: digest, base: main, start: 'x-aaaaaa' },
      ]) {
        await forge(vault, { 'active/x.yml': forgedActive('h', evil, run) });
        const tick = await vault.tick();
        assert.match(tick.stderr, /run x-1 is not gone on with \(.*\); it starts anew/);
        assert.not.ok(existsSync(mark));
        assert.is(await vault.state('x'), 'waiting', 'it is asked for, like any other');
        await vault.pushpals(['order', 'cancel', 'x']);
        const [ended = ''] = (await vault.opsFiles()).filter((path) => path.endsWith('/x.yml'));
        await forge(vault, { [ended]: null });
      }
      assert.is(await vault.git('for-each-ref', 'refs/pushpals/runs/'), '');
    }),
};
