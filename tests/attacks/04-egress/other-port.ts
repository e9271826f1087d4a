import * as assert from 'uvu/assert';
import type { Asked } from '../../../runner/core/egress.js';
import type { Attack } from '../attack.js';
import { LISTED, REFUSES, UNLISTED, answerOf, connectTo, verdicts, victim } from '../egress.js';

export const attack: Attack = {
  title: 'asks a listed host for another port, where its database listens',
  story:
    'A host is listed for its web server. The attacker asks for SSH, a database, a debugger on it. A list means ports as well.',
  by: 'script',
  sandbox: { network: { hosts: [`localhost:${String(LISTED)}`], private: ['localhost'] } },
  except: REFUSES,
  attempt: async ({ run }) => {
    const [listed, other] = await Promise.all([
      victim(LISTED, answerOf('listed')),
      victim(UNLISTED, answerOf('other')),
    ]);
    const asked: Asked[] = [];
    const port = String(UNLISTED);
    try {
      const { output } = await run(
        `${connectTo(`localhost:${port}`)}; ${connectTo('localhost:22')}; busybox wget -q -O - http://localhost:${port}/; ${connectTo(`localhost:${String(LISTED)}`)}`,
        { onAsked: (each) => asked.push(each) },
      );
      assert.is(listed.heard.length, 1, output);
      assert.equal(other.heard, []);
      assert.equal(verdicts(asked), [
        `localhost:${port} not-listed`,
        'localhost:22 not-listed',
        `localhost:${port} not-listed`,
        `localhost:${String(LISTED)} allowed`,
      ]);
    } finally {
      listed.close();
      other.close();
    }
  },
};
