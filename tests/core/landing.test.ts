import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { deliveryOf, landingChecks, orderOfPull } from '../../runner/core/delivery.js';
import { graphOf } from '../../runner/core/graph.js';
import type { CommitId, Instant } from '../../runner/core/ids.js';
import { planLanding } from '../../runner/core/landing.js';
import type { Observed, TargetView } from '../../runner/core/observed.js';
import type { StoredOrder } from '../../runner/core/record.js';
import type { Formula, OrderRecord, Project, RunRecord } from '../../runner/generated/types.js';

const NOW = '2026-11-20T09:00:00.000Z' as Instant;
const [TIP, ELSEWHERE] = ['a'.repeat(40) as CommitId, 'b'.repeat(40) as CommitId];
const formula: Formula = { formula: 'f', version: 1, steps: [{ id: 'ship', ship: {} }] };
const run = { id: 'o-1', formula: 'f', formulaDigest: 'd', claimedAt: NOW, steps: {} } as unknown as RunRecord;

type Shipped = NonNullable<OrderRecord['shipped']>;

const record = (id: string, more: Partial<Shipped> = {}): OrderRecord => ({
  id,
  order: { goal: id },
  formula: 'f',
  dedupe: id,
  accepted: { at: NOW, from: 'inbox', digest: '', actor: 'ada' },
  attempts: 1,
  run: { ...run, id: `${id}-1` },
  shipped: { branch: `pushpals/${id}`, commit: TIP, base: TIP, into: 'main', via: 'merge', at: NOW, ...more },
});

const lands = (id: string, more: Partial<Shipped> = {}, waiting: object = {}): StoredOrder => ({
  state: 'waiting',
  record: {
    ...record(id, more),
    waiting: { since: NOW, on: 'integration', reason: 'in the queue of main', ...waiting },
  },
});

function planned(
  orders: readonly StoredOrder[],
  {
    target = {},
    batch = 5,
    digest = 'd',
    targets = new Map(),
  }: {
    target?: Partial<TargetView>;
    batch?: number;
    digest?: string;
    targets?: ReadonlyMap<string, TargetView>;
  } = {},
): { readonly moves: readonly string[]; readonly merges: readonly string[]; readonly blocked: readonly string[] } {
  const observed = {
    now: NOW,
    project: { version: 1, project: 'p', integrate: { via: 'merge', batch } },
    policy: { version: 1 },
    paused: false,
    remoteFailure: null,
    sandboxFailure: () => null,
    formulas: new Map([['f', { ok: true, value: { formula, digest, agents: new Map(), checkInputs: () => [] } }]]),
    live: orders,
    fromForge: { orders: [], held: [], asks: [] },
    targets: new Map([['main', { tip: TIP, held: null, holds: new Set(), merged: new Map(), ...target }], ...targets]),
    seen: null,
  } as unknown as Observed;
  const { moves, integrations, blocked } = planLanding(orders, observed);
  return {
    moves: moves.map(({ event, to }) => `${event} ${to.record.id} ${to.state}`),
    merges: integrations.map(({ batch: ids }) => ids.join(' ')),
    blocked: blocked.map(({ order, reason }) => `${order.record.id}: ${reason}`),
  };
}

test('what is seen in the target is delivered, and the next of the queue is merged, with as many as may go along', () => {
  const orders = ['a', 'b', 'c', 'd'].map((id) => lands(id));
  const { moves, merges, blocked } = planned(orders, { target: { holds: new Set(['a']) }, batch: 2 });
  assert.equal(moves, ['deliver a done']);
  assert.equal(merges, ['b c']);
  assert.equal(blocked, [
    'c: number 2 in the queue of main; b is being merged',
    'd: number 3 in the queue of main; b is being merged',
  ]);
});

test('what goes on from the branch of a pull request goes onto it while that is open, and stays on its own branch after that', () => {
  const onto = lands('fix', { into: 'pushpals/login' });
  const pull = lands('login', { via: 'pull-request' });
  const targets = new Map([
    ['pushpals/login', { tip: ELSEWHERE, held: null, holds: new Set<string>(), merged: new Map() }],
  ]);
  assert.equal(planned([onto, pull], { targets }).merges, ['fix']);
  assert.equal(planned([onto], { targets }).moves, ['deliver fix done']);
  // Its order runs anew: what comes of that is not known yet.
  const again = planned([onto, { state: 'queue', record: record('login') }], { targets });
  assert.equal([again.moves, again.merges], [[], []]);
  assert.match(again.blocked.join(), /pushpals\/login is on its way by no pull request now/);
});

