import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { LISTED, REFUSES, answerOf, connectTo, victim } from '../egress.js';

export const attack: Attack = {
  title: 'floods the proxy with connections, endless headers and requests that never end',
  story:
    'The proxy runs in the runner, and what it is sent it has to hold. The attacker opens hundreds of connections that say nothing or never come to an end, and sends headers without end, so that the runner, and every run of it, stands ' +
    'still. Connections and headers are bounded, each sandbox has a proxy of its own, and all of it ends with the command.',
  by: 'script',
  sandbox: { network: { hosts: [`localhost:${String(LISTED)}`], private: ['localhost'] } },
  except: REFUSES,
  attempt: async ({ run }) => {
    const server = await victim(LISTED, answerOf('listed'));
    const before = process.memoryUsage.rss();
    try {
      const flood = await run(
        `for i in $(busybox seq 40); do (printf 'GET http://localhost:${String(LISTED)}/ HTTP/1.1\\r\\nX: '; busybox tr '\\0' x < /dev/zero) | busybox nc 127.0.0.1 3128 > /dev/null & done
         for i in $(busybox seq 10); do (printf 'POST http://localhost:${String(LISTED)}/ HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 1000000000\\r\\n\\r\\n'; sleep 30) | busybox nc 127.0.0.1 3128 & done 2>/dev/null
         sleep 1`,
        { timeoutMs: 20_000 },
      );
      assert.ok(flood.durationMs < 15_000);
      assert.ok(process.memoryUsage.rss() - before < 300 * 1024 * 1024);
      const { output } = await run(connectTo(`localhost:${String(LISTED)}`));
      assert.match(output, /listed/);
    } finally {
      server.close();
    }
  },
};
