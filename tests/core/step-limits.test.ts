import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { describeFailure } from '../../runner/core/describe-failure.js';
import { exceededText, limitFaults, sandboxLimits, stepLimits, stepTimeMs } from '../../runner/core/step-limits.js';
import type { Formula, Policy, Project } from '../../runner/generated/types.js';

const MB = 1024 ** 2;
const project = (sandbox: Project['sandbox'] = {}): Project => ({ version: 1, project: 'p', sandbox });
const policy = (step: NonNullable<Policy['limits']>['step']): Policy => ({
  version: 1,
  limits: step === undefined ? {} : { step },
});

test('what nobody bounds has its default, and what anybody bounds the least of all', () => {
  assert.equal(sandboxLimits(project()), {
    cpus: 2,
    memoryBytes: 2048 * MB,
    pids: 256,
    diskBytes: 10240 * MB,
    files: 500_000,
    outputBytes: 100 * MB,
  });
  const limits = stepLimits(
    { limits: { pids: 100, output: '1MB', memory: '8GB' } },
    { limits: { memory: '512MB', files: 10 } },
    project({ cpus: 4, memory: '4GB', disk: '1GB' }),
    policy({ cpus: 3, output: '2MB', files: 20 }),
  );
  assert.equal(limits, {
    cpus: 3,
    memoryBytes: 512 * MB,
    pids: 100,
    diskBytes: 1024 * MB,
    files: 10,
    outputBytes: MB,
  });
});

test('the policy bounds how long a step may take, also one that does not say', () => {
  assert.is(stepTimeMs({}, policy(undefined)), 30 * 60_000);
  assert.is(stepTimeMs({ timeout: '2h' }, policy(undefined)), 2 * 3_600_000);
  assert.is(stepTimeMs({ timeout: '2h' }, policy({ time: '1h' })), 3_600_000);
  assert.is(stepTimeMs({}, policy({ time: '1m' })), 60_000);
});

test('a formula that asks for more than its project gives is told so, at its place', () => {
  const formula: Formula = {
    formula: 'f',
    version: 1,
    limits: { memory: '4GB', pids: 256 },
    steps: [
      { id: 'a', run: 'x' },
      { id: 'b', run: 'y', limits: { disk: '11GB', output: '1KB' } },
    ],
  };
  assert.equal(
    limitFaults(formula, { memory: '3GB' }).map(({ path, message }) => `${path.join('.')}: ${message}`),
    [
      'limits.memory: it asks for 4GB, and `sandbox.memory` in pushpals.yml gives 3GB: a formula can only have less',
      'steps.1.limits.disk: it asks for 11GB, and `sandbox.disk` in pushpals.yml gives 10GB: a formula can only have less',
    ],
  );
  assert.equal(limitFaults(formula, { memory: '4GB', disk: '20GB' }), []);
});

test('a limit is told in words', () => {
  assert.is(exceededText({ limit: 'memory', most: 512 * MB, used: null }), 'memory, limit 512 MB');
  assert.is(exceededText({ limit: 'pids', most: 256, used: null }), 'processes, limit 256');
  assert.is(
    exceededText({ limit: 'files', most: 500_000, used: 500_001 }),
    'files written, limit 500,000, used 500,001',
  );
  assert.is(exceededText({ limit: 'disk', most: 10_240 * MB, used: 11_000 * MB }), 'disk, limit 10 GB, used 10.7 GB');
  assert.is(exceededText({ limit: 'output', most: 1500, used: 2048 }), 'output, limit 1 KB, used 2 KB');
  const { what } = describeFailure({
    class: 'limit-exceeded',
    step: 'build',
    tail: '',
    limit: 'memory',
    most: 512 * MB,
    used: null,
  });
  assert.is(what, 'step build was killed: memory, limit 512 MB');
});

test.run();
