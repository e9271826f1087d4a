import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'drops an order that unfolds to billions of nodes, beside one that is sound',
  story:
    'Nine lines of YAML whose aliases name each other ten times unfold to a billion values and take a runner’s memory. The order is rejected with its place, the file is kept, and the order beside it is done.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      const bomb = [
        'a0: &a0 [x]',
        ...Array.from(
          { length: 9 },
          (_, index) => `a${String(index + 1)}: &a${String(index + 1)} [${`*a${String(index)},`.repeat(10)}]`,
        ),
        'goal: *a9',
      ].join('\n');
      await target.write('ops/inbox/bomb.yml', bomb);
      const { state } = await target.step('echo two > src/a.txt');
      assert.is(state, 'done');
      const rejected = (await target.opsFiles()).filter(
        (path) => path.startsWith('rejected/') && path.includes('bomb'),
      );
      assert.ok(rejected.length >= 1, rejected.join());
      assert.match(await target.git('log', '-p', '--format=', 'refs/heads/ops', '--', 'rejected'), /a1: &a1/);
    }),
};
