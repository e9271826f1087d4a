import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Instant } from '../../runner/core/ids.js';
import { areDaily, exhausted, type Expense } from '../../runner/core/limits.js';

const NOW = '2026-11-20T23:59:00.000Z' as Instant;
const run = (more: Partial<Expense> = {}): Expense => ({
  agent: 'fixer',
  tokens: 10,
  cost: 0.25,
  timeMs: 60_000,
  lines: 5,
  ...more,
});

test('each limit holds for the project, and names how much is used and when that ends', () => {
  const two = [run(), run({ agent: 'other' })];
  const of = (limits: Parameters<typeof exhausted>[0]): string | undefined => {
    const found = exhausted(limits, two, 'fixer', NOW);
    if (found !== null) assert.is(found.until, '2026-11-21T00:00:00.000Z');
    return found === null ? undefined : `${found.reason.rule}: ${found.reason.because}`;
  };
  assert.is(of(undefined), undefined);
  assert.is(of({}), undefined);
  assert.is(of({ 'orders-per-day': 3 }), undefined);
  assert.is(of({ 'orders-per-day': 2 }), 'limits.orders-per-day: 2 of 2 orders started today (UTC)');
  assert.is(of({ 'tokens-per-day': 21 }), undefined);
  assert.is(of({ 'tokens-per-day': 20 }), 'limits.tokens-per-day: 20 of 20 tokens used today (UTC)');
  assert.is(of({ 'cost-per-day': 0.51 }), undefined);
  assert.is(of({ 'cost-per-day': 0.5 }), 'limits.cost-per-day: $0.50 of $0.50 of models used today (UTC)');
  assert.is(of({ 'time-per-day': '2m' }), 'limits.time-per-day: 2 min of 2 min of running today (UTC)');
  assert.is(of({ 'time-per-day': '3m' }), undefined);
  assert.is(of({ 'lines-per-day': 10 }), 'limits.lines-per-day: 10 of 10 lines shipped today (UTC)');
});

test('an agent has limits of its own beside the project’s', () => {
  const limits = { 'orders-per-day': 10, agents: { fixer: { 'orders-per-day': 1 } } };
  assert.is(exhausted(limits, [run()], 'other', NOW), null);
  assert.is(exhausted(limits, [run({ agent: 'other' })], 'fixer', NOW), null);
  assert.is(exhausted(limits, [run()], 'fixer', NOW)?.reason.rule, 'limits.agents.fixer.orders-per-day');
});

test('the day is looked at only where a limit asks for it', () => {
  assert.not.ok(areDaily(undefined));
  assert.not.ok(areDaily({ 'open-requests': 3 }));
  assert.not.ok(areDaily({ agents: { a: {} } }));
  assert.ok(areDaily({ 'lines-per-day': 3 }));
  assert.ok(areDaily({ agents: { a: { 'time-per-day': '1h' } } }));
});

test.run();
