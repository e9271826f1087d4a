import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as fc from 'fast-check';
import { cel } from '../cel.js';
import type { Change } from '../../runner/core/change.js';
import { decide, stricter, type Decision } from '../../runner/core/policy.js';
import { chooseFormula } from '../../runner/core/routing.js';
import type { Order, Policy, Project, Tier } from '../../runner/generated/types.js';

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
  const project = { version: 1 as const, project: 'p', formula: 'fallback' };
  const formulaNames = ['ci-medic', 'fallback', 'named', 'mine', 'other'];
  const capable = new Map([['bug-fix', ['mine', 'other']]]);
  const of = (asked: Order, more: Partial<Project> = {}): unknown => {
    const chosen = chooseFormula(asked, {
      policy: routes,
      project: { ...project, ...more },
      formulaNames,
      capable,
      cel,
    });
    return chosen.ok ? [chosen.value.formula, chosen.value.why] : chosen.failure.message;
  };
  const route = "route 1 of the policy: order.goal.matches('(?i)(a+)+$|flaky')";
  const byProject = 'nothing else says which, and pushpals.yml names it';
  assert.equal(of(order), ['ci-medic', route]);
  assert.equal(of({ goal: `${'a'.repeat(30_000)}!` }), ['fallback', byProject]);
  assert.equal(of({ goal: 'flaky', formula: 'named' }), ['named', null]);
  assert.equal(of({ goal: 'x', formula: 'nmaed' }), 'unknown formula `nmaed`');
  assert.equal(of({ goal: 'flaky', capability: 'bug-fix' }), ['ci-medic', route], 'a route comes first');
  assert.equal(of({ goal: 'x', capability: 'bug-fix' }), [
    'mine',
    'its agent has the capability bug-fix; so do those of other',
  ]);
  assert.equal(of({ goal: 'x', capability: 'none' }), ['fallback', byProject]);
});

const RANK = { low: 0, medium: 1, high: 2 };
const tiers = fc.constantFrom<Tier>('low', 'medium', 'high');
const globs = fc.uniqueArray(fc.constantFrom('src/**', '.github/**', 'docs/**', '*.json', 'policy/**'), {
  minLength: 1,
  maxLength: 3,
});
const somePaths = fc.array(
  fc.constantFrom('src/a.ts', '.github/x.yml', 'package.json', 'docs/a.md', 'policy/policy.yml', 'other'),
  { maxLength: 6 },
);
/** A rule with any of the conditions that do not look at numbers: with those anybody can say that more is less. */
const someRules = fc
  .array(
    fc.record(
      { tier: tiers, formula: fc.constantFrom('fixer', 'other'), paths: globs, 'only-paths': globs },
      { requiredKeys: ['tier'] },
    ),
    { maxLength: 6 },
  )
  .map((rules) => rules.map((rule, index) => ({ id: `r${String(index)}`, ...rule })));
const decided = (paths: readonly string[], rules: NonNullable<Policy['rules']>, fallback: Tier): Decision =>
  decide(
    order,
    formula,
    paths.map((path) => change(path)),
    policy(rules, { default: fallback }),
    cel,
  );

test('property: a further changed path never lowers the tier', () => {
  fc.assert(
    fc.property(someRules, tiers, somePaths, somePaths, (rules, fallback, some, more) => {
      const [before, after] = [decided(some, rules, fallback), decided([...some, ...more], rules, fallback)];
      return RANK[after.tier] >= RANK[before.tier];
    }),
    { numRuns: 2000 },
  );
});

test('property: a further rule never lowers the tier of what a rule names already', () => {
  fc.assert(
    fc.property(someRules, someRules, tiers, somePaths, (rules, more, fallback, paths) => {
      const before = decided(paths, rules, fallback);
      fc.pre(before.reasons.every(({ rule }) => rule !== 'default'));
      const renamed = more.map((rule) => ({ ...rule, id: `more-${rule.id}` }));
      for (const both of [
        [...rules, ...renamed],
        [...renamed, ...rules],
      ])
        if (RANK[decided(paths, both, fallback).tier] < RANK[before.tier]) return false;
      return true;
    }),
    { numRuns: 2000 },
  );
});

