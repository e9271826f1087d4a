import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Attack } from '../attack.js';
import { CANARY, assertUnseen, withCanary } from '../canary.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'asks for a secret and a host in an agent’s file, where the formula asks for none',
  story:
    'Whoever looks at the formula sees a harmless step; the agent that performs it brings a secret that the policy grants to this formula, though not to steps that run what an agent wrote, and a host that it does not list. What an agent brings is asked of the policy as the step’s own: nothing runs.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', (target) =>
      withCanary(target, async () => {
        const command = { argv: ['sh', '-c', 'echo "it ran: $CANARY" > src/a.txt'] };
        const steps = [{ id: 'work', agent: 'Work.' }];
        for (const [order, brings] of [
          ['go', { secrets: ['CANARY'] }],
          ['go2', { network: ['evil.example'] }],
        ] as const) {
          await target.commit({
            'formulas/attack.yml': stringify({ formula: 'attack', version: 1, agent: 'tool', steps }),
            'agents/tool.yml': stringify({ agent: 'tool', command, ...brings }),
          });
          await target.write(`ops/inbox/${order}.yml`, `goal: ${order}\nformula: attack\n`);
          const { state, written } = await target.outcome(order);
          assert.is(state, 'waiting', written);
          assert.match(written, /policy-denied/);
          assert.not.match(written, /it ran/);
          assertUnseen(written);
          assert.not.match(written, new RegExp(CANARY.slice(0, 7)));
        }
      }),
    ),
};
