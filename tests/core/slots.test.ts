import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { check } from '../../runner/adapters/cel-check.js';
import { evaluate } from '../../runner/adapters/cel-evaluate.js';
import type { CommitId, Instant } from '../../runner/core/ids.js';
import { ok } from '../../runner/core/failure.js';
import type { Observed } from '../../runner/core/observed.js';
import { plan, type Plan } from '../../runner/core/plan.js';
import type { StoredOrder } from '../../runner/core/record.js';
import type { Formula, RunRecord } from '../../runner/generated/types.js';

const NOW = '2026-11-20T09:00:00.000Z' as Instant;
const LONG_AGO = '2026-11-20T08:00:00.000Z';
const formula: Formula = { formula: 'f', version: 1, steps: [{ id: 'a', run: 'true' }] };

const queued = (id: string): StoredOrder => ({
  state: 'queue',
  record: {
    id,
    order: { goal: id },
    formula: 'f',
    dedupe: id,
    accepted: { at: NOW, from: 'inbox', digest: '', actor: 'ada' },
    attempts: 0,
  },
});

function active(id: string, host: string, leaseUntil: string): StoredOrder {
  const claimant = { host, pid: 1, startedAt: 'then', boot: 'b' };
  const run = { id: `${id}-1`, formula: 'f', claimant, leaseUntil, steps: {} } as unknown as RunRecord;
  return { state: 'active', record: { ...queued(id).record, attempts: 1, run } };
}

/** What a runner on machine `a` with two slots plans; the claims of others are dead where their lease is over. */
function planned(
  live: readonly StoredOrder[],
  sharedBy: string | null,
  {
    kinds = [formula],
    overlapping,
    ...more
  }: Partial<Observed> & { kinds?: readonly Formula[]; overlapping?: 'wait' | 'strict' | 'run' } = {},
): Plan {
  const observed: Observed = {
    now: NOW,
    base: 'c' as CommitId,
    project: { version: 1, project: 'p', runner: { slots: 2, ...(overlapping === undefined ? {} : { overlapping }) } },
    policy: { version: 1, default: 'low' },
    paused: false,
    live,
    dropped: [],
    fromForge: { orders: [], held: [], asks: [] },
    issues: { withdrawn: new Map(), again: [] },
    ended: new Map(),
    children: new Map(),
    capable: new Map(),
    unreadable: [],
    formulas: new Map(
      kinds.map((each) => [
        each.formula,
        { ok: true, value: { formula: each, digest: '', agents: new Map(), checkInputs: () => [] } },
      ]),
    ),
    formulaNames: ['f'],
    policyDigest: '',
    requests: new Map(),
    strays: [],
    runner: { name: 'r', email: 'r' },
    today: [],
    claimantAlive: ({ record }) => (record.run.claimant.host === 'a' ? true : null),
    sharedBy,
    remoteFailure: null,
    sandboxFailure: () => null,
    modelFailure: () => null,
    pulls: () => null,
    pinnedName: () => null,
    secretFailure: () => null,
    targets: new Map(),
    seen: null,
    triggers: null,
    cel: { check, evaluate },
    sha256: (text) => text,
    ...more,
  };
  return plan(observed);
}

const HOUR_ON = '2026-11-20T10:00:00.000Z';
const others = ['x', 'y', 'z'].map((id) => active(id, 'b', HOUR_ON));
const names = (of: readonly { readonly order: StoredOrder }[]): readonly string[] =>
  of.map(({ order }) => order.record.id);

test('a machine that shares a remote has slots of its own, whatever the others do', () => {
  const queue = ['q1', 'q2', 'q3'].map(queued);
  assert.equal(names(planned([...others, ...queue], 'a').starts), ['q1', 'q2']);
  assert.equal(names(planned([...others, active('own', 'a', HOUR_ON), ...queue], 'a').starts), ['q1']);
  const full = planned([active('one', 'a', HOUR_ON), active('two', 'a', HOUR_ON), ...queue], 'a');
  assert.equal(names(full.starts), []);
  assert.is(full.blocked[0]?.reason, 'all 2 slots are taken');
  assert.equal(names(planned([...others, ...queue], null).starts), [], 'on its own, what runs is what it runs');
});

test('runs of a machine that died are taken over as far as there are slots, and before anything new starts', () => {
  const dead = ['d1', 'd2', 'd3'].map((id) => active(id, 'b', LONG_AGO));
  const { resumes, starts, blocked } = planned([...dead, queued('q')], 'a');
  assert.equal(names(resumes), ['d1', 'd2']);
  assert.equal(names(starts), []);
  assert.equal(
    blocked.map(({ order, reason }) => [order.record.id, reason]),
    [
      ['d3', 'all 2 slots are taken'],
      ['q', 'all 2 slots are taken'],
    ],
  );
});

