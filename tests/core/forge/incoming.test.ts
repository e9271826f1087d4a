import { createHash } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { namesSeen, seenOrders } from '../../../runner/core/forge/incoming.js';
import { issueOf, issueOrderName, withdrawnOrders, type ForgeQuestions } from '../../../runner/core/forge/issues.js';
import type { Issue } from '../../../runner/core/forge/pull-request.js';
import { NO_REQUESTS, NO_RESULTS, NO_SIGNALS, type SeenOnForge } from '../../../runner/core/forge/seen.js';
import type { Instant } from '../../../runner/core/ids.js';
import type { SeenOrders } from '../../../runner/core/observed.js';
import type { StoredOrder } from '../../../runner/core/record.js';
import type { Order, OrderRecord } from '../../../runner/generated/types.js';
import { order as isOrder } from '../../../runner/generated/validators.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const issue = (number: number, more: Partial<Issue> = {}): Issue => ({
  number,
  isOpen: true,
  url: `https://forge.example/acme/app/issues/${String(number)}`,
  title: 'The basket crashes',
  body: 'When it is empty.',
  labels: ['agent:ready'],
  author: 'eve',
  authorMayWrite: false,
  updatedAt: '2026-11-20T10:00:00.000Z' as Instant,
  ...more,
});
const seen = (...open: readonly Issue[]): SeenOnForge => ({
  requests: NO_REQUESTS,
  ...NO_RESULTS,
  rolling: null,
  issues: { open, gone: new Map() },
  signals: NO_SIGNALS,
});
const asked = (more: Partial<ForgeQuestions> = {}): ForgeQuestions => ({
  project: {
    version: 1,
    project: 'p',
    issues: { labels: { 'agent:deps': { formula: 'dependency-steward', risk: 'high' }, 'agent:ready': {} } },
  },
  kind: 'github',
  live: [],
  taken: () => false,
  keeper: 'gatekeeper',
  sha256,
  ...more,
});
const live = (record: Partial<OrderRecord>): StoredOrder => ({
  state: 'queue',
  record: {
    id: 'x',
    order: { goal: 'g' },
    formula: 'f',
    dedupe: 'd',
    accepted: { at: '2026-11-20T10:00:00.000Z', from: 'inbox/x.yml', digest: '', actor: 'ada <a@example.org>' },
    attempts: 0,
    ...record,
  },
});
const orderOf = ({ orders }: SeenOrders, index = 0): Order => {
  const order = orders[index]?.order;
  if (order?.ok !== true) throw new Error('no order');
  return order.value;
};

test('a labelled issue is an order to look into it, and nothing that it says stands anywhere else', () => {
  const [first] = seenOrders(seen(issue(8)), asked()).orders;
  assert.match(first?.name ?? '', /^issue-8-[0-9a-f]{12}$/);
  assert.equal([first?.path, first?.actor, first?.work], ['issue #8', 'github:eve', 'backlog']);
  const order = orderOf(seenOrders(seen(issue(8)), asked()));
  assert.ok(isOrder(order));
  assert.is(order.context, 'The basket crashes\n\nWhen it is empty.');
  const { context: _, ...rest } = order;
  assert.not.match(JSON.stringify(rest), /basket|empty/);
  assert.equal([rest.formula, rest.risk, rest.outside], ['gatekeeper', 'medium', issue(8).url]);
});

test('what the first of its labels says counts, and whoever may write is not taken for riskier', () => {
  const both = issue(1, { labels: ['Agent:Ready', 'AGENT:deps'], authorMayWrite: true });
  const order = orderOf(seenOrders(seen(both), asked()));
  assert.equal([order.inputs, order.risk], [{ formula: 'dependency-steward' }, 'high']);
  assert.is(orderOf(seenOrders(seen(issue(1, { authorMayWrite: true })), asked())).risk, undefined);
  // Elsewhere, who looks after issues may have rewritten it.
  for (const kind of ['gitlab', 'gitea'] as const)
    assert.is(orderOf(seenOrders(seen(issue(1, { authorMayWrite: true })), asked({ kind }))).risk, 'medium');
  assert.equal(seenOrders(seen(issue(1, { labels: ['agent'] })), asked()).orders, []);
  assert.equal(seenOrders(seen(issue(1)), asked({ project: { version: 1, project: 'p' } })).orders, []);
});

