import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { amountText, boundsIn, boundsOf, left, moreOf, stricter, usedUp } from '../../../runner/core/agents/budget.js';
import { asksFor, shares } from '../../../runner/core/agents/shares.js';
import { transcriptLine } from '../../../runner/core/agents/transcript.js';
import { NO_USAGE, costOf, plus, usageText, usedByRun } from '../../../runner/core/agents/usage.js';

const SPENT = { turns: 3, inputTokens: 900, outputTokens: 100, costUsd: 0.25 };

test('what is left is told of what is bounded, and is never less than nothing', () => {
  assert.equal(left({ turns: 5, tokens: 800 }, { spent: SPENT }), { turns: 2, tokens: 0 });
  assert.equal(left({}, { spent: SPENT }), {});
});

test('the first bound that is used up is named with what was used', () => {
  assert.equal(usedUp({ turns: 4, tokens: 1000, cost: 0.1 }, { spent: SPENT }), {
    what: 'tokens',
    most: 1000,
    used: 1000,
  });
  assert.is(usedUp({ turns: 4, cost: 0.26 }, { spent: SPENT }), null);
});

test('what was given away counts as used', () => {
  assert.equal(left({ tokens: 1200, cost: 1 }, { spent: SPENT, given: { tokens: 150 } }), { tokens: 50, cost: 0.75 });
  assert.equal(usedUp({ tokens: 1200 }, { spent: SPENT, given: { tokens: 200 } }), {
    what: 'tokens',
    most: 1200,
    used: 1200,
  });
});

test('an order may use what its formula and its parent both allow, and what people granted beyond that', () => {
  const budget = { time: '1h', tokens: 500, turns: 9 };
  assert.equal(boundsOf(budget, {}), { tokens: 500, turns: 9 });
  assert.equal(boundsOf(budget, { allowance: { tokens: 100, cost: 2 } }), { tokens: 100, turns: 9, cost: 2 });
  assert.equal(boundsOf(budget, { allowance: { tokens: 100 }, granted: { tokens: 50, cost: 5 } }), {
    tokens: 150,
    turns: 9,
  });
  assert.equal(boundsOf(undefined, { granted: { tokens: 50 } }), {}, 'what is not bounded stays so');
});

test('what is left is divided by what each asks for, and what one does not need goes to the others', () => {
  assert.equal(shares({ tokens: 100 }, [{}, {}, {}]), [{ tokens: 33 }, { tokens: 33 }, { tokens: 34 }]);
  assert.equal(shares({ tokens: 100 }, [{ tokens: 10 }, {}]), [{ tokens: 10 }, { tokens: 90 }]);
  assert.equal(shares({ tokens: 100 }, [{ tokens: 10 }]), [{ tokens: 10 }]);
  assert.equal(shares({ turns: 1, cost: 0.1 }, [{ turns: 4 }, { turns: 4, cost: 0 }]), [
    { turns: 0, cost: 0.1 },
    { turns: 1, cost: 0 },
  ]);
  assert.equal(shares({}, [{ tokens: 10 }]), [{}], 'who has no bounds gives none');
});

test('a formula that neither works with models nor files orders asks for nothing, and an unknown one for all', () => {
  const step = { id: 'a', run: 'true' };
  assert.equal(asksFor({ formula: 'f', version: 1, steps: [step] }), { turns: 0, tokens: 0, cost: 0 });
  const working = { formula: 'f', version: 1 as const, steps: [step, { id: 'b', agent: 'Do it.' }] };
  assert.equal(asksFor({ ...working, budget: { tokens: 7, time: '1m' } }), { tokens: 7 });
  assert.equal(asksFor(null), {});
});

test('of two bounds the stricter holds, each by itself', () => {
  assert.equal(stricter({ turns: 4, tokens: 10 }, { turns: 9, cost: 1 }), { turns: 4, tokens: 10, cost: 1 });
});

test('usage adds up, and costs what the prices of a million tokens say', () => {
  assert.equal(plus(NO_USAGE, SPENT), SPENT);
  assert.is(costOf({ inputTokens: 2_000_000, outputTokens: 500_000 }, { input: 3, output: 15 }), 13.5);
  assert.is(costOf(SPENT, undefined), 0);
});

test('what more is asked for is as much again as there was to begin with', () => {
  assert.equal(moreOf('tokens', { tokens: 500 }, {}), { tokens: 500 });
  assert.equal(moreOf('tokens', { tokens: 500 }, { allowance: { tokens: 80 } }), { tokens: 80 });
  assert.equal(moreOf('tokens', { tokens: 500 }, { allowance: { tokens: 0 } }), { tokens: 500 });
  assert.equal(moreOf('turns', {}, { allowance: { turns: 0 } }), { turns: 20 });
});

test('amounts are read as people write them, and nothing else is', () => {
  assert.equal(boundsIn('tokens=200000, cost=2.50'), { tokens: 200000, cost: 2.5 });
  assert.is(amountText({ tokens: 200000, cost: 2.5 }), '200000 tokens and $2.50');
  for (const wrong of [
    '',
    'tokens',
    'tokens=',
    'tokens=-1',
    'tokens=0',
    'tokens=1e9',
    'tokens=1.5',
    'time=3',
    'turns=1=2',
  ])
    assert.is(boundsIn(wrong), null, wrong);
});

test('a run used what its order has used by now, but for what it had used before', () => {
  const usedBefore = { turns: 1, inputTokens: 300, outputTokens: 0, costUsd: 0.2 };
  const run = { usedBefore } as NonNullable<Parameters<typeof usedByRun>[0]['run']>;
  const used = usedByRun({ spent: SPENT, run });
  assert.is(usageText(used), '2 turns, 700 tokens, $0.05');
  assert.equal(usedByRun({ run }), NO_USAGE, 'a record that was lowered gives none back');
});

test('an entry of a transcript is one line, whatever its text', () => {
  const line = transcriptLine({ at: '2026-01-02T03:04:05.000Z', type: 'note', text: 'a\nb' });
  assert.is(line.indexOf('\n'), line.length - 1);
});

test.run();
