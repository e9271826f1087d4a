import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Formula, Step, StepStatus } from '../../runner/generated/types.js';
import {
  graphOf,
  inputSnapshots,
  readiness,
  resumeFrom,
  workspaceHeirs,
  workspaceSource,
} from '../../runner/core/graph.js';
import type { CommitId, StepKey } from '../../runner/core/ids.js';

const formula = (steps: Step[]): Formula => ({ formula: 'f', version: 1, steps });
const key = (name: string): StepKey => name as StepKey;
const base = 'b'.repeat(40) as CommitId;
const done = (snapshot: string, leftIgnored = false): StepStatus => ({
  state: 'succeeded',
  attempt: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  snapshot,
  ...(leftIgnored ? { leftIgnored } : {}),
});
const failed: StepStatus = {
  state: 'failed',
  attempt: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  failure: { class: 'step-failed' },
};

test('a matrix becomes one node a combination, and those that need the step need all of them', () => {
  const nodes = graphOf(
    formula([
      { id: 'test', run: 'true', matrix: { node: [20, 22], os: ['a', 'b'] } },
      { id: 'after', run: 'true', needs: ['test'] },
    ]),
  );
  assert.equal(
    nodes.map((node) => String(node.key)),
    ['test.1', 'test.2', 'test.3', 'test.4', 'after'],
  );
  assert.equal(nodes[1]?.matrix, { node: 20, os: 'b' });
  assert.equal(nodes[4]?.needs.length, 4);
});

test('ship waits for every other step, also for those it does not name', () => {
  const nodes = graphOf(
    formula([
      { id: 'a', run: 'true' },
      { id: 'lone', check: 'true' },
      { id: 'ship', ship: {}, needs: ['a'] },
    ]),
  );
  assert.equal(nodes[2]?.needs.map(String).sort(), ['a', 'lone']);
});

test('a failed need blocks, a tolerated one does not, a step skipped by its condition holds nothing up', () => {
  const steps: Step[] = [
    { id: 'a', run: 'true' },
    { id: 'b', run: 'true', needs: ['a'] },
    { id: 'c', run: 'true', needs: ['b'] },
  ];
  assert.equal(readiness(graphOf(formula(steps)), { a: failed }, key('b')).is, 'blocked');
  const tolerant = steps.map((step) => (step.id === 'a' ? { ...step, 'continue-on-failure': true } : step));
  assert.equal(readiness(graphOf(formula(tolerant)), { a: failed }, key('b')).is, 'ready');
  assert.equal(
    readiness(graphOf(formula(steps)), { a: done('1'), b: { state: 'skipped', because: 'when' } }, key('c')).is,
    'ready',
  );
  assert.equal(
    readiness(graphOf(formula(steps)), { a: failed, b: { state: 'skipped', because: 'a failed' } }, key('c')).is,
    'blocked',
  );
  assert.equal(
    readiness(graphOf(formula(steps)), { a: { state: 'running', attempt: 1, startedAt: '' } }, key('b')).is,
    'waiting',
  );
});

test('a step starts from the snapshots of its needs, without those that another need holds', () => {
  const nodes = graphOf(
    formula([
      { id: 'a', run: 'true' },
      { id: 'b', run: 'true', needs: ['a'] },
      { id: 'c', run: 'true', needs: ['a'] },
      { id: 'd', run: 'true', needs: ['a', 'b'] },
      { id: 'e', run: 'true', needs: ['b', 'c'] },
    ]),
  );
  const statuses = { a: done('1'), b: done('2'), c: done('3') };
  assert.equal(inputSnapshots(nodes, statuses, key('a'), base).map(String), [base]);
  assert.equal(inputSnapshots(nodes, statuses, key('d'), base).map(String), ['2']);
  assert.equal(inputSnapshots(nodes, statuses, key('e'), base).map(String), ['2', '3']);
  assert.equal(
    inputSnapshots(nodes, { ...statuses, b: { state: 'skipped', because: 'when' } }, key('d'), base).map(String),
    ['1'],
  );
});

test('the work tree goes along the first needs, through checks', () => {
  const nodes = graphOf(
    formula([
      { id: 'install', run: 'true' },
      { id: 'check', check: 'true', needs: ['install'] },
      { id: 'fix', run: 'true', needs: ['check'] },
      { id: 'lint', run: 'true', needs: ['install'] },
    ]),
  );
  const statuses = { install: done('1'), check: done('1') };
  assert.is(workspaceSource(nodes, statuses, key('fix')), 'install');
  assert.equal(workspaceHeirs(nodes, statuses, key('install')).map(String), ['fix', 'lint']);
  assert.is(workspaceSource(nodes, statuses, key('install')), null);
});

