import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Formula, OrderRecord, Step, StepStatus } from '../../runner/generated/types.js';
import type { Failure } from '../../runner/core/failure.js';
import { graphOf } from '../../runner/core/graph.js';
import type { Instant } from '../../runner/core/ids.js';
import {
  goneOnWith,
  lastSnapshot,
  orderAfter,
  paused,
  reopened,
  runEnd,
  type RunEnd,
} from '../../runner/core/run-end.js';

const at = '2026-01-01T00:00:00.000Z' as Instant;
const formula = (attempts?: number): Formula => ({
  formula: 'f',
  version: 1,
  steps: [],
  ...(attempts === undefined ? {} : { budget: { attempts } }),
});
const record = (attempts: number, failures?: number): OrderRecord => ({
  id: 'fix',
  order: { goal: 'Fix' },
  formula: 'f',
  dedupe: 'd',
  accepted: { at, from: 'inbox/fix.md', digest: '', actor: 'ada' },
  attempts,
  ...(failures === undefined ? {} : { failures }),
});
const after = (failure: Failure | null, of: OrderRecord, attempts?: number) =>
  orderAfter(
    of,
    failure === null
      ? { outcome: 'shipped', failure, branch: 'pushpals/fix', commit: 'c', delivery: null, at, evidence: 'e' }
      : { outcome: 'failed', failure, branch: null, commit: null, delivery: null, at, evidence: 'e' },
    formula(attempts),
  );
const broken: Failure = { class: 'step-failed', step: 's', exitCode: 1, tail: '' };
const away: Failure = { class: 'git-failed', command: 'git', exitCode: 1, stderr: '' };
const never: Failure = { class: 'not-built', what: 'x' };

test('a failed order ends, or waits for its next attempt where one is left', () => {
  assert.is(after(broken, record(1)).state, 'failed');
  const waiting = after(broken, record(1), 3);
  assert.is(waiting.state, 'waiting');
  if (waiting.state !== 'waiting') return;
  assert.match(waiting.record.waiting.until ?? '', /^2026-01-01T00:0(0:[345]|1:00)/);
  assert.equal(waiting.record.past, [{ run: '', at, class: 'step-failed', evidence: 'e' }]);
  assert.is(waiting.record.failures, 1);
  assert.is(after(broken, record(3, 2), 3).state, 'failed', 'the third failure of three is the end');
  assert.is(after(never, record(1), 3).state, 'failed', 'what no retry mends is not tried again');
});

test('where the work was not at fault, the order waits without using an attempt up, longer each time', () => {
  const outage = { times: 2, class: 'git-failed', at };
  const waiting = after(away, { ...record(3), outage });
  assert.is(waiting.state, 'waiting');
  if (waiting.state !== 'waiting') return;
  assert.is(waiting.record.failures, 0);
  assert.match(waiting.record.waiting.until ?? '', /^2026-01-01T00:0([23]:|4:00)/);
  assert.equal(waiting.record.outage, { ...outage, times: 3 });
});

test('a success is done, with where it shipped to', () => {
  const done = after(null, record(1));
  assert.is(done.state, 'done');
  if (done.state !== 'done') return;
  assert.equal(done.record.ended, { at, outcome: 'shipped', evidence: 'e', branch: 'pushpals/fix', commit: 'c' });
});

const steps: Step[] = [
  { id: 'a', run: 'true' },
  { id: 'b', run: 'true', needs: ['a'] },
  { id: 'ship', ship: {}, needs: ['b'] },
];
const ended = (snapshot: string, outputs?: unknown): StepStatus => ({
  state: 'succeeded',
  attempt: 1,
  startedAt: at,
  durationMs: 1,
  snapshot,
  ...(outputs === undefined ? {} : { outputs }),
});
const failed: StepStatus = { state: 'failed', attempt: 1, startedAt: at, durationMs: 1, failure: broken };
const ends: readonly (readonly [
  name: string,
  of: Step[],
  statuses: Record<string, StepStatus>,
  want: Partial<RunEnd>,
])[] = [
  ['nothing to ship is completed', steps.slice(0, 2), { a: ended('1'), b: ended('2') }, { outcome: 'completed' }],
  [
    'nothing changed is no-change',
    steps,
    { a: ended('1'), b: ended('1'), ship: ended('1', { noChange: true }) },
    { outcome: 'no-change' },
  ],
  [
    'a shipped run names branch and commit',
    steps,
    { a: ended('1'), b: ended('2'), ship: ended('2', { branch: 'x', commit: '3' }) },
    { outcome: 'shipped', branch: 'x', commit: '3' },
  ],
  [
    'a step that failed decides',
    steps,
    { a: ended('1'), b: failed, ship: { state: 'skipped', because: 'b failed' } },
    { outcome: 'failed', failure: broken },
  ],
];
for (const [name, of, statuses, want] of ends) {
  test(name, () => {
    const end = runEnd(graphOf({ ...formula(), steps: of }), statuses);
    assert.equal(end, { failure: null, branch: null, commit: null, delivery: null, ...want });
  });
}

