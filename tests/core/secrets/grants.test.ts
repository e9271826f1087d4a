import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formulaFacts } from '../../../runner/core/formula-facts.js';
import { graphOf, type Statuses } from '../../../runner/core/graph.js';
import { decide } from '../../../runner/core/policy.js';
import { secretFaults, sourceFaults } from '../../../runner/core/secrets/check.js';
import { secretHealth } from '../../../runner/core/secrets/health.js';
import { unproven } from '../../../runner/core/secrets/unproven.js';
import type { Formula, Policy } from '../../../runner/generated/types.js';
import { cel } from '../../cel.js';

const formulaOf = (...steps: Formula['steps']): Formula => ({ formula: 'release', version: 1, steps });
const publish = { id: 'publish', run: 'true', secrets: ['TOKEN'], needs: ['build'] };
const build = { id: 'build', run: 'true' };

function decided(formula: Formula, secrets: Policy['secrets']): string {
  const policy: Policy = { version: 1, default: 'low', ...(secrets === undefined ? {} : { secrets }) };
  const { tier, denied } = decide({ goal: 'x' }, formulaFacts(formula), null, policy, cel);
  return denied.length > 0 ? `denied: ${denied.map(({ because }) => because).join('; ')}` : tier;
}

test('a secret raises the tier to what the policy says, and to high where it does not', () => {
  const formula = formulaOf(build, publish);
  assert.is(decided(formula, { TOKEN: { formulas: ['release'], tier: 'low' } }), 'low');
  assert.is(decided(formula, { TOKEN: { formulas: ['release'], tier: 'medium' } }), 'medium');
  assert.is(decided(formula, { TOKEN: { formulas: ['release'] } }), 'high');
  assert.match(decided(formula, { TOKEN: { formulas: ['other'] } }), /^denied: .*\[other, release\]/);
  assert.match(decided(formula, undefined), /^denied: .*formulas: \[release\]/);
  assert.match(decided(formula, { toString: { formulas: ['release'] } }), /^denied/);
  assert.is(decided(formulaOf(build), undefined), 'low');
});

test('what comes after an agent, or starts from another branch, gets a secret only where the policy says so, and is high', () => {
  const agent = { id: 'build', agent: 'do it' };
  const between = { id: 'test', check: 'true', needs: ['build'] };
  const after = { ...publish, needs: ['test'] };
  const beside = { ...publish, needs: [] };
  const grant = { formulas: ['release'], tier: 'low' as const };
  for (const formula of [
    formulaOf(agent, between, after),
    { ...formulaOf(build, publish), base: { merge: '"x"' } },
    formulaOf({ id: 'build', agent: 'do it', secrets: ['TOKEN'] }),
  ]) {
    assert.match(decided(formula, { TOKEN: grant }), /^denied: .*could run what an agent wrote.*after-agent: true/);
    assert.is(decided(formula, { TOKEN: { ...grant, 'after-agent': true } }), 'high');
  }
  assert.is(decided(formulaOf(agent, between, beside), { TOKEN: grant }), 'low');
});

test('what a record says was done before a step gets secrets is done again, up to what people approved', () => {
  const steps = [
    { id: 'fetch', run: 'true' },
    { id: 'ask', approve: 'So?', needs: ['fetch'] },
    { id: 'build', run: 'true', needs: ['ask'] },
    { id: 'test', check: 'true', needs: ['build'] },
    { id: 'docs', run: 'true' },
    { id: 'publish', run: 'true', secrets: ['TOKEN'], needs: ['test'] },
  ];
  const nodes = graphOf(formulaOf(...steps));
  const done = { state: 'succeeded' as const, attempt: 1, startedAt: '', durationMs: 0, snapshot: 'a' };
  const all: Statuses = Object.fromEntries(nodes.map(({ key }) => [key, done]));
  const states = (statuses: Statuses): string => nodes.map(({ key }) => statuses[key]?.state).join(' ');
  assert.is(states(unproven(nodes, all)), states(all));
  assert.is(
    states(unproven(nodes, { ...all, publish: { state: 'pending' } })),
    'succeeded pending pending pending succeeded pending',
  );
});

test('finds what is wrong with the names and the sources of secrets', () => {
  const faults = (step: Partial<Formula['steps'][number]>): string =>
    secretFaults(step, 'step `a`', ['steps', 0])
      .map(({ path, message }) => `${path.join('.')}: ${message}`)
      .join('; ');
  assert.is(faults({ secrets: ['TOKEN', { name: 'TOKEN', as: 'file' }] }), '');
  assert.match(faults({ secrets: ['TOKEN', 'TOKEN'] }), /^steps\.0\.secrets\.1: .*`TOKEN` twice/);
  assert.match(faults({ env: { TOKEN_FILE: '' }, secrets: [{ name: 'TOKEN', as: 'file' }] }), /`TOKEN_FILE` twice/);
  for (const name of ['PATH', 'LD_PRELOAD', 'PUSHPALS_OUT', 'GIT_CONFIG_COUNT'])
    assert.match(faults({ secrets: [name] }), /of the runner's own/, name);
  const sources = (secrets: object): string =>
    sourceFaults({ version: 1, project: 'p', secrets } as Parameters<typeof sourceFaults>[0])
      .map(({ path, message }) => `${path.join('.')}: ${message}`)
      .join('; ');
  assert.is(
    sources({ A: { command: ['op', 'read', './x'] }, B: { file: '/a/b' }, C: { command: ['/usr/bin/op'] } }),
    '',
  );
  assert.match(sources({ A: { command: ['./op'] } }), /^secrets\.A\.command\.0/);
  assert.match(sources({ A: { file: '/a/../b' } }), /^secrets\.A\.file/);
});

test('doctor says which secrets are there', () => {
  const fact = { name: 'A', missing: null, command: null, isGranted: true };
  assert.is(secretHealth([]), null);
  assert.equal(secretHealth([fact, { ...fact, name: 'B', command: 'op' }]), {
    state: 'ok',
    found: 'this machine has A, B (`op` is asked when it is needed)',
  });
  assert.is(secretHealth([fact, { ...fact, missing: { why: 'no', mend: 'do' } }])?.mend, 'do');
  assert.match(secretHealth([{ ...fact, isGranted: false }])?.found ?? '', /grants to no formula/);
});

test.run();
