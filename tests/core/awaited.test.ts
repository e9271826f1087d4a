import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { awaited, awaitedBelow, hopeless, parkedRun, woken } from '../../runner/core/awaited.js';
import { graphOf } from '../../runner/core/graph.js';
import type { Instant, StepKey } from '../../runner/core/ids.js';
import type { EndedState, StoredOrder } from '../../runner/core/record.js';
import { runEnd } from '../../runner/core/run-end.js';
import type { Formula, OrderRecord, RunRecord, StepStatus } from '../../runner/generated/types.js';

const NOW = '2026-11-20T09:00:00.000Z' as Instant;
const SNAPSHOT = '1'.repeat(40);

const record = (id: string, more: Partial<OrderRecord> = {}): OrderRecord => ({
  id,
  order: { goal: id },
  formula: 'f',
  dedupe: id,
  accepted: { at: NOW, from: 'inbox', digest: '', actor: 'ada' },
  attempts: 1,
  ...more,
});

const filed: StepStatus = {
  state: 'waiting',
  attempt: 1,
  startedAt: NOW,
  durationMs: 5,
  snapshot: SNAPSHOT,
  orders: ['a', 'b'],
};
const run = (steps: Record<string, StepStatus>): RunRecord => ({ id: 'p-1', steps }) as unknown as RunRecord;

const parent = (orders: readonly string[]): StoredOrder => ({
  state: 'waiting',
  record: {
    ...record('p', { run: run({ file: { ...filed, orders: [...orders] } }) }),
    waiting: { since: NOW, on: 'order', reason: 'waits', orders: [...orders] },
  },
});
const live = (id: string, more: Partial<OrderRecord> = {}): StoredOrder => ({
  state: 'queue',
  record: record(id, { parent: 'p', ...more }),
});
const endedAs = (id: string, state: EndedState): StoredOrder => ({
  state,
  record: {
    ...record(id, { parent: 'p' }),
    ended: {
      at: NOW,
      outcome: state === 'done' ? 'shipped' : state,
      ...(state === 'done' ? { branch: `pushpals/${id}` } : {}),
    },
  },
});

const STATES = ['queue', 'unreadable', 'done', 'failed', 'cancelled', 'rejected', 'missing'] as const;

test('a run goes on exactly when none of its orders lives any more, whatever became of them', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...STATES), { minLength: 1, maxLength: 6 }), (states) => {
      const ids = states.map((_, index) => `c${String(index)}`);
      const of = (...wanted: string[]): string[] => ids.filter((_, index) => wanted.includes(states[index] ?? ''));
      const ended = new Map<string, EndedState | 'rejected'>();
      for (const state of ['done', 'failed', 'cancelled', 'rejected'] as const)
        for (const id of of(state)) ended.set(id, state);
      const children = new Map(
        (['done', 'failed', 'cancelled'] as const).flatMap((state) =>
          of(state).map((id): [string, StoredOrder] => [id, endedAs(id, state)]),
        ),
      );
      const order = parent(ids);
      const observed = { unreadable: of('unreadable'), ended, children };
      const known = [order, live('other'), ...of('queue').map((id) => live(id))];
      const answer = awaited(order, known, observed);
      const lives = of('queue', 'unreadable').length > 0;
      assert.is(answer?.is, lives ? 'waits' : 'over');
      assert.equal(
        awaited(order, [...known].reverse(), observed),
        answer,
        'the order of what is observed does not matter',
      );
      if (answer?.is !== 'over') return;
      assert.equal([...answer.children.keys()], ids);
      const nodes = graphOf({
        formula: 'f',
        version: 1,
        steps: [{ id: 'file', orders: '[]', await: true }],
      });
      const steps = woken(nodes, { file: { ...filed, orders: ids } }, answer.children);
      const allDone = states.every((state) => state === 'done');
      assert.is(steps['file']?.state, allDone ? 'succeeded' : 'failed');
      assert.not.ok(
        Object.values(steps).some(({ state }) => state === 'waiting'),
        'nothing waits a second time',
      );
    }),
  );
});

test('what orders that are done did not need of their share goes back to the run that filed them', () => {
  const usage = { turns: 2, inputTokens: 30, outputTokens: 10, costUsd: 0 };
  const child = (id: string, state: EndedState, more: Partial<OrderRecord> = {}): [string, StoredOrder] => {
    const ended = endedAs(id, state);
    const accepted = { ...ended.record.accepted, from: 'step file of p-1' };
    const own = { accepted, allowance: { tokens: 100, turns: 5 }, spent: usage, ...more };
    return [id, { ...ended, record: { ...ended.record, ...own } } as StoredOrder];
  };
  const unused = (...children: [string, StoredOrder][]): unknown => {
    const ids = children.map(([id]) => id);
    const answer = awaited(parent(ids), [], { unreadable: [], ended: new Map(), children: new Map(children) });
    return answer?.is === 'over' ? answer.unused : null;
  };
  assert.equal(unused(child('a', 'done')), { tokens: 60, turns: 3 });
  assert.equal(unused(child('a', 'done'), child('b', 'done', { given: { tokens: 20 } })), { tokens: 100, turns: 6 });
  assert.equal(unused(child('a', 'done', { allowance: { tokens: 10 } })), { tokens: 0 }, 'never less than nothing');
  assert.equal(unused(child('a', 'failed'), child('b', 'cancelled')), {}, 'those can be tried again, with their share');
  const before = { at: NOW, from: 'step file of p-0', digest: '', actor: 'runner' };
  assert.equal(unused(child('a', 'done', { accepted: before })), {}, 'an earlier run has had it back');
  assert.equal(unused(child('a', 'done', { parent: 'other' })), {}, 'another one gave it');
  const first = { ...before, from: 'step first of p-1' };
  assert.equal(unused(child('a', 'done', { accepted: first })), {}, 'a step that waits no more has had it back');
});

