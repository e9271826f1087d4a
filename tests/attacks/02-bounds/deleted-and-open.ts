import * as assert from 'uvu/assert';
import { MB } from '../../contracts/sandbox-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'fills the disk with files that it has deleted and keeps open',
  story:
    'A file without a name is found by nobody who looks through folders, and takes its place on the disk until it is closed. A step opens one after the other, deletes each, and writes to all of them, none larger than a file may be. ' +
    'It is ended while it holds more than it may.',
  by: 'script',
  except: { host: { succeeds: 'a step writes wherever you may' } },
  sandbox: { limits: { diskBytes: 8 * MB } },
  attempt: async ({ run }) => {
    const fill = `for fd in 3 4 5 6 7 8 9; do eval "exec $fd> held"; rm held; i=0; while [ $i -lt 15 ]; do head -c 500000 /dev/zero >&$fd || exit 9; i=$((i+1)); done; done; sync; sleep 20`;
    const end = await run(fill, { timeoutMs: 30_000 });
    assert.is(end.exceeded?.limit, 'disk', JSON.stringify(end));
  },
};
