import * as assert from 'uvu/assert';
import type { Asked } from '../../../runner/core/egress.js';
import type { Attack } from '../attack.js';
import { LISTED, REFUSES, UNLISTED, answerOf, verdicts, victim } from '../egress.js';

export const attack: Attack = {
  title: 'is sent on by a listed host to one that is not',
  story:
    'A listed host, its owner or whoever may write a redirect there, sends the client on to a service inside or to a collector outside. The client follows through the proxy, which looks at that request as at any other.',
  by: 'script',
  sandbox: { network: { hosts: [`localhost:${String(LISTED)}`], private: ['localhost'] } },
  except: REFUSES,
  attempt: async ({ run }) => {
    const inside = await victim(UNLISTED, answerOf('inside'));
    const to = `http://localhost:${String(UNLISTED)}/`;
    const listed = await victim(LISTED, answerOf('', '302 Found', `Location: ${to}\r\n`));
    const asked: Asked[] = [];
    try {
      const { output } = await run(`busybox wget -O - http://localhost:${String(LISTED)}/ 2>&1; true`, {
        onAsked: (each) => asked.push(each),
      });
      assert.is(listed.heard.length, 1, output);
      assert.equal(inside.heard, []);
      assert.equal(verdicts(asked), [
        `localhost:${String(LISTED)} allowed`,
        `localhost:${String(UNLISTED)} not-listed`,
      ]);
    } finally {
      inside.close();
      listed.close();
    }
  },
};
