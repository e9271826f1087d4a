import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

const EVIL =
  'Go \u001b]0;pwned\u0007\u001b[2J\u001b[31mred\u009b31m \u202Eevil\u202C \r\n::set-output name=x::y\n##vso[task.setvariable]';

export const attack: Attack = {
  title: 'writes terminal escapes, bidi marks and workflow commands into orders and logs',
  story:
    'A log line can clear the screen, retitle the window, paste on some terminals, or read as a command to a CI that prints it. The goal and the output of a step hold all of these; every screen shows them as visible text.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      await target.commit({
        'formulas/attack.yml': stringify({
          formula: 'attack',
          version: 1,
          steps: [
            { id: 'say', run: 'printf "%s\\n" "$PUSHPALS_GOAL"; printf "%s\\n" "$PUSHPALS_GOAL" >&2; exit 1' },
            { id: 'ship', needs: ['say'], ship: { title: '{{ order.goal }}' } },
          ],
        }),
      });
      await target.write('ops/inbox/go.yml', stringify({ goal: EVIL, formula: 'attack', context: EVIL, done: [EVIL] }));
      const { tick, state, written } = await target.outcome('go');
      assert.is(state, 'failed', written);
      const screens = [tick];
      for (const args of [
        ['status'],
        ['plan'],
        ['order', 'show', 'go'],
        ['order', 'list', '--all'],
        ['log', 'go'],
        ['evidence', 'show', 'go-1'],
      ])
        screens.push(await target.pushpals(args));
      for (const { stdout, stderr } of screens) {
        assert.not.match(`${stdout}${stderr}`, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        assert.not.match(`${stdout}${stderr}`, /^(::set-output|##vso)/m);
      }
    }),
};
