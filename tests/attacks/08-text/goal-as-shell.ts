import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'writes shell into an order’s goal, inputs and file name',
  story:
    'Whoever may open an issue may come to write an order. Its goal, its inputs and its name hold command substitution, quotes and newlines; they reach the step as variables and are printed as they are, and nothing of them is executed.',
  by: 'project',
  attempt: async (target) => {
    const evil = `"; touch pwned; $(touch pwned) \`touch pwned\` ' \n touch pwned #`;
    await target.commit({
      'formulas/attack.yml': stringify({
        formula: 'attack',
        version: 1,
        inputs: { what: { type: 'string' } },
        steps: [
          {
            id: 'say',
            run: 'printf "%s" "$PUSHPALS_GOAL" > src/a.txt; printf "%s" "$PUSHPALS_INPUT_WHAT" > src/b.txt',
          },
          { id: 'look', needs: ['say'], check: '! [ -e pwned ] && ! [ -e src/pwned ]' },
          { id: 'ship', needs: ['look'], ship: { title: 'do: {{ order.goal }}' } },
        ],
      }),
    });
    await target.write('ops/inbox/go.yml', stringify({ goal: evil, formula: 'attack', inputs: { what: evil } }));
    const { state, written } = await target.outcome('go');
    assert.is(state, 'done', written);
    assert.is(await target.show('pushpals/go', 'src/b.txt'), evil);
    assert.is(await target.show('pushpals/go', 'pwned'), null);
  },
};
