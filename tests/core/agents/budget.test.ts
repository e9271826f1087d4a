import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { left, stricter, usedUp } from '../../../runner/core/agents/budget.js';
import { transcriptLine } from '../../../runner/core/agents/transcript.js';
import { NO_USAGE, costOf, plus } from '../../../runner/core/agents/usage.js';

const SPENT = { turns: 3, inputTokens: 900, outputTokens: 100, costUsd: 0.25 };

test('what is left is told of what is bounded, and is never less than nothing', () => {
  assert.equal(left({ turns: 5, tokens: 800 }, SPENT), { turns: 2, tokens: 0 });
  assert.equal(left({}, SPENT), {});
});

test('the first bound that is used up is named with what was used', () => {
  assert.equal(usedUp({ turns: 4, tokens: 1000, cost: 0.1 }, SPENT), { what: 'tokens', most: 1000, used: 1000 });
  assert.is(usedUp({ turns: 4, cost: 0.26 }, SPENT), null);
});

test('of two bounds the stricter holds, each by itself', () => {
  assert.equal(stricter({ turns: 4, tokens: 10 }, { turns: 9, cost: 1 }), { turns: 4, tokens: 10, cost: 1 });
});

test('usage adds up, and costs what the prices of a million tokens say', () => {
  assert.equal(plus(NO_USAGE, SPENT), SPENT);
  assert.is(costOf({ inputTokens: 2_000_000, outputTokens: 500_000 }, { input: 3, output: 15 }), 13.5);
  assert.is(costOf(SPENT, undefined), 0);
});

test('an entry of a transcript is one line, whatever its text', () => {
  const line = transcriptLine({ at: '2026-01-02T03:04:05.000Z', type: 'note', text: 'a\nb' });
  assert.is(line.indexOf('\n'), line.length - 1);
});

test.run();
