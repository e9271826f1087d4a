import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { StoredOrder } from '../../../runner/core/record.js';
import type { PullRequest } from '../../../runner/core/forge/pull-request.js';
import { planResults, resultTurns } from '../../../runner/core/forge/results.js';
import type { LandingOrder } from '../../../runner/core/delivery.js';
import type { CommitId, Instant } from '../../../runner/core/ids.js';
import type { MergedAs, Observed, TargetView } from '../../../runner/core/observed.js';
import type { OrderRecord, RunRecord } from '../../../runner/generated/types.js';

const NOW = '2026-11-20T09:00:00.000Z' as Instant;
const [TIP, RESULT, OTHER] = ['a', 'b', 'c'].map((letter) => letter.repeat(40) as CommitId) as [
  CommitId,
  CommitId,
  CommitId,
];

type Shipped = NonNullable<OrderRecord['shipped']>;

const url = (number: number): string => `https://forge.example/acme/app/pull/${String(number)}`;

/** With a number: its pull request is written down. */
function lands(
  id: string,
  number: number | null = null,
  more: Partial<Shipped> = {},
  waiting: object = {},
): LandingOrder {
  const run = { id: `${id}-1`, formula: 'f', formulaDigest: 'd', claimedAt: NOW, steps: {} } as unknown as RunRecord;
  const pull = number === null ? {} : { pull: { number, url: url(number) } };
  return {
    state: 'waiting',
    record: {
      ...{ id, order: { goal: id }, formula: 'f', dedupe: id, attempts: 1, run },
      accepted: { at: NOW, from: 'inbox', digest: '', actor: 'ada' },
      shipped: {
        ...{
          branch: `pushpals/${id}`,
          commit: RESULT,
          base: TIP,
          into: 'main',
          via: 'pull-request',
          at: NOW,
          tier: 'low',
        },
        ...pull,
        ...more,
      },
      waiting: { since: NOW, on: 'integration', reason: 'until then', ...waiting },
    },
  };
}

const pull = (id: string, number: number, more: Partial<PullRequest> = {}): readonly [string, PullRequest] => [
  id,
  {
    ...{ number, url: url(number), title: 't', body: 'b', state: 'open', isDraft: false, base: 'main', labels: [] },
    head: { branch: `pushpals/${id}`, commit: RESULT, isOwn: true },
    ...{ author: 'pals', mergeable: null, merged: null, closedBy: null, updatedAt: NOW },
    ...more,
  },
];
const merged = (by = 'bob'): Partial<PullRequest> => ({ state: 'merged', merged: { by, at: NOW, commit: OTHER } });

interface Planned {
  readonly moves: readonly string[];
  readonly blocked: readonly string[];
  readonly opens: readonly string[];
  readonly merges: readonly string[];
}

function planned(
  orders: readonly LandingOrder[],
  pulls: readonly (readonly [string, PullRequest])[] | null,
  {
    target = {},
    open,
    ...rest
  }: { target?: Partial<TargetView> & { as?: MergedAs }; open?: number } & Partial<Observed> = {},
): Planned {
  const { as, ...view } = target;
  const found = new Map(as === undefined ? [] : orders.map(({ record }) => [record.id, as] as const));
  const observed = {
    ...{ now: NOW, live: orders, paused: false, remoteFailure: null, policy: { version: 1 } },
    project: { version: 1, project: 'p', integrate: { via: 'pull-request', ...(open === undefined ? {} : { open }) } },
    targets: new Map([['main', { tip: TIP, held: null, holds: new Set(), merged: found, ...view }]]),
    seen: pulls === null ? null : { results: new Map(pulls), left: [] },
    fromForge: { orders: [], held: [], asks: [] },
    ...rest,
  } as unknown as Observed;
  const plan = planResults(orders, observed);
  return {
    moves: plan.moves.map(({ event, to: { state, record } }) => {
      const { reason, pull: by } = record.ended ?? {};
      const told =
        by === undefined
          ? ''
          : ` #${String(by.number)}${[by.by, by.as?.slice(0, 4), by.with].flatMap((x) => (x === undefined ? [] : ` ${x}`)).join('')}`;
      return `${event} ${record.id} ${state}${told}${reason === undefined ? '' : `: ${reason}`}`;
    }),
    blocked: plan.blocked.map(({ order, reason }) => `${order.record.id}: ${reason}`),
    opens: plan.opens.map(({ record }) => record.id),
    merges: plan.merges.map(({ order }) => order.record.id),
  };
}

const MAIN = `until ${url(1)} is merged into main`;

test('where the forge was not looked at, nothing is concluded but what git sees', () => {
  const there = planned([lands('a', 1), lands('b', 2)], null, { target: { holds: new Set(['a']) } });
  assert.equal(there, { moves: ['deliver a done #1'], blocked: ['b: until then'], opens: [], merges: [] });
});

