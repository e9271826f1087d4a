import * as assert from 'uvu/assert';
import { newMark, processesWith } from '../../contracts/sandbox-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'starts more processes than it may have',
  story:
    'A fork bomb fills the table of processes, and nobody can log in any more. The step gets no more than its own, and all of them end with it.',
  by: 'script',
  except: { host: { succeeds: 'processes are not bounded' } },
  sandbox: { limits: { pids: 32 } },
  attempt: async ({ run }) => {
    const mark = newMark();
    const end = await run(
      `i=0; while [ $i -lt 60 ]; do sleep ${mark} & i=$((i + 1)); done; echo all of them; kill $(jobs -p)`,
    );
    assert.equal(processesWith(mark), []);
    assert.not.match(end.output, /all of them/);
  },
};