test('the pull request of a branch is that of the order whose name it has', () => {
  const pull = (id: string, branch: string): StoredOrder => lands(id, { via: 'pull-request', branch });
  assert.is(orderOfPull([pull('login', 'pushpals/login')], 'pushpals/login')?.record.id, 'login');
  assert.is(orderOfPull([lands('login')], 'pushpals/login'), undefined, 'it is merged by the runner');
  // Whoever may push to the ops branch can write a record: it opens no other branch.
  for (const branch of ['main', 'pushpals/other', 'login'])
    assert.is(orderOfPull([pull('login', branch)], branch), undefined, branch);
});

test('one at a time is merged into a target', () => {
  const integration = { into: 'main', target: TIP, batch: ['a'] };
  const leads: StoredOrder = { state: 'active', record: { ...record('a'), run: { ...run, integration } } };
  assert.equal(planned([leads, lands('b')]).merges, []);
  const other = { ...integration, into: 'next' };
  const elsewhere: StoredOrder = { state: 'active', record: { ...record('a'), run: { ...run, integration: other } } };
  assert.equal(planned([elsewhere, lands('b')]).merges, ['b']);
});

test('who waits for something else is passed by those behind', () => {
  const failed = lands('a', {}, { tried: TIP, reason: 'main is broken' });
  assert.equal(planned([failed, lands('b')]).merges, ['b']);
  assert.equal(planned([failed]).blocked, ['a: main is broken']);
  assert.equal(planned([failed], { target: { tip: ELSEWHERE } }).merges, ['a'], 'the target moved');
  const later = lands('a', {}, { until: '2026-11-20T09:01:00.000Z', reason: 'tries again' });
  assert.equal(planned([later]).blocked, ['a: tries again']);
});

test('what cannot be merged here says what a person can do', () => {
  const held = planned([lands('a')], { target: { held: 'main is checked out in /x' } });
  assert.equal(held.blocked, ['a: main is checked out in /x; merge it there by hand: git merge --ff-only pushpals/a']);
  assert.equal(planned([lands('a')], { target: { tip: null } }).blocked, [
    'a: there is no branch main to merge pushpals/a into',
  ]);
});

test('a result of another formula starts anew, unless it is there', () => {
  assert.equal(planned([lands('a')], { digest: 'other' }).moves, ['requeue a queue']);
  const there = planned([lands('a')], { digest: 'other', target: { holds: new Set(['a']) } });
  assert.equal(there.moves, ['deliver a done']);
});

test('the policy asks for a stricter way, and never for a laxer one', () => {
  const project = (via: 'merge' | 'pull-request'): Project => ({ version: 1, project: 'p', integrate: { via } });
  const tiers = { high: { integrate: 'branch' as const }, low: { integrate: 'merge' as const } };
  const policy = { version: 1 as const, tiers };
  assert.equal(deliveryOf(project('merge'), policy, 'low', false), { into: 'main', via: 'merge' });
  assert.is(deliveryOf(project('merge'), policy, 'high', false).via, 'branch');
  assert.is(deliveryOf(project('pull-request'), policy, 'low', false).via, 'pull-request');
  assert.is(deliveryOf(project('merge'), policy, 'low', true).via, 'branch', 'what was made of another branch');
  assert.is(deliveryOf({ version: 1, project: 'p' }, policy, 'low', false).via, 'branch');
});

test('what is merged is asked what its run was asked at the end, and the tests of the project', () => {
  const steps: Formula['steps'] = [
    { id: 'new-test', run: 'x' },
    { id: 'fails-before', check: 'y', expect: 'failure', needs: ['new-test'] },
    { id: 'fix', run: 'z', needs: ['fails-before'] },
    { id: 'lint', check: 'lint', 'continue-on-failure': true, needs: ['fix'] },
    { id: 'verify', check: 'y', needs: ['fix'] },
    { id: 'ship', ship: {}, needs: ['verify'] },
  ];
  const names = (of: Formula['steps'], commands: Record<string, string>): readonly string[] =>
    landingChecks(graphOf({ ...formula, steps: of }), {}, { version: 1, project: 'p', commands }).map(({ key }) => key);
  assert.equal(names(steps, {}), ['verify']);
  assert.equal(names(steps, { test: 'npm test' }), ['verify', 'project-test']);
  const tested = steps.map((step) => (step.id === 'verify' ? { ...step, check: { command: 'test' } } : step));
  assert.equal(names(tested, { test: 'npm test' }), ['verify']);
});

test.run();
