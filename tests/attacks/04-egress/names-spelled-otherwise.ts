import * as assert from 'uvu/assert';
import type { Asked } from '../../../runner/core/egress.js';
import type { Attack } from '../attack.js';
import { LISTED, REFUSES, answerOf, connectTo, say, verdicts, victim } from '../egress.js';

const PORT = String(LISTED);
/** Each is a listed name to one who reads it otherwise than the one who connects. */
const TARGETS = [
  'localhost..',
  '.localhost',
  'x.localhost',
  'localhost%2e',
  'localhost%00.listed.example',
  'loc\\303\\241lhost',
  '\\357\\275\\214ocalhost.evil.example',
  'listed.example\\t127.0.0.1',
  'listed.example,127.0.0.1',
  'listed.example@127.0.0.1',
  '127.0.0.1#listed.example',
  '127.0.0.1?listed.example',
  '127.0.0.1/listed.example',
  '[::ffff:7f00:1%25lo]',
  '[0:0:0:0:0:ffff:127.0.0.1]',
  '0',
  '127.0.0.1.',
];

export const attack: Attack = {
  title: 'spells a listed name so that another host is meant by it',
  story:
    'A list is as good as the agreement on what a name is: dots at its end, escapes, letters of other scripts that become ASCII ones, a user, a fragment or a zone beside it. Who decides and who connects are one, and what is no plain name of a host is refused.',
  by: 'script',
  sandbox: { network: { hosts: [`listed.example:${PORT}`, `*.listed.example:${PORT}`], private: ['*.example'] } },
  except: REFUSES,
  attempt: async ({ run }) => {
    const server = await victim(LISTED, answerOf('reached'));
    const asked: Asked[] = [];
    try {
      const { output } = await run(
        [
          ...TARGETS.map((target) => `(${connectTo(`${target}:${PORT}`)}) &`),
          ...TARGETS.map(
            (target) =>
              `(${say(`GET http://${target}:${PORT}/ HTTP/1.1\\r\\nHost: listed.example:${PORT}\\r\\n\\r\\n`)}) &`,
          ),
          'wait; true',
        ].join('\n'),
        { onAsked: (each) => asked.push(each), timeoutMs: 20_000 },
      );
      assert.equal(server.heard, [], output);
      assert.not.match(output, /HTTP\/1.1 [23]|reached/);
      assert.equal(
        verdicts(asked).filter((each) => / allowed$/.test(each)),
        [],
      );
    } finally {
      server.close();
    }
  },
};
