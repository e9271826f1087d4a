import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'puts links, FIFOs, sockets and devices where its outputs are read',
  story:
    'The host reads `outputs.json` and the files beside it after the step. A step makes them links to a secret of the host, a FIFO that never ends, a folder. Nothing is followed, nothing hangs, and the step fails with the names.',
  by: 'project',
  attempt: async (target) => {
    for (const make of [
      'ln -s /etc/passwd "$PUSHPALS_OUT/outputs.json"',
      'mkfifo "$PUSHPALS_OUT/outputs.json"',
      'mkdir "$PUSHPALS_OUT/outputs.json"',
      'echo "{}" > "$PUSHPALS_OUT/outputs.json"; ln -s /etc "$PUSHPALS_OUT/files"; ln -s /etc/passwd "$PUSHPALS_OUT/x.txt"; mkfifo "$PUSHPALS_OUT/pipe"',
    ]) {
      const { written, state } = await target.step(make);
      assert.ok(['failed', 'done'].includes(state), written);
      assert.not.match(written, /root:x:0/);
      const paths = (await target.opsFiles()).filter((path) => /x\.txt|pipe|files\//.test(path));
      assert.equal(paths, []);
    }
  },
};