test('the last snapshot is that of the last step that succeeded', () => {
  const nodes = graphOf({ ...formula(), steps });
  assert.is(lastSnapshot(nodes, { a: ended('1'), b: failed, ship: { state: 'pending' } }), '1');
  assert.is(lastSnapshot(nodes, { a: failed }), null);
  assert.is(lastSnapshot(nodes, { a: ended('1'), b: { ...failed, partial: '2' } }), '2', 'or partial work');
});

const used: Failure = { class: 'budget-exhausted', step: 'b', what: 'tokens', most: 10, used: 12 };
const down: Failure = { class: 'model-unavailable', model: 'default', why: 'cut off', mend: 'Start it.' };
const stopped = (failure: Failure): Record<string, StepStatus> => ({
  a: ended('1'),
  b: { state: 'failed', attempt: 1, startedAt: at, durationMs: 1, partial: '2', failure: { ...failure } },
  ship: { state: 'skipped', because: 'b failed' },
});
const WAITS = { a: ended('1'), b: { state: 'pending', partial: '2' }, ship: { state: 'pending' } };
const run = (steps: Record<string, StepStatus>) => ({
  id: 'fix-1',
  attempt: 1,
  claimedAt: at,
  claimant: { host: 'here', pid: 1, startedAt: at, nonce: 'n', boot: 'b' },
  leaseUntil: at,
  formula: 'f',
  formulaDigest: 'd',
  base: '0'.repeat(40),
  driver: 'host' as const,
  steps,
});

test('a run that is gone on with later has what it stopped at still to come, from the partial work', () => {
  const nodes = graphOf({ ...formula(), steps });
  for (const failure of [used, down]) assert.equal(reopened(nodes, stopped(failure)), WAITS);
  assert.is(reopened(nodes, stopped(broken))['b']?.state, 'failed');
  const tolerant = steps.map((step) => (step.id === 'b' ? { ...step, 'continue-on-failure': true } : step));
  assert.is(reopened(graphOf({ ...formula(), steps: tolerant }), stopped(used))['b']?.state, 'failed');
  assert.equal(reopened(graphOf({ ...formula(), steps: tolerant }), stopped(down)), WAITS, 'a model is waited for');
});

test('where the model is gone the run stands still: no attempt is used, none has failed, and it goes on with itself', () => {
  const nodes = graphOf({ ...formula(), steps });
  const before = {
    ...record(1),
    run: run(stopped(down)),
    spent: { turns: 1, inputTokens: 2, outputTokens: 3, costUsd: 0 },
  };
  const order = paused(after(down, before), before, reopened(nodes, stopped(down)), at);
  assert.is(order.state, 'waiting');
  assert.is(order.record.failures, 0);
  assert.is(order.record.past, undefined);
  assert.is(order.record.outage?.times, 1);
  assert.equal(order.record.spent, before.spent, 'the ledger goes on');
  assert.equal(goneOnWith(order)?.steps, WAITS);
  assert.is(goneOnWith(order)?.pausedAt, at);
});

test('an order that used up its budget and is tried again goes on with its run; one that failed otherwise begins anew', () => {
  const failedWith = (failure: Failure) => after(failure, { ...record(1), run: run(stopped(failure)) });
  assert.is(failedWith(used).state, 'failed', 'no retry mends it by itself');
  assert.equal(goneOnWith(failedWith(used))?.steps, WAITS);
  assert.is(goneOnWith(failedWith(never)), null);
  assert.is(goneOnWith({ state: 'queue', record: record(0) }), null);
});

test.run();
