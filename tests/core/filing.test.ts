import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { check } from '../../runner/adapters/cel-check.js';
import { evaluate } from '../../runner/adapters/cel-evaluate.js';
import { fileOrders, itemOf, type Filing, type Item } from '../../runner/core/filing.js';
import type { Result } from '../../runner/core/failure.js';
import type { Instant, StepKey } from '../../runner/core/ids.js';
import { inherit, liesWithin } from '../../runner/core/inherit.js';
import { matcher } from '../../runner/core/glob.js';
import type { StoredOrder } from '../../runner/core/record.js';
import type { Formula, Order, OrderRecord, RunRecord, Tier } from '../../runner/generated/types.js';

const NOW = '2026-11-20T09:00:00.000Z' as Instant;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const parent: OrderRecord = {
  id: 'grow',
  order: { goal: 'Grow' },
  formula: 'big',
  dedupe: 'grow',
  accepted: { at: NOW, from: 'inbox/grow.yml', digest: '', actor: 'ada' },
  attempts: 1,
};
const active = (record: OrderRecord): StoredOrder => ({
  state: 'active',
  record: { ...record, run: { id: `${record.id}-1`, steps: {} } as unknown as RunRecord },
});

const filing = (more: Partial<Filing> = {}): Filing => ({
  parent,
  tier: 'low',
  step: { key: 'file' as StepKey, id: 'file' },
  run: 'grow-1',
  awaits: true,
  at: NOW,
  live: [active(more.parent ?? parent)],
  names: new Set(['grow', 'old']),
  done: [],
  answers: [],
  policy: { version: 1, default: 'low' },
  project: { version: 1, project: 'p' },
  formulas: new Map(),
  formulaNames: ['child', 'big'],
  capable: new Map([['growing', ['child']]]),
  cel: { check, evaluate },
  sha256,
  ...more,
});
const item = (name: string | null, more: Partial<Order> = {}): Item => ({
  name,
  lane: null,
  order: { goal: `do ${name ?? 'it'}`, formula: 'child', ...more },
});
const refusal = (result: Result<unknown, string>): string => (result.ok ? '' : result.failure);

test('names become ids, also of those that come later in the list', () => {
  const filed = fileOrders([item('b', { after: ['a', 'old'] }), item('a'), item(null)], filing());
  assert.ok(filed.ok);
  assert.equal(filed.value.orders, ['grow-b', 'grow-a', 'grow-file']);
  const [b] = filed.value.children;
  assert.equal(b?.record.order.after, ['grow-a', 'old']);
  assert.equal([b?.record.parent, b?.record.depth, b?.record.accepted.onBehalfOf], ['grow', 1, 'ada']);
});

const BAD: readonly [why: string, items: readonly Item[], more: Partial<Filing>, said: RegExp][] = [
  ['unknown names', [item('a', { after: ['nope'] })], {}, /order 1 \(a\): `after` names nope, which is neither/],
  ['a circle', [item('a', { after: ['b'] }), item('b', { after: ['a'] })], {}, /would wait for each other: grow-/],
  ['after itself', [item('a', { after: ['a'] })], {}, /would wait for each other: grow-a → grow-a/],
  ['after the parent that waits', [item('a', { after: ['grow'] })], {}, /grow → grow-a → grow|grow-a → grow → grow-a/],
  ['the work of the parent itself', [item('a', { dedupe: 'grow' })], {}, /would wait for each other: grow → grow/],
  ['two of one name', [item('a'), item('a', { goal: 'other' })], {}, /order 2: another one is called a/],
  ['a formula that is not there', [item('a', { formula: 'chidl' })], {}, /unknown formula `chidl`/],
  ['too many', Array.from({ length: 21 }, () => item(null)), {}, /21 orders; at most 20/],
  ['too deep', [item('a')], { parent: { ...parent, depth: 2 } }, /2 deep, and the policy allows 2/],
  [
    'a path outside',
    [item('a', { constraints: { only: ['secrets/**'] } })],
    { parent: { ...parent, order: { goal: 'Grow', constraints: { only: ['src/**'] } } } },
    /does not lie within what its parent may change \(src\/\*\*\)/,
  ],
];
for (const [why, items, more, said] of BAD)
  test(`refused as a whole: ${why}`, () => {
    assert.match(refusal(fileOrders(items, filing(more))), said);
  });

