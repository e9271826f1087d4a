import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Formula, OrderRecord, RunRecord, StepStatus } from '../../runner/generated/types.js';
import { backoffMs, retryAt } from '../../runner/core/backoff.js';
import type { Failure } from '../../runner/core/failure.js';
import { graphOf } from '../../runner/core/graph.js';
import { epochMs, instant, later, type CommitId, type Instant } from '../../runner/core/ids.js';
import { MOST_LOST, givenUp, lostAgain } from '../../runner/core/lost.js';
import type { LoadedFormula, Observed } from '../../runner/core/observed.js';
import { MOST_OUTAGES, stormOf } from '../../runner/core/outage.js';
import { plan } from '../../runner/core/plan.js';
import type { StoredOrder } from '../../runner/core/record.js';
import { orderAfter } from '../../runner/core/run-end.js';
import { stuckFor } from '../../runner/core/stuck.js';
import { cel } from '../cel.js';

const START = '2026-01-02T00:00:00.000Z' as Instant;
const HOUR = 3_600_000;
const down: Failure = { class: 'sandbox-unavailable', driver: 'docker', why: 'it stopped', mend: 'Start it.' };
const formula: Formula = { formula: 'f', version: 1, steps: [{ id: 'a', run: 'true' }] };
const queued = (id: string): StoredOrder => ({
  state: 'queue',
  record: {
    id,
    order: { goal: id },
    formula: 'f',
    dedupe: id,
    accepted: { at: START, from: 'inbox', digest: '', actor: 'ada' },
    attempts: 0,
  },
});

test('orders that failed together come back apart, between half of the wait and all of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.string(), (failures, id) => {
      const waits = epochMs(retryAt(START, failures, id)) - epochMs(START);
      assert.ok(waits >= backoffMs(failures) / 2 && waits <= HOUR, String(waits));
      assert.is(retryAt(START, failures, id), retryAt(START, failures, id));
    }),
  );
  const together = new Set(Array.from({ length: 100 }, (_, index) => retryAt(START, 5, `order-${String(index)}`)));
  assert.ok(together.size > 90, `${String(together.size)} of 100 differ`);
});

/** A day of ticks, one a minute, in which every run fails until `upAt`: when runs were started, and where the orders stand. */
function day(count: number, upAt: Instant): { starts: readonly Instant[]; orders: readonly StoredOrder[] } {
  const loaded = { formula, digest: '', agents: new Map(), checkInputs: () => [] } as LoadedFormula;
  let orders: readonly StoredOrder[] = Array.from({ length: count }, (_, index) => queued(`o${String(index)}`));
  const starts: Instant[] = [];
  for (let now = START; now < later(START, 24 * HOUR); now = later(now, 60_000)) {
    // A tick tries each order once.
    for (const tried = new Set<string>(); ;) {
      const observed: Observed = {
        now,
        base: 'c' as CommitId,
        project: { version: 1, project: 'p', runner: { slots: 4 } },
        policy: { version: 1, default: 'low' },
        paused: false,
        live: orders.filter(({ state }) => state !== 'done'),
        dropped: [],
        fromForge: { orders: [], held: [], asks: [] },
        issues: { withdrawn: new Map(), again: [] },
        ended: new Map(),
        children: new Map(),
        capable: new Map(),
        unreadable: [],
        formulas: new Map([['f', { ok: true, value: loaded }]]),
        formulaNames: ['f'],
        policyDigest: '',
        requests: new Map(),
        strays: [],
        runner: { name: 'r', email: 'r' },
        today: [],
        claimantAlive: () => true,
        sharedBy: null,
        remoteFailure: null,
        sandboxFailure: () => null,
        modelFailure: () => null,
        pulls: () => null,
        pinnedName: () => null,
        secretFailure: () => null,
        targets: new Map(),
        seen: null,
        triggers: null,
        cel,
        sha256: (text) => text,
      };
      const planned = plan(observed);
      const released = new Map(planned.moves.map(({ to }) => [to.record.id, to]));
      orders = orders.map((order) => released.get(order.record.id) ?? order);
      const begin = planned.starts.filter(({ order }) => !tried.has(order.record.id));
      if (begin.length === 0) break;
      for (const { order } of begin) {
        tried.add(order.record.id);
        starts.push(now);
        const { waiting: _, ...record } = order.record;
        const failure = now < upAt ? down : null;
        const ran = { ...record, attempts: record.attempts + 1, run: { id: `${record.id}-1` } as RunRecord };
        const end = {
          outcome: failure === null ? 'completed' : 'failed',
          failure,
          branch: null,
          commit: null,
          delivery: null,
        } as const;
        const next = orderAfter(ran, { ...end, at: now, evidence: 'e' }, formula);
        orders = orders.map((each) => (each.record.id === record.id ? next : each));
      }
    }
  }
  return { starts, orders };
}

test('a storm of failures does not hammer what is down, uses up no attempt, and all is done once it is up', () => {
  const upAt = later(START, 3 * HOUR);
  const { starts, orders } = day(200, upAt);
  const during = starts.filter((at) => at < upAt);
  // Four to find out, then one trial at a time: not one run for each of two hundred orders.
  assert.ok(during.length >= 10 && during.length <= 60, `${String(during.length)} runs while it was down`);
  const after = starts.filter((at) => at >= upAt);
  assert.ok(epochMs(after[0] as Instant) - epochMs(upAt) <= 10 * 60_000, `first tried at ${String(after[0])}`);
  assert.equal(new Set(orders.map(({ state }) => state)), new Set(['done']));
  assert.is(orders.filter(({ record }) => (record.failures ?? 0) > 0).length, 0);
});

