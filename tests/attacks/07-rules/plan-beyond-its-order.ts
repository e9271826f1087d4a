import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

/** Lists of orders that a planner was talked into, each with what refuses it. */
const LISTS: Readonly<Record<string, readonly [list: string, said: RegExp]>> = {
  many: ['inputs.n.map(i, {"goal": "fill the queue"})', /1000 orders; at most 20/],
  outside: ['[{"goal": "x", "formula": "attack", "paths": ["policy/**"]}]', /does not lie within what its parent may/],
  absent: ['[{"goal": "x", "formula": "../attack"}]', /formula/],
  unknown: ['[{"goal": "x", "formula": "attakc"}]', /unknown formula `attakc`/],
  lines: ['[{"goal": "x", "formula": "attack", "name": "a\\nb"}]', /its `name` must be/],
  climbs: ['[{"goal": "x", "formula": "attack", "name": "../../etc"}]', /its `name` must be/],
  long: [
    '[{"goal": "x", "formula": "attack", "constraints": {"notes": inputs.s}}]',
    /long-file, with what it inherits: .*notes/,
  ],
  itself: ['[{"goal": "x", "formula": "attack", "after": ["itself"]}]', /would wait for each other/],
};

const NOTES = 'n'.repeat(200);
const inputs = (properties: object): object => ({ inputs: properties });

export const attack: Attack = {
  title: 'has a planner file orders beyond what its own order may',
  story:
    'An issue talks a planning agent into a thousand orders, an order with a wider scope or a lower tier, one by a formula that is not there, a name that is a path, one that waits for its own parent, one that could not be read again with what it inherits, or children that have children for ever. A list is refused as a whole, and what is filed has no more than its parent.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      const files = Object.entries(LISTS).map(([name, [orders]]): [string, string] => [
        `formulas/${name}.yml`,
        stringify({
          formula: name,
          version: 1,
          ...(name === 'many' ? inputs({ n: { type: 'array', default: Array.from({ length: 1000 }, () => 0) } }) : {}),
          ...(name === 'long' ? inputs({ s: { type: 'string', default: 'x'.repeat(19_900) } }) : {}),
          steps: [{ id: 'file', orders, await: true }],
        }),
      ]);
      const filing = (name: string, orders: string): [string, string] => [
        `formulas/${name}.yml`,
        stringify({ formula: name, version: 1, steps: [{ id: 'file', orders }] }),
      ];
      await target.commit({
        ...Object.fromEntries(files),
        ...Object.fromEntries([
          filing('lower', '[{"goal": "y", "formula": "attack", "risk": "low", "priority": "interactive"}]'),
          filing('deeper', '[{"goal": "below " + order.id, "formula": "deeper"}]'),
        ]),
        'formulas/attack.yml': 'formula: attack\nversion: 1\nsteps: [{ id: a, run: "true" }]\n',
        'policy/policy.yml': 'version: 1\ndefault: low\ntiers: { medium: { gate: auto } }\n',
      });
      for (const name of [...Object.keys(LISTS), 'lower', 'deeper'])
        await target.write(
          `ops/inbox/${name}.yml`,
          `goal: ${name}\nformula: ${name}\nrisk: medium\nconstraints: { only: ["src/**"], notes: ${NOTES} }\n`,
        );
      await target.pushpals(['tick']);
      const { stdout } = await target.pushpals(['order', 'list', '--all', '--json']);
      const orders = JSON.parse(stdout) as { id: string; state: string }[];
      for (const [name, [, said]] of Object.entries(LISTS)) {
        const shown = await target.pushpals(['order', 'show', name]);
        assert.match(shown.stdout, /output-invalid/, name);
        assert.match(shown.stdout, said, name);
      }
      const names = orders.map(({ id }) => id).filter((id) => !(id in LISTS));
      assert.equal(names.sort(), ['deeper', 'deeper-file', 'deeper-file-file', 'lower', 'lower-file']);
      assert.is(orders.find(({ id }) => id === 'deeper-file-file')?.state, 'failed');
      const child = JSON.parse((await target.pushpals(['order', 'show', 'lower-file', '--json'])).stdout) as {
        order: { risk?: string; priority?: string; constraints?: unknown };
      };
      assert.equal(child.order, {
        goal: 'y',
        formula: 'attack',
        risk: 'medium',
        priority: 'normal',
        constraints: { only: ['src/**'], notes: NOTES },
      });
    }),
};
