import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'drops a link, a FIFO and a folder into the inbox',
  story:
    'An order is a file. A link to a secret of the host would be copied onto the ops branch, where everybody reads it, and a FIFO would stop every tick. Both are refused by name, nothing is read through them, and the order beside them is done.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      await symlink('/etc/passwd', join(target.dir, 'ops/inbox/secret.md'));
      await symlink('..', join(target.dir, 'ops/inbox/up'));
      await target.shell('mkfifo ops/inbox/pipe.yml; mkdir ops/inbox/folder.yml');
      const { state, written } = await target.step('echo two > src/a.txt');
      assert.is(state, 'done', written);
      assert.not.match(written, /root:x:0/);
      assert.match(written, /secret\.md/);
    }),
};
