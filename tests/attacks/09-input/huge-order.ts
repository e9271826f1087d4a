import { open } from 'node:fs/promises';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'drops an order of 10 GB, and one that never stops growing',
  story:
    'A file of holes is as large as one likes and costs nothing to make. It is refused by its size, before a byte is read, and kept aside rather than committed; the order beside it is done.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      const file = await open(join(target.dir, 'ops/inbox/huge.yml'), 'w');
      await file.write('goal: Go\n');
      await file.truncate(10 * 1024 ** 3);
      await file.close();
      const { state, tick } = await target.step('echo two > src/a.txt');
      assert.is(state, 'done', tick.stderr);
      assert.match(tick.stderr, /huge\.yml.*larger than/);
      assert.ok((await target.opsFiles()).some((path) => path.startsWith('rejected/') && path.includes('huge')));
      const sizes = (await target.shell('du -sk .git .pushpals | cut -f1')).split('\n').map(Number);
      const size = sizes.reduce((sum, kilobytes) => sum + kilobytes, 0);
      assert.ok(size < 50_000, `${String(size)} KB`);
    }),
};
