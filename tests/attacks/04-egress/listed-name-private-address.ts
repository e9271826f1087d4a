import * as assert from 'uvu/assert';
import type { Asked } from '../../../runner/core/egress.js';
import type { Attack } from '../attack.js';
import { LISTED, REFUSES, answerOf, connectTo, verdicts, victim } from '../egress.js';

export const attack: Attack = {
  title: 'has a listed name point to a private address',
  story:
    'Whoever owns a listed name, or answers for it, points it to the host’s loopback, to a neighbour or to the cloud’s metadata, at once or after it was looked at (DNS rebinding). The proxy looks at the addresses that a ' +
    'name has and connects to those very ones; a private one it refuses unless the policy, which no formula can change, says that the host has one.',
  by: 'script',
  sandbox: { network: { hosts: [`localhost:${String(LISTED)}`], private: ['other.example'] } },
  except: REFUSES,
  attempt: async ({ run }) => {
    const server = await victim(LISTED, answerOf('reached'));
    const asked: Asked[] = [];
    const host = `localhost:${String(LISTED)}`;
    try {
      const { output } = await run(`busybox wget -q -O - http://${host}/; ${connectTo(host)}; true`, {
        onAsked: (each) => asked.push(each),
      });
      assert.equal(server.heard, [], output);
      assert.equal(verdicts(asked), [`${host} private-address`, `${host} private-address`]);
    } finally {
      server.close();
    }
  },
};
