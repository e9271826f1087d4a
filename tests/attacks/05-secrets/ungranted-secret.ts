import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Attack } from '../attack.js';
import { CANARY, assertUnseen, withCanary } from '../canary.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'asks for a secret in a formula that it was not granted to',
  story:
    'A formula of another name asks for a secret of the machine, in a step and again in one that comes after an agent’s. The order waits as denied, with the line of policy that would change that; nothing runs.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', (target) =>
      withCanary(target, async () => {
        const steps = [{ id: 'get', run: `echo "$CANARY"`, secrets: ['CANARY'] }];
        await target.commit({ 'formulas/other.yml': stringify({ formula: 'other', version: 1, steps }) });
        await target.write('ops/inbox/go.yml', 'goal: Go\nformula: other\n');
        const { state, written } = await target.outcome('go');
        assert.is(state, 'waiting');
        assert.match(written, /formulas: \[attack, other\]/);
        assertUnseen(written);
        assert.not.match(written, new RegExp(CANARY.slice(0, 7)));
      }),
    ),
};
