import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { forge, withVault } from '../../cli/vault-rig.js';
import type { Attack } from '../attack.js';

export const attack: Attack = {
  title: 'writes into an order’s record that a billion tokens were granted',
  story:
    'The policy names who approves more of a budget. Eve may push to the ops branch and approves nothing; she raises `granted` in the record of an order. Grants count as far as requests were fired for them that hold, so the order ends at the budget of its formula, and the audit names the record.',
  by: 'anybody',
  attempt: () =>
    withVault({}, async (vault) => {
      const outside = mkdtempSync(join(tmpdir(), 'pushpals-attack-'));
      const mark = join(outside, 'burnt');
      const burning = `echo burnt >> '${mark}'; printf '%s\\n' '{"type":"assistant","message":{"id":"m","content":[{"type":"text","text":"on"}],"usage":{"input_tokens":400}}}'; exit 1`;
      try {
        await vault.commit({
          'agents/greedy.yml': stringify({
            agent: 'greedy',
            command: { argv: ['sh', '-c', burning], events: 'claude' },
          }),
          'formulas/l.yml': stringify({
            ...{ formula: 'l', version: 1, agent: 'greedy', budget: { tokens: 500 } },
            steps: [{ id: 'work', agent: 'Work.', retry: { attempts: 6, backoff: '1ms' } }],
          }),
        });
        const accepted = { at: '2026-11-20T09:00:00.000Z', from: 'inbox', digest: '', actor: 'olga' };
        const granted = { tokens: 1_000_000_000 };
        await forge(vault, {
          'queue/x.yml': stringify({
            ...{ id: 'x', order: { goal: 'Burn' }, formula: 'l', dedupe: 'x', attempts: 0 },
            ...{ accepted, granted },
          }),
        });
        const tick = await vault.tick();
        assert.match(tick.stderr, /x: its record says that 1000000000 tokens were granted; approved are 0 tokens/);
        assert.ok(existsSync(mark));
        assert.is(readFileSync(mark, 'utf8').trim().split('\n').length, 2);
        const audit = await vault.pushpals(['audit']);
        assert.match(audit.stdout, /x\.yml: it says that 1000000000 tokens were granted, and no request was fired/);
      } finally {
        rmSync(outside, { recursive: true });
      }
    }),
};
