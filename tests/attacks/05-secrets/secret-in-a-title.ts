import type { Attack } from '../attack.js';
import { assertCaught, withCanary } from '../canary.js';
import { withTarget } from '../target.js';

export const attack: Attack = {
  title: 'hands its secret on as an output, to be the title of what ships',
  story:
    'Outputs fill in titles, bodies, conditions and orders. One of them holds the secret, with the escapes of JSON between its letters; it is refused where it comes in.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', (target) =>
      withCanary(target, async () => {
        const script = `echo more >> src/a.txt
printf '{"title": "%s"}' "$(printf %s "$CANARY" | sed 's/k/\\\\u006b/; s/"/\\\\"/g')" > "$PUSHPALS_OUT/outputs.json"`;
        const ship = { id: 'ship', needs: ['attack'], ship: { title: '{{ steps.attack.outputs.title }}' } };
        const steps = [{ id: 'attack', run: script, secrets: ['CANARY'] }, ship];
        await assertCaught(target, await target.step(script, { formula: { steps } }));
      }),
    ),
};
