import * as assert from 'uvu/assert';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'looks for abstract sockets of the host, which lie in no folder',
  story:
    'The screen, the session’s bus and, once, the control socket of containerd listened on abstract unix sockets: no permission of a file guards them, and whoever is in the host’s network namespace reaches them (CVE-2020-15257). A step without network has a namespace of its own, and sees none.',
  by: 'script',
  except: { host: { succeeds: 'a step has the network of the machine' } },
  attempt: async ({ run }) => {
    const name = `pushpals-${randomUUID()}`;
    const server = createServer((socket) => socket.end());
    server.listen(`\0${name}`);
    await once(server, 'listening');
    try {
      assert.is((await run(`grep -c '${name}' /proc/net/unix; true`)).output, '0\n');
    } finally {
      server.close();
    }
  },
};
