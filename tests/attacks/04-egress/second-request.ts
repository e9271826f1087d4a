import * as assert from 'uvu/assert';
import type { Asked } from '../../../runner/core/egress.js';
import type { Attack } from '../attack.js';
import { LISTED, REFUSES, UNLISTED, answerOf, say, verdicts, victim } from '../egress.js';

export const attack: Attack = {
  title: 'asks for a listed host first, and for others over the same connection',
  story:
    'A proxy that looks at the first request of a connection only, or that keeps the one to the server, takes what comes after it where nobody looked. The attacker sends several requests in one go, a tunnel after a request, and a request in a tunnel that was refused. Each is looked at.',
  by: 'script',
  sandbox: { network: { hosts: [`localhost:${String(LISTED)}`], private: ['localhost'] } },
  except: REFUSES,
  attempt: async ({ run }) => {
    const [open, closed] = [await victim(LISTED, answerOf('listed')), await victim(UNLISTED, answerOf('reached'))];
    const asked: Asked[] = [];
    const get = (port: number, path: string): string =>
      `GET http://localhost:${String(port)}/${path} HTTP/1.1\\r\\nHost: localhost:${String(LISTED)}\\r\\n\\r\\n`;
    try {
      const { output } = await run(
        [
          // Alone first: a refusal closes the connection, whatever of it is still on its way.
          say(get(LISTED, '0')),
          say(get(LISTED, '1') + get(UNLISTED, '2') + get(LISTED, '3')),
          say(
            `${get(LISTED, '4')}CONNECT localhost:${String(UNLISTED)} HTTP/1.1\\r\\n\\r\\nGET /5 HTTP/1.0\\r\\n\\r\\n`,
          ),
          say(
            `CONNECT localhost:${String(UNLISTED)} HTTP/1.1\\r\\n\\r\\n${get(LISTED, '6')}GET /7 HTTP/1.0\\r\\n\\r\\n`,
          ),
          'true',
        ].join('\n'),
        { onAsked: (each) => asked.push(each), timeoutMs: 20_000 },
      );
      assert.equal(closed.heard, [], output);
      assert.not.match(output, /reached/);
      for (const heard of open.heard) assert.not.match(heard, /\/[257] /);
      assert.ok(verdicts(asked).includes(`localhost:${String(UNLISTED)} not-listed`));
      assert.ok(
        open.heard.some((heard) => heard.includes('/0 ')),
        output,
      );
    } finally {
      open.close();
      closed.close();
    }
  },
};
