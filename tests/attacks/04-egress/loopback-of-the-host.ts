import * as assert from 'uvu/assert';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'connects to a service of the host, by loopback and by every address that it can guess',
  story:
    'Development machines run databases and dashboards that trust whoever reaches them. A step without network tries them on loopback, on the usual gateway of a container and on the metadata ' +
    'address of clouds. There is no interface but its own loopback, so nobody hears it.',
  by: 'script',
  except: { host: { succeeds: 'a step has the network of the machine' } },
  attempt: async ({ run }) => {
    let heard = 0;
    const server = createServer((socket) => {
      heard += 1;
      socket.end('reached\n');
    });
    server.listen(0, '0.0.0.0');
    await once(server, 'listening');
    const port = String((server.address() as AddressInfo).port);
    try {
      const { output } = await run(
        `for a in 127.0.0.1 172.17.0.1 169.254.169.254 $(hostname -i 2>/dev/null); do (nc -w 1 $a ${port} || busybox nc -w 1 $a ${port} || wget -q -T 1 -O - http://$a:${port}) < /dev/null 2>&1; done; sed 1,2d /proc/net/dev | grep -v lo: ; true`,
        { timeoutMs: 20_000 },
      );
      assert.is(heard, 0, output);
      assert.not.match(output, /reached|eth0/);
    } finally {
      server.close();
    }
  },
};
