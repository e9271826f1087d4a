import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { givenWay, holderOf, mayGiveWay } from '../../runner/core/groups.js';
import { instant, type Instant } from '../../runner/core/ids.js';
import type { LoadedFormula } from '../../runner/core/observed.js';
import type { ActiveOrder, StoredOrder } from '../../runner/core/record.js';
import type { RunRecord } from '../../runner/generated/types.js';

const at = (minute: number): Instant => instant(Date.UTC(2026, 10, 20, 0, minute));

function queued(id: string, formula: string): Extract<StoredOrder, { state: 'queue' }> {
  const accepted = { at: at(0), from: 'inbox', digest: '', actor: 'ada' };
  return { state: 'queue', record: { id, order: { goal: id }, formula, dedupe: id, accepted, attempts: 2 } };
}

function active(id: string, formula: string, claimed = 1, more: Partial<RunRecord> = {}): ActiveOrder {
  const run = {
    id: `${id}-3`,
    attempt: 3,
    claimedAt: at(claimed),
    claimant: { host: 'a', pid: 1, startedAt: '', boot: '' },
    leaseUntil: at(9),
    formula,
    formulaDigest: '',
    driver: 'host' as const,
    base: '0'.repeat(40),
    steps: { a: { state: 'pending' as const } },
    ...more,
  };
  return { state: 'active', record: { ...queued(id, formula).record, attempts: 3, run } };
}

const loaded = (formula: string, group?: string): [string, { ok: true; value: LoadedFormula }] => {
  const concurrency = group === undefined ? {} : { concurrency: { group } };
  const value = { formula: { formula, version: 1 as const, steps: [], ...concurrency }, digest: '', agents: new Map() };
  return [formula, { ok: true, value: { ...value, checkInputs: () => [] } }];
};
const formulas = new Map([loaded('web', 'deploy'), loaded('api', 'deploy'), loaded('docs', 'docs'), loaded('free')]);

const holder = (own: StoredOrder, ...others: readonly StoredOrder[]): string | null =>
  holderOf(own.record, others, formulas)?.order.record.id ?? null;

test('whoever is active has its group, whichever formula made it', () => {
  assert.is(holder(queued('x', 'web'), active('y', 'api')), 'y');
  assert.is(holder(queued('x', 'web'), active('y', 'docs'), active('z', 'free'), queued('q', 'web')), null);
  assert.is(holder(queued('x', 'free'), active('y', 'free')), null);
  assert.is(holder(queued('x', 'gone'), active('y', 'gone')), null, 'a formula that is gone has no group');
  assert.is(holder(active('x', 'web'), active('x', 'web')), null, 'nobody is in their own way');
});

test('a run that is over has its group no more; of several the one that was claimed first is named', () => {
  const integration = { into: 'main', target: '0'.repeat(40), batch: ['y'] };
  assert.is(holder(queued('x', 'web'), active('y', 'web', 1, { integration })), null);
  assert.is(holder(queued('x', 'web'), active('c', 'web', 2), active('b', 'web', 1), active('a', 'web', 2)), 'b');
  assert.is(holder(queued('x', 'web'), active('c', 'web'), active('b', 'web')), 'b');
});

test('what is claimed anew gives way to what it sees; a run that had begun was first', () => {
  const begun = active('x', 'web', 1, { steps: { a: { state: 'running', attempt: 1, startedAt: at(2) } } });
  for (const event of ['claim', 'approve', 'wake'] as const) assert.ok(mayGiveWay(event, begun, true));
  assert.not(mayGiveWay('resume', begun, true));
  assert.ok(mayGiveWay('resume', begun, false), 'nobody else had seen it');
  assert.ok(mayGiveWay('resume', active('x', 'web'), true), 'it may have died before it could give way');
  const integration = { into: 'main', target: '0'.repeat(40), batch: ['x'] };
  assert.not(mayGiveWay('integrate', begun, false));
  assert.not(mayGiveWay('resume', active('x', 'web', 1, { integration }), false));
});

test('who gives way is in the queue as before, with every attempt; what was approved or had begun stands still', () => {
  const from = queued('x', 'web');
  const to = active('x', 'web');
  assert.equal(givenWay('claim', from, to, at(5)), from);
  const parked: StoredOrder = {
    state: 'waiting',
    record: { ...from.record, waiting: { since: at(0), on: 'time', reason: 'later' } },
  };
  assert.equal(givenWay('claim', parked, to, at(5)), from);
  const { record } = givenWay('approve', parked, to, at(5));
  assert.equal(record.run, { ...to.record.run, pausedAt: at(5) });
  assert.is(record.attempts, 3);
});

test.run();
