import * as assert from 'uvu/assert';
import { newMark, processesWith } from '../../contracts/sandbox-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'leaves a daemon behind, in a session of its own and forked twice',
  story:
    'What outlives its step can change the tree after it was checked, or wait for the next step’s secrets. Nothing of a step is alive when the host reads what it left.',
  by: 'script',
  attempt: async ({ run }) => {
    const mark = newMark();
    const end = await run(
      `(setsid sh -c 'trap "" HUP TERM; (sleep ${mark} &) ; sleep ${mark}' > /dev/null 2>&1 < /dev/null &) ; setsid setsid sleep ${mark} > /dev/null 2>&1 & echo left`,
    );
    assert.is(end.output, 'left\n');
    assert.equal(processesWith(mark), []);
  },
};
