import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { LandingOrder } from '../../runner/core/delivery.js';
import type { Instant } from '../../runner/core/ids.js';
import type { StoredOrder } from '../../runner/core/record.js';
import { noResolver, resolverOrder, resolving } from '../../runner/core/resolver.js';
import type { OrderRecord, RunRecord } from '../../runner/generated/types.js';

const NOW = '2026-11-20T09:00:00.000Z' as Instant;
const COMMIT = 'a'.repeat(40);
const sha256 = (text: string): string => `digest of ${String(text.length)}`;

type Result = OrderRecord & Required<Pick<OrderRecord, 'run' | 'shipped'>>;

const result = (more: Partial<OrderRecord> = {}, resolvers: readonly string[] = []): Result => ({
  id: 'one',
  order: { goal: 'One' },
  formula: 'f',
  dedupe: 'one',
  accepted: { at: NOW, from: 'inbox', digest: '', actor: 'Ada' },
  attempts: 1,
  run: { id: 'one-1', steps: {} } as unknown as RunRecord,
  shipped: {
    ...{ branch: 'pushpals/one', commit: COMMIT, base: COMMIT, into: 'main', via: 'merge', at: NOW },
    ...(resolvers.length === 0 ? {} : { resolvers: [...resolvers] }),
  },
  ...more,
});

const ended = (id: string, state: 'done' | 'failed', more: object): StoredOrder => ({
  state,
  record: { ...result(), id, ended: { at: NOW, outcome: 'shipped', ...more } },
});

const conflict = (branch: string): object => ({
  outcome: 'failed',
  failure: {
    class: 'merge-conflict',
    step: 'ship',
    paths: ['a'],
    sides: { branch, into: 'main', places: [], count: 1 },
  },
});

test('who may bring a result together with its target: another order, while that gets anywhere, and no more than two', () => {
  const done = ended('one-resolve', 'done', {});
  const overtaken = ended('one-resolve', 'failed', conflict('pushpals/one-resolve'));
  const unable = ended('one-resolve', 'failed', conflict('pushpals/one'));
  assert.is(noResolver(result(), null), null);
  assert.is(noResolver(result({}, ['one-resolve']), done), null);
  assert.is(noResolver(result({}, ['one-resolve']), overtaken), null);
  assert.match(noResolver(result({}, ['one-resolve']), unable) ?? '', /one-resolve, .* ended as failed/);
  assert.match(noResolver(result({}, ['one-resolve']), null) ?? '', /nowhere to be found/);
  assert.match(noResolver(result({}, ['x', 'one-resolve']), overtaken) ?? '', /moved on after each of 2 orders/);
  const run = { ...result().run, merge: { branch: 'pushpals/x', head: COMMIT, incoming: COMMIT, conflicts: [] } };
  assert.match(noResolver(result({ run }), null) ?? '', /such a merge itself/);
});

test('that order has what the result’s own was bound to, and whoever asked for that asked for this', () => {
  const parent = result({
    order: {
      ...{ goal: 'One', checks: ['lint'], priority: 'background', outside: 'issue 5', context: 'what was said' },
      constraints: { only: ['src/**'], avoid: ['src/secret/**'] },
    },
    accepted: { at: NOW, from: 'inbox', digest: '', actor: 'runner', onBehalfOf: 'Ada' },
    allowance: { tokens: 1000 },
    spent: { turns: 1, inputTokens: 300, outputTokens: 100, costUsd: 0 },
    depth: 2,
  });
  const made = resolverOrder({ parent, tier: 'medium', at: NOW, live: [], names: new Set(['one-resolve']), sha256 });
  if (!made.ok || made.value.record === null) throw new Error('it is made');
  const { record } = made.value;
  assert.is(record.id, 'one-resolve-2');
  assert.equal(record.order.inputs, { branch: 'pushpals/one' });
  assert.equal(record.order.constraints, { only: ['src/**'], avoid: ['src/secret/**'] });
  assert.equal(record.order.outside, parent.order.outside);
  assert.is(record.order.risk, 'medium');
  assert.is(record.order.priority, 'background');
  assert.equal(record.order.checks, ['lint']);
  assert.is(record.accepted.onBehalfOf, 'Ada');
  assert.is(record.accepted.work, 'follow-up');
  assert.is(record.parent, 'one');
  assert.is(record.depth, 3);
  assert.equal(record.allowance, { tokens: 600 }, 'what was used is not given anew');
  const again = resolverOrder({
    ...{ parent, tier: 'medium', at: NOW, names: new Set(), sha256 },
    live: [{ state: 'queue', record: { ...record, id: 'by-hand' } }],
  });
  assert.equal(again, { ok: true, value: { id: 'by-hand', record: null } });
});

test('a result waits for the order that brings it in, then for people where that may not go in by itself, and is else tried again', () => {
  const waiting = { since: NOW, on: 'integration' as const, reason: '', orders: ['one-resolve'] };
  const order: LandingOrder = { state: 'waiting', record: { ...result({}, ['one-resolve']), waiting } };
  const live: StoredOrder = { state: 'queue', record: { ...result(), id: 'one-resolve' } };
  const nothing = { unreadable: [], ended: new Map(), children: new Map<string, StoredOrder>() };
  const over = (child: StoredOrder): string | null =>
    resolving(order, [order], { ...nothing, children: new Map([['one-resolve', child]]) });
  assert.match(resolving(order, [order, live], nothing) ?? '', /waits for one-resolve, which brings them together/);
  assert.match(
    over(ended('one-resolve', 'done', { branch: 'pushpals/one-resolve', commit: COMMIT })) ?? '',
    /waits until pushpals\/one-resolve, which holds it, is merged into main/,
  );
  assert.is(over(ended('one-resolve', 'done', { branch: 'pushpals/one-resolve', into: 'main' })), null);
  assert.is(over(ended('one-resolve', 'done', { outcome: 'no-change' })), null);
  assert.is(over(ended('one-resolve', 'failed', {})), null);
  assert.is(
    resolving({ ...order, record: { ...order.record, waiting: { ...waiting, orders: [] } } }, [], nothing),
    null,
  );
});

test.run();
