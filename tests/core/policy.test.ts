import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as fc from 'fast-check';
import { cel } from '../cel.js';
import type { Change } from '../../runner/core/change.js';
import { decide, route, stricter, type Decision } from '../../runner/core/policy.js';
import type { Policy, Tier } from '../../runner/generated/types.js';

const order = { goal: 'Mend flaky CI' };
const formula = { name: 'fixer', risk: 'low' as Tier };
const change = (path: string, lines = 1): Change => ({
  path,
  kind: 'modified',
  oldMode: '100644',
  newMode: '100644',
  binary: false,
  added: lines,
  removed: 0,
});
const policy = (rules: NonNullable<Policy['rules']>, more: Partial<Policy> = {}): Policy => ({
  version: 1,
  rules,
  ...more,
});
const allow = policy([{ id: 'fixer', tier: 'low', formula: 'fixer' }]);

test('what no rule names is high, and so is an unknown formula', () => {
  assert.is(decide(order, formula, null, { version: 1 }, cel).gate, 'proposal');
  assert.is(decide(order, null, null, allow, cel).tier, 'high');
});

test('a rule lets a formula through, the order can raise its own tier and not lower it', () => {
  assert.is(decide(order, formula, null, allow, cel).gate, 'auto');
  assert.is(decide({ ...order, risk: 'high' }, formula, null, allow, cel).tier, 'high');
  assert.is(decide({ ...order, risk: 'low' }, { ...formula, risk: 'medium' }, null, allow, cel).tier, 'medium');
});

test('the real change is looked at: paths, conditions, and a failing condition is high', () => {
  const rules = policy([
    { id: 'fixer', tier: 'low', formula: 'fixer' },
    { id: 'governance', tier: 'high', paths: ['.github/**'] },
    { id: 'big', tier: 'medium', when: 'changes.lines > 400' },
  ]);
  assert.is(decide(order, formula, [change('src/a.ts')], rules, cel).tier, 'low');
  assert.is(decide(order, formula, [change('src/a.ts', 500)], rules, cel).tier, 'medium');
  const high = decide(order, formula, [change('.github/workflows/ci.yml')], rules, cel);
  assert.is(high.tier, 'high');
  assert.ok(high.reasons.some(({ rule }) => rule === 'governance'));
  assert.is(
    decide(order, formula, [], policy([{ id: 'broken', tier: 'low', when: 'changes.nothing > 1' }]), cel).tier,
    'high',
  );
});

test('only-paths is trusted before the run and asked of the change after it', () => {
  const rules = policy([{ id: 'deps', tier: 'low', formula: 'fixer', 'only-paths': ['package.json'] }]);
  assert.is(decide(order, formula, null, rules, cel).tier, 'low');
  assert.is(decide(order, formula, [change('package.json')], rules, cel).tier, 'low');
  assert.is(decide(order, formula, [change('package.json'), change('src/a.ts')], rules, cel).tier, 'high');
});

test('deny is said apart from the tier', () => {
  const rules = policy([{ id: 'fixer', tier: 'low', formula: 'fixer' }], {
    deny: [{ id: 'no-binaries', when: 'changes.binary' }],
  });
  assert.equal(
    decide(order, formula, [{ ...change('a.bin'), binary: true }], rules, cel).denied.map(({ rule }) => rule),
    ['no-binaries'],
  );
  assert.equal(decide(order, formula, [change('a.txt')], rules, cel).denied, []);
});

test('routes match by RE2, so that no text makes them slow', () => {
  const routes = policy([], { routes: [{ when: "order.goal.matches('(?i)(a+)+$|flaky')", formula: 'ci-medic' }] });
  assert.is(route(order, routes, 'fallback', cel), 'ci-medic');
  assert.is(route({ goal: `${'a'.repeat(30_000)}!` }, routes, 'fallback', cel), 'fallback');
  assert.is(route({ goal: 'x', formula: 'named' }, routes, 'fallback', cel), 'named');
});

test('property: a further changed path never lowers the tier', () => {
  const paths = fc.array(fc.constantFrom('src/a.ts', '.github/x.yml', 'package.json', 'docs/a.md'), { maxLength: 6 });
  const rules = policy([
    { id: 'fixer', tier: 'low', formula: 'fixer', 'only-paths': ['src/**', 'package.json'] },
    { id: 'workflows', tier: 'high', paths: ['.github/**'] },
    { id: 'docs', tier: 'medium', paths: ['docs/**'] },
  ]);
  const rank = { low: 0, medium: 1, high: 2 };
  fc.assert(
    fc.property(paths, paths, (some, more) => {
      const before = decide(
        order,
        formula,
        some.map((path) => change(path)),
        rules,
        cel,
      ).tier;
      const after = decide(
        order,
        formula,
        [...some, ...more].map((path) => change(path)),
        rules,
        cel,
      ).tier;
      return rank[after] >= rank[before];
    }),
  );
});

test('names that an expression may not use are found before it runs', () => {
  assert.is(cel.check('order.goal == "x" && changes.paths.exists(p, p == "y")', ['order', 'changes']), null);
  assert.match(cel.check('secret.x', ['order']) ?? '', /unknown name `secret`/);
  assert.match(cel.check('1 +', ['order']) ?? '', /1:/);
});

test('of two decisions the stricter one holds, with the reasons of both', () => {
  const guarded: Policy = {
    version: 1,
    default: 'low',
    rules: [{ id: 'governance', tier: 'high', paths: ['policy/**'] }],
    deny: [{ id: 'no-keys', paths: ['*.pem'] }],
  };
  const on = (...paths: string[]): Decision =>
    decide(
      { goal: 'x' },
      { name: 'f', risk: 'low' },
      paths.map((path) => change(path)),
      guarded,
      cel,
    );
  for (const both of [stricter(on('a'), on('policy/x')), stricter(on('policy/x'), on('a'))]) {
    assert.equal([both.tier, both.gate], ['high', 'proposal']);
    assert.equal(both.reasons.map(({ rule }) => rule).sort(), ['default', 'governance']);
  }
  assert.equal(
    stricter(on('a'), on('key.pem')).denied.map(({ rule }) => rule),
    ['no-keys'],
  );
  assert.is(stricter(on('a'), on('b')).reasons.length, 1);
});

test.run();