test('a rule that matches only because of what was changed does not lift the default', () => {
  const rules = policy([
    { id: 'docs', tier: 'low', paths: ['docs/**'] },
    { id: 'big', tier: 'medium', when: 'changes.lines > 400' },
  ]);
  const tier = (...changes: readonly Change[]): Tier => decide(order, formula, changes, rules, cel).tier;
  assert.is(tier(change('src/a.ts'), change('docs/a.md')), 'high');
  assert.is(tier(change('src/a.ts', 900)), 'high');
  const only = policy([{ id: 'docs', tier: 'low', 'only-paths': ['docs/**'] }]);
  assert.is(decide(order, formula, [change('docs/a.md')], only, cel).tier, 'low');
});

test('what says who approves is high whatever the policy says, and so is a policy that cannot be read', () => {
  const lax = policy([{ id: 'all', tier: 'low', formula: 'fixer' }], { default: 'low' });
  for (const path of ['policy/policy.yml', 'pushpals.yml', 'formulas/f.yml', 'agents/a.yml', '.gitattributes']) {
    const { tier, reasons } = decide(order, formula, [change(path)], lax, cel);
    assert.is(tier, 'high');
    assert.match(reasons.find(({ rule }) => rule === 'rules')?.because ?? '', new RegExp(path.replaceAll('.', '\\.')));
  }
  const unread = decide(order, formula, null, null, cel);
  assert.equal([unread.tier, unread.gate, unread.reasons.map(({ rule }) => rule)], ['high', 'proposal', ['policy']]);
});

test('conditions see modes, deletions and new dependencies, and the trace has every rule', () => {
  const rules = policy(
    [
      { id: 'fixer', tier: 'low', formula: 'fixer' },
      { id: 'other', tier: 'high', formula: 'other' },
      { id: 'modes', tier: 'medium', when: 'size(changes.modes) > 0' },
      { id: 'deps', tier: 'medium', when: 'size(changes.dependencies) > 0 && formula != "steward"' },
      { id: 'gone', tier: 'high', when: 'changes.deleted.exists(p, p.startsWith("src/"))' },
    ],
    { deny: [{ id: 'keys', paths: ['*.pem'] }] },
  );
  const counting = (...changes: readonly Change[]): readonly string[] =>
    decide(order, formula, changes, rules, cel)
      .trace.filter(({ counts }) => counts)
      .map(({ rule }) => rule);
  assert.equal(counting(change('a')), ['fixer']);
  assert.equal(counting({ ...change('a'), newMode: '100755' }), ['fixer', 'modes']);
  assert.equal(counting({ ...change('a'), kind: 'added', oldMode: '000000' }), ['fixer']);
  assert.equal(counting({ ...change('package.json'), dependencies: ['left-pad'] }), ['fixer', 'deps']);
  assert.equal(counting({ ...change('src/a'), kind: 'deleted', newMode: '000000' }), ['fixer', 'gone']);
  assert.equal(counting(change('a.pem')), ['fixer', 'keys']);
  const { trace } = decide(order, formula, [change('a')], rules, cel);
  assert.equal(
    trace.map(({ rule, because }) => `${rule}: ${because}`),
    [
      'fixer: formula fixer',
      'other: the formula is not other',
      'modes: not so: size(changes.modes) > 0',
      'deps: not so: size(changes.dependencies) > 0 && formula != "steward"',
      'gone: not so: changes.deleted.exists(p, p.startsWith("src/"))',
      'keys: no changed path matches *.pem',
    ],
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
    assert.equal(both.reasons.map(({ rule }) => rule).sort(), ['default', 'governance', 'rules']);
  }
  assert.equal(
    stricter(on('a'), on('key.pem')).denied.map(({ rule }) => rule),
    ['no-keys'],
  );
  assert.is(stricter(on('a'), on('b')).reasons.length, 1);
});

test.run();
