import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { confirmed, enforcementHealth, seenInside, yes, type Enforcement } from '../../runner/core/enforcement.js';
import {
  ISOLATION,
  askedIsolation,
  isEnough,
  isolationFaults,
  projectIsolationFaults,
} from '../../runner/core/isolation.js';
import type { Formula } from '../../runner/generated/types.js';

test('a container is enough for a process, and nothing for less', () => {
  const given = (asked: 'container' | 'process' | 'none'): readonly string[] =>
    Object.entries(ISOLATION).flatMap(([driver, isolation]) => (isEnough(isolation, asked) ? [driver] : []));
  assert.equal(
    [given('container'), given('process'), given('none')],
    [['docker'], ['docker', 'bubblewrap'], ['docker', 'bubblewrap', 'host']],
  );
});

test('the strictest that anybody asks for holds', () => {
  assert.is(askedIsolation({}, {}, {}), 'none');
  assert.is(askedIsolation({ isolation: 'none' }, { isolation: 'process' }, {}), 'process');
  assert.is(askedIsolation({}, {}, { sandbox: { isolation: 'container' } }), 'container');
});

const FORMULA: Formula = {
  formula: 'f',
  version: 1,
  isolation: 'process',
  steps: [
    { id: 'a', run: 'x' },
    { id: 'b', run: 'y', isolation: 'container' },
  ],
};

test('who asks for more than the driver gives is told so, at its place', () => {
  const told = (driver: 'docker' | 'bubblewrap' | 'host'): readonly string[] =>
    isolationFaults(FORMULA, { driver }).map(({ path, message }) => `${path.join('.')}: ${message}`);
  assert.equal(told('docker'), []);
  assert.equal(told('bubblewrap'), [
    'steps.1.isolation: it asks for the isolation `container`, and the driver `bubblewrap` gives `process`',
  ]);
  assert.is(told('host').length, 2);
  const [fault] = projectIsolationFaults({
    version: 1,
    project: 'p',
    sandbox: { driver: 'host', isolation: 'process' },
  });
  assert.match(fault?.hint ?? '', /to docker or bubblewrap:/);
});

const ALL = Object.fromEntries(
  [
    'files',
    'processes',
    'network',
    'users',
    'privileges',
    'system calls',
    'memory',
    'cpu',
    'pids',
    'disk',
    'output',
    'time',
  ].map((aspect) => [aspect, yes('said')]),
) as Enforcement;
const STATUS =
  'CapInh:\t0000\nCapPrm:\t0000\nCapEff:\t0000\nCapBnd:\t0000\nCapAmb:\t0000\nNoNewPrivs:\t1\nSeccomp:\t2\n';

test('what a step saw of itself counts for more than what an engine says', () => {
  assert.is(enforcementHealth(confirmed(ALL, seenInside(STATUS))).found, 'everything is enforced here');
  const unfiltered = confirmed(ALL, seenInside(STATUS.replace('Seccomp:\t2', 'Seccomp:\t0')));
  assert.is(enforcementHealth(unfiltered).found, 'everything is enforced here, but for system calls (no)');
  for (const [from, to] of [
    ['CapBnd:\t0000', 'CapBnd:\t0400'],
    ['NoNewPrivs:\t1', 'NoNewPrivs:\t0'],
  ] as const)
    assert.is(enforcementHealth(confirmed(ALL, seenInside(STATUS.replace(from, to)))).state, 'fail', to);
  assert.is(seenInside('nothing of the kind'), null);
});

test.run();
