import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'opens a socket to the hypervisor (vsock)',
  story:
    'A network namespace does not hold AF_VSOCK: from a sandbox without any network such a socket reaches whatever listens on the host of a virtual machine. The filter of system calls refuses it.',
  by: 'script',
  except: {
    docker: { notApplicable: 'the image of the tests has no program that could; Docker’s own filter refuses it' },
    host: { succeeds: 'a step has your network' },
  },
  attempt: async ({ run }) => {
    const { output } = await run(`perl -e 'socket(S, 40, 1, 0) ? print "open" : print "refused: $!"'`);
    assert.match(output, /^refused: Address family not supported/);
  },
};