test('an order that waits for something else is not one of these', () => {
  const observed = { unreadable: [], ended: new Map(), children: new Map() };
  assert.is(awaited(live('a'), [], observed), null);
  const after: StoredOrder = {
    state: 'waiting',
    record: { ...record('x', { run: run({}) }), waiting: { since: NOW, on: 'order', reason: 'waits for y' } },
  };
  assert.is(awaited(after, [], observed), null);
});

test('orders that failed fail the step, with why each did, unless the step goes on over that', () => {
  const children = new Map([
    ['a', { id: 'a', state: 'done' as const, outcome: 'shipped' }],
    ['b', { id: 'b', state: 'failed' as const, outcome: 'failed', why: 'check-failed' }],
  ]);
  const formula = (tolerant: boolean): Formula => ({
    formula: 'f',
    version: 1,
    steps: [{ id: 'file', orders: '[]', await: true, 'continue-on-failure': tolerant }],
  });
  const strict = woken(graphOf(formula(false)), { file: filed }, children)['file'];
  assert.is(strict?.state, 'failed');
  if (strict?.state === 'failed')
    assert.equal(strict.failure, {
      class: 'child-failed',
      step: 'file',
      orders: [{ id: 'b', state: 'failed', why: 'check-failed' }],
    });
  const tolerant = woken(graphOf(formula(true)), { file: filed }, children)['file'];
  assert.is(tolerant?.state, 'succeeded');
  if (tolerant?.state === 'succeeded')
    assert.equal(tolerant.outputs, { filed: ['a', 'b'], orders: [...children.values()] });
});

test('while a step waits, what failed beside it decides nothing yet, and people are asked when the run goes on', () => {
  const nodes = graphOf({
    formula: 'f',
    version: 1,
    steps: [
      { id: 'file', orders: '[]', await: true },
      { id: 'gate', approve: 'Good?' },
      { id: 'after', run: 'true', needs: ['gate'] },
    ],
  });
  const failed: StepStatus = {
    state: 'failed',
    attempt: 1,
    startedAt: NOW,
    durationMs: 1,
    failure: { class: 'approval-needed', request: 'r' },
  };
  const statuses = { file: filed, gate: failed, after: { state: 'skipped' as const, because: 'gate failed' } };
  assert.is(runEnd(nodes, statuses).outcome, 'waiting');
  const parked = parkedRun({ ...record('p'), run: run(statuses) }, nodes, statuses, NOW);
  assert.equal(parked.record.waiting.orders, ['a', 'b']);
  const states = (Object.keys(statuses) as StepKey[]).map((key) => parked.record.run?.steps[key]?.state);
  assert.equal(states, ['waiting', 'pending', 'pending']);
});

test('an order that a run waits for, and that comes after one that did not end as done, is ended as well', () => {
  const b = live('b', { order: { goal: 'b', after: ['a'] } });
  const observed = (state: EndedState | undefined): Parameters<typeof hopeless>[2] => ({
    now: NOW,
    unreadable: [],
    ended: new Map(state === undefined ? [] : [['a', state]]),
  });
  const waits = parent(['a', 'b']);
  for (const state of ['failed', 'cancelled'] as const)
    assert.is(
      hopeless(b, [waits, b], observed(state))?.to.record.ended?.reason,
      `it comes after a, which ended as ${state}`,
    );
  assert.is(hopeless(b, [waits, b], observed('done')), null);
  assert.is(hopeless(b, [waits, b, live('a')], observed('failed')), null, 'it was put back meanwhile');
  assert.is(hopeless(b, [b], observed('failed')), null, 'nothing waits for it: a person may retry the other');
});

test('what goes with a cancelled order is what it filed and waits for, however deep, and nobody else’s', () => {
  const child = parent(['d']);
  const a: StoredOrder = { state: 'waiting', record: { ...child.record, id: 'a', parent: 'p' } } as StoredOrder;
  const d = live('d', { parent: 'a' });
  const foreign = live('b', { parent: 'other' });
  const order = parent(['a', 'b']);
  assert.equal(
    awaitedBelow(order, [order, a, d, foreign, live('e')]).map(({ record: { id } }) => id),
    ['a', 'd'],
  );
});

test.run();