test('what nothing says how to do is not given to the formula that divides it once more', () => {
  const project = { version: 1 as const, project: 'p', formula: 'big' };
  const open: Item = { name: 'a', lane: null, order: { goal: 'x' } };
  assert.match(refusal(fileOrders([open], filing({ project }))), /that is big, which files it/);
  const filed = fileOrders([{ ...open, order: { goal: 'x', capability: 'growing' } }], filing({ project }));
  assert.ok(filed.ok);
  const [child] = filed.value.children;
  assert.equal([child?.record.formula, child?.record.routed], ['child', 'its agent has the capability growing']);
});

test('the policy says how many, and how deep', () => {
  const policy = { version: 1 as const, limits: { children: 1, depth: 3 } };
  assert.match(refusal(fileOrders([item('a'), item('b')], filing({ policy }))), /at most 1/);
  assert.ok(fileOrders([item('a')], filing({ policy, parent: { ...parent, depth: 2 } })).ok);
});

test('an order that came after a child of its own parent cannot be waited for by that child', () => {
  const child: OrderRecord = { ...parent, id: 'grow-a', dedupe: 'a', parent: 'grow', depth: 1 };
  const waits: StoredOrder = {
    state: 'waiting',
    record: {
      ...parent,
      run: { id: 'grow-1', steps: {} } as unknown as RunRecord,
      waiting: { since: NOW, on: 'order', reason: '', orders: ['grow-a'] },
    },
  };
  const more = { parent: child, live: [waits, active(child)], names: new Set(['grow', 'grow-a']) };
  assert.match(refusal(fileOrders([item('x', { after: ['grow'] })], filing(more))), /would wait for each other/);
});

test('what is done or under way is not filed again, and still waited for', () => {
  const items = [item('a'), item('b')];
  const first = fileOrders(items, filing());
  assert.ok(first.ok);
  const [a, b] = first.value.children;
  if (a === undefined || b === undefined) throw new Error('two were filed');
  const done: StoredOrder = { state: 'done', record: { ...a.record, ended: { at: NOW, outcome: 'shipped' } } };
  const again = fileOrders(items, filing({ done: [done], live: [active(parent), b] }));
  assert.ok(again.ok);
  assert.equal(again.value, { children: [], orders: ['grow-a', 'grow-b'] });
});

test('an item is an order with a few words more, of which none is taken on trust', () => {
  for (const name of ['a\nb', '', '../x', '-rf', 'x'.repeat(41), 7, {}])
    assert.not.ok(itemOf({ name, goal: 'x' }).ok, JSON.stringify(name));
  for (const bad of [{ lane: 'fast' }, { why: {} }, { paths: 'src' }, { paths: ['a'], constraints: { only: ['b'] } }])
    assert.not.ok(itemOf({ goal: 'x', ...bad }).ok, JSON.stringify(bad));
  const whole = itemOf({
    name: 'a',
    lane: 'agent',
    why: 'it is first',
    paths: ['src/**'],
    goal: 'x',
    constraints: { time: '5m' },
  });
  const order = { goal: 'x', constraints: { time: '5m', only: ['src/**'] } };
  assert.equal(whole, { ok: true, value: { name: 'a', lane: 'agent', order } });
  assert.equal(itemOf({ goal: 'x', paths: [] }), { ok: true, value: { name: null, lane: null, order: { goal: 'x' } } });
  for (const other of ['text', null, 7, ['x']])
    assert.equal(itemOf(other), { ok: true, value: { name: null, lane: null, order: other } });
});

