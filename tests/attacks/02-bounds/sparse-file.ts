import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'leaves a file of 9 GB that is a hole',
  story:
    'A sparse file takes no disk in the sandbox, and gigabytes of memory of whoever reads it to make a commit. The host looks at its size, refuses it, and never opens it.',
  by: 'project',
  attempt: async (target) => {
    const { state, failure } = await target.step('dd if=/dev/zero of=hole bs=1 count=1 seek=9G 2>/dev/null');
    assert.equal([state, failure], ['failed', 'scope-violation']);
  },
};