test('in a chain each step hands its tree on whole; one that may fail without ending the run leaves it for those after it', () => {
  const chain = (more: object): ReturnType<typeof graphOf> =>
    graphOf(
      formula([
        { id: 'a', run: 'true' },
        { id: 'b', run: 'true', needs: ['a'], ...more },
        { id: 'c', run: 'true', needs: ['b'] },
      ]),
    );
  const after = { a: done('1') };
  assert.equal(workspaceHeirs(chain({}), after, key('a')).map(String), ['b']);
  assert.equal(workspaceHeirs(chain({ 'continue-on-failure': true }), after, key('a')).map(String), ['b', 'c']);
  const skipped: StepStatus = { state: 'skipped', because: 'x' };
  assert.is(workspaceSource(chain({}), { a: done('1'), b: skipped }, key('c')), key('a'));
});

test('after a crash what was running starts again, and nothing that ended does, whatever it left beside its commit', () => {
  const nodes = graphOf(
    formula([
      { id: 'install', run: 'true' },
      { id: 'build', run: 'true', needs: ['install'] },
      { id: 'test', run: 'true', needs: ['build'] },
      { id: 'check', check: 'true', needs: ['build'] },
    ]),
  );
  const running: StepStatus = { state: 'running', attempt: 1, startedAt: '' };
  const ended = { install: done('1', true), build: done('2', true) };
  const next = resumeFrom(nodes, { ...ended, test: running, check: done('2') });
  assert.equal(next, { ...ended, test: { state: 'pending' }, check: done('2') });
  assert.equal(resumeFrom(nodes, ended)['check'], { state: 'pending' });
});

test('nothing starts while anything before it is to come, also where what lies between has ended', () => {
  const nodes = graphOf(
    formula([
      { id: 'setup', run: 'true' },
      { id: 'plan', agent: 'x', needs: ['setup'] },
      { id: 'check', check: 'true', needs: ['plan'] },
      { id: 'fix', agent: 'x', needs: ['check'] },
    ]),
  );
  const between = { plan: done('2'), check: done('2') };
  assert.is(readiness(nodes, { setup: { state: 'pending' }, ...between }, key('fix')).is, 'waiting');
  assert.equal(readiness(nodes, { setup: failed, ...between }, key('fix')), { is: 'blocked', because: 'setup failed' });
  assert.is(readiness(nodes, { setup: done('1'), ...between }, key('fix')).is, 'ready');
});

test('a wide graph of checks is walked in no time', () => {
  const layers = Array.from({ length: 40 }, (_, layer) =>
    [0, 1, 2].map((n): Step => ({
      id: `s${String(layer)}-${String(n)}`,
      check: 'true',
      ...(layer === 0 ? {} : { needs: [0, 1, 2].map((m) => `s${String(layer - 1)}-${String(m)}`) }),
    })),
  );
  const nodes = graphOf(formula(layers.flat()));
  const statuses = Object.fromEntries(
    nodes.slice(0, -3).map((node): [string, StepStatus] => [node.key, { state: 'skipped', because: 'when' }]),
  );
  assert.is(readiness(nodes, statuses, key('s39-0')).is, 'ready');
  assert.equal(inputSnapshots(nodes, statuses, key('s39-0'), base).map(String), [base]);
});

test('what an order wants checked is checked on all that comes before the result ships, and shipping waits for it', () => {
  const steps: Step[] = [
    { id: 'order-checks', run: 'true' },
    { id: 'b', run: 'true' },
    { id: 'ship', ship: {} },
    { id: 'then', orders: '[]', needs: ['ship'] },
  ];
  const nodes = graphOf(formula(steps), ['test', 'lint']);
  const checks = nodes.filter(({ kind }) => kind === 'check');
  assert.equal(
    checks.map((node) => [String(node.key), node.step.check]),
    [
      ['order-checks-2.1', { command: 'test' }],
      ['order-checks-2.2', { command: 'lint' }],
    ],
    'a step of the formula may have that name',
  );
  assert.equal(checks[0]?.needs.map(String), ['order-checks', 'b']);
  assert.equal(nodes.find(({ kind }) => kind === 'ship')?.needs.map(String), [
    'order-checks',
    'b',
    'order-checks-2.1',
    'order-checks-2.2',
  ]);
  assert.equal(graphOf(formula(steps)).length, 4);
});

test.run();