test('checks are commands of the project, and lanes those of the formulas', () => {
  const project = { version: 1 as const, project: 'p', commands: { test: 'true' } };
  const formula: Formula = { formula: 'child', version: 1, steps: [{ id: 'a', run: 'true' }] };
  const loaded = { formula, digest: '', agents: new Map(), checkInputs: () => [] };
  const formulas: Filing['formulas'] = new Map([['child', { ok: true, value: loaded }]]);
  const more = { project, formulas, parent: { ...parent, order: { goal: 'Grow', checks: ['test'] } } };
  assert.match(refusal(fileOrders([item('a', { checks: ['lint'] })], filing(more))), /has no command lint/);
  assert.match(refusal(fileOrders([{ ...item('a'), lane: 'agent' }], filing(more))), /its lane is agent, and child/);
  const filed = fileOrders([{ ...item('a'), lane: 'deterministic' }], filing(more));
  assert.ok(filed.ok);
  assert.equal(filed.value.children[0]?.record.order.checks, ['test'], 'what the parent wants checked its children do');
});

const tier = fc.option(fc.constantFrom<Tier>('low', 'medium', 'high'), { nil: undefined });
const priority = fc.option(fc.constantFrom('interactive' as const, 'normal' as const, 'background' as const), {
  nil: undefined,
});
const globs = fc.option(
  fc.array(fc.constantFrom('**', 'src/**', 'src/*', 'src/a/**', 'src/a.ts', '*', 'docs/{a,b}/**', 'src/**/x'), {
    minLength: 1,
    maxLength: 3,
  }),
  { nil: undefined },
);
const order = fc
  .record({
    risk: tier,
    priority,
    only: globs,
    time: fc.option(fc.constantFrom('5m', '1h', '90s'), { nil: undefined }),
  })
  .map(({ risk, priority: urgency, only, time }): Order => ({
    goal: 'x',
    ...(risk === undefined ? {} : { risk }),
    ...(urgency === undefined ? {} : { priority: urgency }),
    constraints: { ...(only === undefined ? {} : { only }), ...(time === undefined ? {} : { time }) },
  }));

test('whatever a child asks for, it has no more than its parent', () => {
  const rank = (value: string | undefined): number => ['low', 'medium', 'high'].indexOf(value ?? 'low');
  const urgency = (value: string | undefined): number =>
    ['interactive', 'normal', 'background'].indexOf(value ?? 'normal');
  const seconds: Readonly<Record<string, number>> = { '90s': 90, '5m': 300, '1h': 3600 };
  const paths = ['a', 'src/a.ts', 'src/a/b', 'src/b/x', 'docs/a/b', 'docs/c/d', 'deep/er/x'];
  fc.assert(
    fc.property(order, fc.constantFrom<Tier>('low', 'medium', 'high'), order, (above, decided, below) => {
      const child = inherit(above, decided, below);
      if (!child.ok) {
        assert.match(child.failure, /does not lie within/);
        return;
      }
      const { risk, priority: place, constraints = {} } = child.value;
      assert.ok(rank(risk) >= Math.max(rank(above.risk), rank(decided), rank(below.risk)));
      assert.ok(urgency(place) >= urgency(above.priority));
      if (above.constraints?.time !== undefined)
        assert.ok((seconds[constraints.time ?? ''] ?? Infinity) <= (seconds[above.constraints.time] ?? 0));
      const { only: narrow } = constraints;
      const { only: wide } = above.constraints ?? {};
      const may = (only: readonly string[] | undefined, path: string): boolean =>
        only === undefined || matcher(only)(path);
      for (const path of paths) if (may(narrow, path)) assert.ok(may(wide, path), `${path} is outside`);
    }),
    { numRuns: 500 },
  );
});

test('a glob lies within another where that shows', () => {
  const cases: readonly [glob: string, within: string, does: boolean][] = [
    ['src/a.ts', 'src/**', true],
    ['src/{a,../b}', 'src/**', true],
    ['src', 'src/**', false],
    ['srcx/a', 'src/**', false],
    ['**', '*', false],
    ['src/*', 'src/?', false],
    ['anything', '**', true],
    ['s*/a', 's*/**', false],
  ];
  for (const [glob, within, does] of cases) assert.is(liesWithin(glob, within), does, `${glob} in ${within}`);
});

test.run();