test('orders that may change the same files run one after the other, as far as they say what they change', () => {
  const ships = (name: string, write?: string[]): Formula => ({
    formula: name,
    version: 1,
    steps: [
      { id: 'a', run: 'true' },
      { id: 'ship', ship: {} },
    ],
    ...(write === undefined ? {} : { scope: { write } }),
  });
  const kinds = [
    ships('ui', ['src/ui/**']),
    ships('src', ['src/**']),
    ships('docs', ['docs/**']),
    ships('any'),
    formula,
  ];
  const order = (id: string, name: string, only?: string[]): StoredOrder => {
    const { record } = queued(id);
    const constraints = only === undefined ? {} : { constraints: { only } };
    return { state: 'queue', record: { ...record, formula: name, order: { goal: id, ...constraints } } };
  };
  const runs = (id: string, name: string): StoredOrder => {
    const of = active(id, 'a', HOUR_ON);
    return { ...of, record: { ...of.record, formula: name } } as StoredOrder;
  };
  const reasons = ({ blocked }: Plan): readonly string[] =>
    blocked.map(({ order: { record }, reason }) => `${record.id}: ${reason}`);

  const wide = planned(
    [runs('r', 'ui'), order('a', 'src'), order('b', 'src', ['src/db/**']), order('c', 'docs')],
    null,
    { kinds },
  );
  assert.equal(names(wide.starts), ['c']);
  assert.equal(reasons(wide), [
    'a: it may change the same files (src/**) as r, which runs',
    'b: it may change the same files (src/db/**) as a, which is before it',
  ]);
  const narrow = planned([runs('r', 'ui'), order('b', 'src', ['src/db/**'])], null, { kinds });
  assert.equal(names(narrow.starts), ['b'], 'what an order may change is within all that bounds it');
  assert.equal(names(planned([order('a', 'ui'), order('b', 'src')], null, { kinds }).starts), ['a']);
  assert.equal(names(planned([order('a', 'any'), order('b', 'any')], null, { kinds }).starts), ['a', 'b']);
  assert.equal(
    names(planned([order('a', 'f'), order('b', 'src')], null, { kinds, overlapping: 'strict' }).starts),
    ['a', 'b'],
    'what ships nothing meets nothing',
  );
  assert.equal(names(planned([order('a', 'any'), order('b', 'docs')], null, { kinds, overlapping: 'strict' }).starts), [
    'a',
  ]);
  assert.equal(names(planned([order('a', 'ui'), order('b', 'src')], null, { kinds, overlapping: 'run' }).starts), [
    'a',
    'b',
  ]);
});

/** An order of a formula whose agent works with a model. */
const modelled = (order: StoredOrder): StoredOrder =>
  ({ ...order, record: { ...order.record, formula: 'g', run: { ...order.record.run, formula: 'g' } } }) as StoredOrder;
const away: Partial<Observed> = {
  project: {
    version: 1,
    project: 'p',
    runner: { slots: 2 },
    models: { default: { provider: 'ollama', model: 'm' } },
  },
  formulas: new Map(
    ['f', 'g'].map((name) => [
      name,
      ok({
        formula:
          name === 'g' ? { formula: 'g', version: 1, agent: 'w', steps: [{ id: 'a', agent: 'Do it.' }] } : formula,
        digest: '',
        agents: new Map(name === 'g' ? [['w', { agent: 'w' }]] : []),
        checkInputs: () => [],
      }),
    ]),
  ),
  claimantAlive: () => false,
  modelFailure: () => ({ class: 'model-unavailable', model: 'default', why: 'away', mend: 'wait' }),
};

test('a run that nobody works on, and whose model is away, holds no slot until it goes on', () => {
  const dead = [modelled(active('d1', 'a', LONG_AGO)), modelled(active('d2', 'a', LONG_AGO))];
  const waits = planned([...dead, queued('q')], null, away);
  assert.equal(names(waits.starts), ['q']);
  assert.equal(
    waits.blocked.map(({ order, reason }) => [order.record.id, reason]),
    [
      ['d1', 'the model default is not available'],
      ['d2', 'the model default is not available'],
    ],
  );
  const back = planned([...dead, queued('q')], null, { ...away, modelFailure: () => null });
  assert.equal(names(back.resumes), ['d1', 'd2'], 'what was begun goes first');
  assert.equal(names(back.starts), []);
});

test('the limit on orders of a day counts each once: a run that stood still goes on beside it', () => {
  const today = [{ agent: 'f', tokens: 0, cost: 0, timeMs: 0, lines: 0 }];
  const limit = (orders: number): Partial<Observed> => ({
    policy: { version: 1, default: 'low', limits: { 'orders-per-day': orders } },
    today,
  });
  const run = { ...active('p', 'a', LONG_AGO).record.run, pausedAt: LONG_AGO } as RunRecord;
  const stood: StoredOrder = { state: 'queue', record: { ...queued('p').record, attempts: 1, run } };
  assert.equal(names(planned([stood], null, limit(1)).starts), ['p'], 'it is the one that was started');
  assert.equal(names(planned([queued('q')], null, limit(1)).starts), []);
  assert.equal(names(planned([stood, queued('q')], null, limit(2)).starts), ['p', 'q'], 'and not another one');
});

test.run();
