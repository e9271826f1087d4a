import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'makes a user namespace in which it is root',
  story:
    'In a user namespace of its own anybody has every capability, and with them reaches the parts of the kernel in which most ways out of containers were found: mounts, netfilter, overlay. The filter of system calls refuses new namespaces, by each of the ways to ask for one.',
  by: 'script',
  except: { host: { notApplicable: 'a step has whatever rights you have' } },
  attempt: async ({ run }) => {
    const { output } = await run(
      'unshare -U true && echo "new user"; unshare -r -m true && echo "new mounts"; grep ^Seccomp: /proc/self/status',
    );
    assert.not.match(output, /^new /m);
    assert.match(output, /^Seccomp:\t2$/m);
  },
};
