import * as assert from 'uvu/assert';
import type { Attack } from '../attack.js';
import { LISTED, REFUSES, answerOf, say, victim } from '../egress.js';

export const attack: Attack = {
  title: 'names another host in the header than in the line of the request',
  story:
    'Many sites share one server, which tells them apart by the Host header. The attacker asks for a listed host and writes an unlisted one into the header, once or twice, so that the server takes the request for the other’s ' +
    '(domain fronting). The proxy writes that header itself.',
  by: 'script',
  sandbox: { network: { hosts: [`localhost:${String(LISTED)}`], private: ['localhost'] } },
  except: REFUSES,
  attempt: async ({ run }) => {
    const server = await victim(LISTED, answerOf('listed'));
    const host = `localhost:${String(LISTED)}`;
    try {
      const { output } = await run(
        [
          say(`GET http://${host}/1 HTTP/1.1\\r\\nHost: evil.example\\r\\nConnection: close\\r\\n\\r\\n`),
          say(
            `GET http://${host}/2 HTTP/1.1\\r\\nHost: ${host}\\r\\nHost: evil.example\\r\\nConnection: close\\r\\n\\r\\n`,
          ),
          say(`GET http://evil.example@${host}/3 HTTP/1.1\\r\\nhost : evil.example\\r\\nConnection: close\\r\\n\\r\\n`),
          say(`GET /4 HTTP/1.1\\r\\nHost: ${host}\\r\\n\\r\\n`),
        ].join('\n'),
      );
      assert.ok(server.heard.length >= 1, output);
      for (const request of server.heard) {
        assert.not.match(request, /^host *: *evil/im);
        assert.match(request, new RegExp(`^Host: ${host}\\r$`, 'm'));
      }
    } finally {
      server.close();
    }
  },
};