test('what never recovers ends up in front of a person, and is not tried for ever', () => {
  const { starts, orders } = day(1, later(START, 99 * HOUR));
  assert.is(starts.length, MOST_OUTAGES);
  const [order] = orders;
  assert.ok(order?.state === 'waiting');
  assert.is(order.record.waiting.on, 'person');
  assert.match(order.record.waiting.reason, /12 runs in a row: mend it, then pushpals order retry o0/);
  assert.match(stuckFor(order, later(START, 24 * HOUR)) ?? '', /^stuck for \d+ h: sandbox-unavailable, 12 runs/);
});

test('only fresh failures of the same class make a storm', () => {
  const failed = (id: string, name: string, at: Instant, times = 1): StoredOrder => ({
    state: 'queue',
    record: { ...queued(id).record, outage: { times, class: name, at } },
  });
  const now = later(START, HOUR);
  const three = ['a', 'b', 'c'].map((id, index) => failed(id, 'git-failed', later(START, index), index + 1));
  assert.equal(stormOf(three, START), null, 'from the future');
  assert.equal(stormOf(three, later(START, 2)), {
    class: 'git-failed',
    orders: 3,
    until: later(START, 2 + 4 * 60_000),
  });
  assert.is(stormOf(three.slice(1), now), null);
  assert.is(stormOf([...three.slice(1), failed('d', 'image-missing', START)], now), null);
  assert.is(stormOf(three, later(START, 3 * HOUR)), null);
});

const waiting = (on: string, more: object = {}): StoredOrder =>
  ({
    state: 'waiting',
    record: { ...queued('x').record, waiting: { since: START, on, reason: 'why', ...more } },
  }) as StoredOrder;

test('an order is stuck when it waited too long for what does not come by itself', () => {
  const stuck = (order: StoredOrder, hours: number): string | null => stuckFor(order, later(START, hours * HOUR));
  assert.is(stuck(waiting('sandbox'), 0.5), null);
  assert.is(stuck(waiting('sandbox'), 1), 'stuck for 60 min: why');
  assert.is(stuck(waiting('config'), 23), null);
  assert.is(stuck(waiting('config'), 25), 'stuck for 25 h: why');
  assert.is(stuck(waiting('policy', { until: instant(0) }), 99), null, 'a limit of the day ends by itself');
  assert.is(stuck(waiting('time'), 99), null);
  assert.is(stuck(waiting('approval'), 99), null, 'a request has a reminder of its own');
  assert.is(stuck(queued('x'), 99), null);
});

test('runners that die in the same step are counted, and any step that ends begins the count anew', () => {
  const running: StepStatus = { state: 'running', attempt: 1, startedAt: START };
  const done = { state: 'succeeded', attempt: 1, startedAt: START, durationMs: 1, snapshot: 'c' } as StepStatus;
  const first = lostAgain({ steps: { a: running, b: { state: 'pending' } } });
  assert.equal(first, { times: 1, settled: 0 });
  assert.equal(lostAgain({ lost: first, steps: { a: running } }), { times: 2, settled: 0 });
  assert.equal(lostAgain({ lost: { times: MOST_LOST, settled: 0 }, steps: { a: done, b: running } }), {
    times: 1,
    settled: 1,
  });
});

test('a run that is given up fails in the steps in which its runners died', () => {
  const nodes = graphOf({
    ...formula,
    steps: [
      { id: 'a', run: 'a' },
      { id: 'b', run: 'b', needs: ['a'] },
      { id: 'c', run: 'c', needs: ['b'] },
    ],
  });
  const lost: Failure = { class: 'runner-lost', order: 'x', claimant: 'h/1', times: 5 };
  const done = { state: 'succeeded', attempt: 1, startedAt: START, durationMs: 1, snapshot: 'c' } as StepStatus;
  const states = (statuses: Readonly<Record<string, StepStatus>>): readonly string[] =>
    Object.values(givenUp(nodes, statuses, lost, START)).map(({ state }) => state);
  const running: StepStatus = { state: 'running', attempt: 1, startedAt: START };
  assert.equal(states({ a: done, b: running, c: { state: 'pending' } }), ['succeeded', 'failed', 'pending']);
  assert.equal(states({ a: done, b: { state: 'pending' }, c: { state: 'pending' } }), [
    'succeeded',
    'failed',
    'pending',
  ]);
});

test('a record keeps the newest fifty of its failed runs', () => {
  let record: OrderRecord = { ...queued('x').record, run: { id: 'x-1' } as RunRecord };
  const failure: Failure = { class: 'step-failed', step: 'a', exitCode: 1, tail: '' };
  for (let attempt = 1; attempt <= 60; attempt += 1) {
    record = { ...record, run: { id: `x-${String(attempt)}` } as RunRecord };
    const end = {
      outcome: 'failed',
      failure,
      branch: null,
      commit: null,
      delivery: null,
      at: START,
      evidence: 'e',
    } as const;
    record = orderAfter(record, end, { ...formula, budget: { attempts: 99 } }).record;
  }
  assert.is(record.past?.length, 50);
  assert.is(record.past?.at(-1)?.run, 'x-60');
});

test.run();