test('at most so many are open, the others wait in their turn', () => {
  const orders = [lands('a', 1), lands('b'), lands('c'), lands('d')];
  const seen = [pull('a', 1)];
  const two = planned(orders, seen, { open: 2 });
  assert.equal(two.opens, ['b']);
  assert.equal(two.blocked, [
    `a: ${MAIN}`,
    'b: its pull request is opened with the next look at the forge',
    'c: number 1 of those that wait for one of the 2 open pull requests',
    'd: number 2 of those that wait for one of the 2 open pull requests',
  ]);
  assert.equal(planned(orders, seen, { open: 1 }).opens, []);
  assert.equal(planned(orders, seen, {}).opens, ['b', 'c', 'd']);
  assert.equal([...resultTurns(orders, { integrate: { open: 2 } })].length, 3);
  for (const held of [{ paused: true }, { remoteFailure: { class: 'x' } as never }])
    assert.equal(planned(orders, seen, held).opens, []);
  assert.equal(planned(orders, seen, { target: { tip: null } }).opens, [], 'nothing to go into');
});

test('one that is open and not written down yet is adopted, and is among those that are open', () => {
  const { opens, blocked } = planned([lands('a'), lands('b')], [pull('a', 1)], { open: 1 });
  assert.equal(opens, ['a']);
  assert.is(blocked[1], 'b: number 1 of those that wait for the one open pull request');
  assert.equal(planned([lands('a', 7)], [pull('a', 1)]).opens, ['a'], 'another one from its branch');
});

test('it is delivered where the target holds what the forge says that it was merged as', () => {
  const by = (as: MergedAs): Planned => planned([lands('a', 1)], [pull('a', 1, merged())], { target: { as } });
  assert.equal(by('result').moves, ['deliver a done #1 bob cccc']);
  assert.equal(by('others').moves, ['deliver a done #1 bob cccc others']);
  const said = `by the forge, ${url(1)} was merged as cccccccccccc`;
  assert.equal(by('absent').blocked, [`a: ${said}; main does not hold that yet`]);
  assert.equal(by('unlike').blocked, [
    `a: ${said}, which did not bring the result: look at it, then pushpals order cancel a`,
  ]);
  assert.equal(by('unknown').moves, ['park a waiting']);
  const elsewhere = planned([lands('a', 1)], [pull('a', 1, { ...merged(), base: 'next' })]);
  assert.equal(elsewhere.moves, [`cancel a cancelled #1 bob: ${url(1)} was merged into next, and not into main (bob)`]);
});

test('one that people closed is cancelled, with who it was', () => {
  const closed = (closedBy: string | null): Planned =>
    planned([lands('a', 1)], [pull('a', 1, { state: 'closed', closedBy })]);
  assert.equal(closed('eve').moves, [`cancel a cancelled #1 eve: ${url(1)} was closed (eve)`]);
  assert.equal(closed(null).moves, [`cancel a cancelled #1: ${url(1)} was closed`]);
  assert.equal(closed('e\u001b[2Jve\u202e').moves, [`cancel a cancelled #1 e [2Jve: ${url(1)} was closed (e [2Jve)`]);
});

test('what people made of one is said once, and nobody of ours merges it', () => {
  const policy = { version: 1 as const, tiers: { low: { 'auto-merge': true } } };
  const stands = (more: Partial<PullRequest>, reason = 'until then'): Planned =>
    planned([lands('a', 1, {}, { reason })], [pull('a', 1, more)], { policy });
  assert.equal(stands({}).merges, ['a']);
  assert.equal(planned([lands('a', 1, { tier: 'high' })], [pull('a', 1)], { policy }).merges, []);
  const mends = { state: 'queue', record: { id: 'b', order: { goal: 'x', inputs: { branch: 'pushpals/a' } } } };
  const busy = planned([lands('a', 1)], [pull('a', 1)], {
    policy,
    live: [lands('a', 1), mends as unknown as StoredOrder],
  });
  assert.equal(
    [busy.merges, busy.blocked],
    [[], [`a: until ${url(1)} is merged into main; an order is at work on it`]],
  );
  const moved = { branch: 'pushpals/a', commit: OTHER, isOwn: true };
  const cases: readonly (readonly [Partial<PullRequest>, string])[] = [
    [{ base: 'next' }, `${url(1)} goes into next now, and not into main: whoever changed that merges or closes it`],
    [{ head: moved }, `${url(1)} has commits that are not the result's (cccccccccccc): people merge it`],
    [{ isDraft: true }, `${url(1)} is a draft: it is merged once somebody marks it ready`],
  ];
  for (const [more, reason] of cases) {
    const before = stands(more);
    assert.equal([before.merges, before.moves, before.blocked], [[], ['park a waiting'], [`a: ${reason}`]]);
    assert.equal(stands(more, reason).moves, [], 'what is known is not written again');
  }
  const gone = planned([lands('a', 1)], []);
  assert.equal(gone.blocked, [`a: the forge knows no ${url(1)} any more`]);
});

test.run();