test('each text of an issue is an order once, and none while another of the issue has not ended', () => {
  const [before, after] = [issue(8), issue(8, { body: 'When it is full.' })];
  const name = issueOrderName(before, sha256);
  assert.is.not(name, issueOrderName(after, sha256));
  assert.is(name, issueOrderName({ ...before, labels: [], author: 'other' }, sha256));
  assert.equal(namesSeen(seen(before), asked()), [name]);
  const taken = (each: string): boolean => each === name;
  assert.equal(seenOrders(seen(before), asked({ taken })).orders, []);
  const accepted = { at: '2026-11-20T10:00:00.000Z', from: 'issue #8', digest: '', actor: 'github:eve' };
  const root = live({ id: name, accepted });
  const child = live({ id: `${name}-file`, parent: name });
  for (const order of [root, child])
    assert.equal(seenOrders(seen(after), asked({ taken, live: [order] })).orders, [], order.record.id);
  assert.is(seenOrders(seen(after), asked({ taken })).orders.length, 1);
  assert.equal(issueOf(child.record), { number: 8, root: name });
  assert.is(issueOf(live({ id: name }).record), null, 'somebody gave their order such a name');
});

test('what nobody wants any more is withdrawn as long as nothing was done for it', () => {
  const name = issueOrderName(issue(8), sha256);
  const root: Partial<OrderRecord> = {
    id: name,
    accepted: { at: '2026-11-20T10:00:00.000Z', from: 'issue #8', digest: '', actor: 'github:eve' },
  };
  const child = { id: `${name}-file`, parent: name };
  const below = { id: `${name}-file-a`, parent: child.id };
  const run = {} as NonNullable<OrderRecord['run']>;
  const waiting = { since: '2026-11-20T10:00:00.000Z', on: 'approval', reason: 'r' } as const;
  const withdrawn = (...orders: readonly StoredOrder[]): readonly string[] => [
    ...withdrawnOrders({ open: [], gone: new Map([[8, 'closed' as const]]) }, orders).keys(),
  ];
  const asks: StoredOrder = { state: 'waiting', record: { ...live({ ...root, run }).record, waiting } };
  assert.equal(withdrawn(live(root)), [name]);
  assert.equal(withdrawn(asks), [name], 'a person need not answer any more');
  assert.equal(withdrawn({ state: 'active', record: { ...live(root).record, run } }), []);
  assert.equal(withdrawn(live(child)), [child.id]);
  assert.equal(withdrawn(live({ ...child, run }), live(below)), [], 'nor what is part of work that has begun');
  assert.equal(withdrawn(live({ id: 'other' }), live({ id: name })), [], 'nor what only has such a name');
});

test('a flood is taken in by and by, and said', () => {
  const many = Array.from({ length: 200 }, (_, index) => issue(index + 1));
  const few = seenOrders(seen(...many), asked());
  assert.is(few.orders.length, 10);
  assert.equal(few.held, [
    { from: 'issue #11 and 189 more', why: '10 issues are being worked on; it follows when one has ended' },
  ]);
  const project = { version: 1 as const, project: 'p', issues: { labels: { 'agent:ready': {} }, most: 100 } };
  const more = seenOrders(seen(...many), asked({ project }));
  assert.is(more.orders.length, 20);
  assert.is(more.held[1]?.from, 'issue #21 and what comes after it');
});

test('whatever an issue holds, its order is one that can be read again', () => {
  const hostile = issue(7, {
    title: `a\u0000b\n\u202e${'x'.repeat(5000)}`,
    body: `NUL \u0000, half \ud800, \r\n${'y'.repeat(1_000_000)}`,
    author: '\u202eada <ada@example.org>',
    url: `https://forge.example/${'z'.repeat(400)}`,
  });
  const [made] = seenOrders(seen(hostile), asked()).orders;
  const order = orderOf(seenOrders(seen(hostile), asked()));
  assert.ok(isOrder(order), JSON.stringify(isOrder.errors));
  assert.is(order.outside, 'issue#7');
  assert.is(made?.actor, 'github:adaada@example.org');
  assert.not.match(order.context ?? '', /[\u0000\r\p{Surrogate}]/u);
  assert.ok((order.context ?? '').length < 200_000);
});

test.run();
