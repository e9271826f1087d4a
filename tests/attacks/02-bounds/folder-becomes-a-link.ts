import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'replaces a folder by a link and leaves a daemon that swaps it back and forth',
  story:
    'Between the check that a path is a folder and the read of what is in it, a process that outlived its step turns the folder into a link to a folder of the host. No process outlives its step, and the walk opens nothing through a link.',
  by: 'project',
  attempt: async (target) => {
    const { written, state } = await target.step(`
      mkdir -p src/sub; echo x > src/sub/passwd; echo two > src/a.txt
      cat > .swap.sh <<'END'
while :; do mv src/sub src/kept; ln -s /etc src/sub; rm src/sub; mv src/kept src/sub; done
END
      (setsid sh .swap.sh > /dev/null 2>&1 < /dev/null &); (setsid sh .swap.sh > /dev/null 2>&1 < /dev/null &); sleep 0.2`);
    assert.ok(['done', 'failed'].includes(state), written);
    assert.not.match(written, /root:x:0/);
    if (state === 'done') {
      const names = await target.git('ls-tree', '-r', '--name-only', 'pushpals/go');
      assert.not.match(names, /shadow|hostname/);
      const shipped =
        (await target.show('pushpals/go', 'src/sub/passwd')) ?? (await target.show('pushpals/go', 'src/kept/passwd'));
      assert.ok(shipped === null || shipped === 'x\n', String(shipped));
    }
  },
};
