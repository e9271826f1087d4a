import * as assert from 'uvu/assert';
import { MB } from '../../contracts/sandbox-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'fills the machine’s temporary folder',
  story:
    'A full /tmp stops mail, databases and logins. The step’s own is in memory, counts as its memory, and is gone after it.',
  by: 'script',
  except: { host: { succeeds: 'a step writes wherever you may' } },
  sandbox: { limits: { memoryBytes: 64 * MB } },
  attempt: async ({ run }) => {
    const end = await run(
      'for d in /tmp /dev/shm; do head -c 80000000 /dev/zero > $d/fill-$$ && echo filled; rm -f $d/fill-$$; done; true',
    );
    assert.not.match(end.output, /filled/);
  },
};
