import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { LISTED, REFUSES, answerOf, say, victim } from '../egress.js';

const HIDDEN = 'GET /hidden HTTP/1.1\\r\\nHost: evil.example\\r\\n\\r\\n';
const LENGTH = HIDDEN.replaceAll('\\r\\n', '..').length;

export const attack: Attack = {
  title: 'hides a second request in the body of the first (request smuggling)',
  story:
    'Two servers that read the end of a request differently let one pass through the other unseen, with a Host header that nobody looked at. The attacker gives a GET a body, two lengths, and an upgrade. What the proxy cannot pass on ' +
    'so that it ends at one place only, it refuses, and no connection is used for two requests.',
  by: 'script',
  sandbox: { network: { hosts: [`localhost:${String(LISTED)}`], private: ['localhost'] } },
  except: REFUSES,
  attempt: async ({ run }) => {
    const server = await victim(LISTED, answerOf('listed'));
    const host = `localhost:${String(LISTED)}`;
    const chunked = `${LENGTH.toString(16)}\\r\\n${HIDDEN}\\r\\n0\\r\\n\\r\\n`;
    const request = (method: string, headers: string, body: string): string =>
      say(`${method} http://${host}/open HTTP/1.1\\r\\nHost: ${host}\\r\\n${headers}\\r\\n${body}`);
    try {
      const { output } = await run(
        [
          request('GET', 'Transfer-Encoding: chunked\\r\\n', chunked),
          request('DELETE', 'Transfer-Encoding: chunked\\r\\n', chunked),
          request('POST', `Content-Length: 3\\r\\nTransfer-Encoding: chunked\\r\\n`, chunked),
          request('POST', `Content-Length: 3\\r\\nContent-Length: ${String(LENGTH)}\\r\\n`, HIDDEN),
          request('GET', 'Connection: upgrade\\r\\nUpgrade: websocket\\r\\n', HIDDEN),
        ].join('\n'),
      );
      assert.ok(server.heard.length >= 1, output);
      for (const heard of server.heard) {
        assert.match(heard, /^(GET|POST) \/open HTTP/);
        assert.not.match(heard, /hidden|^upgrade/im);
      }
    } finally {
      server.close();
    }
  },
};
