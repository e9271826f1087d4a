import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { agentRunOf, trackRecord } from '../../../runner/core/agents/track-record.js';

const step = { key: 'a', kind: 'agent', usage: { inputTokens: 10, outputTokens: 5 } };
const run = {
  agent: 'fixer',
  order: 'a',
  run: 'a-1',
  outcome: 'shipped',
  endedAt: '2026-01-01T00:00:00Z',
  steps: [step],
};

test('a run counts for its agent, and one without an agent for none', () => {
  assert.equal(agentRunOf(run)?.tokens, 15);
  assert.is(agentRunOf({ ...run, steps: [{ key: 'a', kind: 'run' }] }), null);
  assert.is(agentRunOf({ ...run, agent: 7 }), null);
  for (const odd of [null, 7, [], {}, { steps: 'x' }]) assert.is(agentRunOf(odd), null);
  assert.is(agentRunOf({ ...run, steps: [{ ...step, usage: { inputTokens: -4, outputTokens: 1e999 } }] })?.tokens, 0);
});

test('what failed is no success, and the newest come first', () => {
  const runs = [
    run,
    { ...run, run: 'b-1', outcome: 'failed', endedAt: '2026-01-03T00:00:00Z' },
    { ...run, agent: 'other' },
  ];
  const record = trackRecord(
    'fixer',
    runs.flatMap((each) => agentRunOf(each) ?? []),
  );
  assert.equal([record.runs, record.succeeded, record.last.map((each) => each.run)], [2, 1, ['b-1', 'a-1']]);
});

test.run();
