import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Attack } from '../attack.js';
import { withTarget } from '../target.js';

/** Uses 400 tokens, and fails. */
const burning = (mark: string): string =>
  `echo burnt >> '${mark}'; printf '%s\\n' '{"type":"assistant","message":{"id":"m","content":[{"type":"text","text":"on"}],"usage":{"input_tokens":400}}}'; exit 1`;

export const attack: Attack = {
  title: 'begins its budget anew, by attempts, by being tried again and by orders that it files',
  story:
    'What an order may use is bounded, so an agent has its step fail and be attempted again, its order be retried, and files orders whose own formulas allow a hundred times as much. There is one ledger: attempts and retries go on with it, and what is filed gets a share of what is left.',
  by: 'anybody',
  attempt: () =>
    withTarget('host', async (target) => {
      const outside = mkdtempSync(join(tmpdir(), 'pushpals-attack-'));
      const mark = join(outside, 'burnt');
      const burnt = (): number => readFileSync(mark, 'utf8').trim().split('\n').length;
      const work = { id: 'work', agent: 'Work.', retry: { attempts: 4 } };
      const orders = 'inputs.n.map(i, {"goal": "again " + string(i), "formula": "child", "inputs": {"n": [i]}})';
      const formula = (name: string, tokens: number, steps: readonly object[]): [string, string] => [
        `formulas/${name}.yml`,
        stringify({
          ...{ formula: name, version: 1, agent: 'greedy', budget: { tokens } },
          inputs: { n: { type: 'array', items: { type: 'integer' }, default: [1, 2, 3] } },
          steps,
        }),
      ];
      try {
        await target.commit({
          'agents/greedy.yml': stringify({
            agent: 'greedy',
            command: { argv: ['sh', '-c', burning(mark)], events: 'claude' },
          }),
          ...Object.fromEntries([
            formula('again', 500, [work]),
            formula('split', 500, [
              { ...work, retry: { attempts: 1 }, 'continue-on-failure': true },
              { id: 'file', orders, needs: ['work'] },
            ]),
            formula('child', 1_000_000, [work]),
          ]),
        });
        await target.write('ops/inbox/go.yml', 'goal: Go\nformula: again\n');
        await target.outcome('go');
        assert.is(burnt(), 2, 'attempts');
        assert.is((await target.pushpals(['order', 'retry', 'go'])).exitCode, 0);
        const { written } = await target.outcome('go');
        assert.is(burnt(), 2, 'a retry');
        assert.match(written, /budget-exhausted/);
        // One by itself, and each child once: what is left to each is less than one answer of the model.
        await target.write('ops/inbox/split.yml', 'goal: Split\nformula: split\n');
        await target.outcome('split');
        await target.pushpals(['tick']);
        assert.is(burnt(), 2 + 1 + 3, 'children');
      } finally {
        rmSync(outside, { recursive: true });
      }
    }),
};
