import type { Attack } from '../attack.js';
import { assertCaught, withCanary } from '../canary.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'names a file after its secret',
  story:
    'Scanners look into files. The secret is the name of an empty one, in hex; the failure that names the place must not say it either.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', (target) =>
      withCanary(target, async () => {
        const script = `: > "$(printf %s "$CANARY" | od -An -tx1 | tr -d ' \\n')"`;
        await assertCaught(target, await target.step(script, { step: { secrets: ['CANARY'] } }));
      }),
    ),
};
