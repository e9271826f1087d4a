import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'leaves a FIFO, a socket and closed folders in the work tree',
  story:
    'Whoever opens a FIFO waits for ever, and a folder without permissions cannot be walked or cleaned. The walk looks at entries without opening them, refuses what is neither file, folder nor link, and the tree is cleaned for the next run.',
  by: 'project',
  attempt: async (target) => {
    const first = await target.step(
      'mkfifo src/pipe; mkdir -p src/closed/deep; touch src/closed/deep/x; chmod 0 src/closed/deep src/closed',
    );
    assert.is(first.failure, 'scope-violation', first.written);
    assert.match(first.written, /src\/pipe/);
    const next = await target.step('ls src > src/b.txt; echo two > src/a.txt');
    assert.is(next.state, 'done', next.written);
    assert.is(await target.show('pushpals/go2', 'src/b.txt'), 'a.txt\nb.txt\n');
  },
};
