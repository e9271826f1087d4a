import { symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Attack } from '../attack.js';
import { CANARY, withCanary } from '../canary.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'has the file of a secret be a link into the repository',
  story:
    'Where the file of a secret is a link to one that agents or branches can write, whoever writes it decides what is handed over, and the value stands in git. It is refused, and nothing runs.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', (target) =>
      withCanary(target, async () => {
        const link = join(tmpdir(), `pushpals-link-${String(process.pid)}-${String(Date.now())}`);
        await target.write('token.txt', CANARY);
        await symlink(join(target.dir, 'token.txt'), link);
        const text = (await target.read('pushpals.yml')).replace(/\nsecrets:[^]*$/, '\n');
        await target.commit({ 'pushpals.yml': `${text}${stringify({ secrets: { CANARY: { file: link } } })}` });
        const { state, written } = await target.step('true', { step: { secrets: ['CANARY'] } });
        assert.is(state, 'waiting');
        assert.match(written, /lies in the repository by a link/);
      }),
    ),
};
