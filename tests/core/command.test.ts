import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Network, Policy, Project, Step } from '../../runner/generated/types.js';
import { grantedNetwork, scriptsOf, type Reach } from '../../runner/core/command.js';

const project = (commands: NonNullable<Project['commands']>, network?: Network): Project => ({
  version: 1,
  project: 'p',
  commands,
  ...(network === undefined ? {} : { sandbox: { network } }),
});
const both = project({ setup: { run: 'npm ci', network: 'full' }, test: 'npm test' });

const cases: readonly (readonly [name: string, step: Omit<Step, 'id'>, project: Project, want: unknown])[] = [
  ['a command written out has the project’s network', { run: 'ls' }, project({}, 'full'), [['ls', 'full']]],
  ['and none where nothing says one', { run: 'ls' }, project({}), [['ls', 'none']]],
  [
    'a named check is set up first, each with its own network',
    { check: { command: 'test' } },
    both,
    [
      ['npm ci', 'full'],
      ['npm test', 'none'],
    ],
  ],
  [
    'the step’s network is the command’s, not the set-up’s',
    { check: { command: 'test' }, network: ['a.example'] },
    both,
    [
      ['npm ci', 'full'],
      ['npm test', ['a.example']],
    ],
  ],
  [
    'a step can narrow what its command may reach',
    { run: { command: 'setup' }, network: 'none' },
    both,
    [['npm ci', 'none']],
  ],
  ['a check written out is not set up', { check: 'npm test' }, both, [['npm test', 'none']]],
  ['a project without set-up needs none', { run: { command: 'setup' } }, project({}), [[':', 'none']]],
  ['nor does its check', { check: { command: 'test' } }, project({ test: 'make' }), [['make', 'none']]],
  [
    'where there is no such command, what the formula says instead runs',
    { run: { command: 'lock', otherwise: 'exit 1' } },
    project({}),
    [['exit 1', 'none']],
  ],
  [
    'and not where there is one',
    { run: { command: 'lock', otherwise: 'exit 1' } },
    project({ lock: { run: 'poetry lock', network: 'full' } }),
    [['poetry lock', 'full']],
  ],
  [
    'a name that every object has is not a command',
    { run: { command: 'constructor' } },
    project({}),
    { missing: 'constructor' },
  ],
  ['a step of another kind runs nothing', { ship: {} }, both, []],
];

for (const [name, step, of, want] of cases) {
  test(name, () => {
    const got = scriptsOf({ id: 's', ...step }, of);
    assert.equal('missing' in got ? got : got.map(({ text, network }) => [text, network]), want);
  });
}

test('the network is refused unless the policy gives it', () => {
  const full = { version: 1 as const, network: { allow: 'full' as const } };
  const table: readonly (readonly [asked: Reach, policy: Policy, want: string])[] = [
    ['none', { version: 1 }, 'none'],
    ['none', full, 'none'],
    ['full', full, 'full'],
    ['full', { version: 1 }, 'policy-denied'],
    ['full', { version: 1, network: { allow: ['a.example'] } }, 'policy-denied'],
    [['a.example'], full, 'a.example'],
    [['a.example'], { version: 1 }, 'policy-denied'],
    [['a.example'], { version: 1, network: { allow: ['*.example'] } }, 'a.example'],
    [['a.example', 'b.test'], { version: 1, network: { allow: ['*.example'] } }, 'policy-denied'],
    ['allowed', full, 'full'],
    ['allowed', { version: 1 }, 'none'],
    ['allowed', { version: 1, network: { allow: ['a.example'] } }, 'a.example'],
  ];
  for (const [asked, policy, want] of table) {
    const granted = grantedNetwork(asked, policy);
    const value = granted.ok ? granted.value : granted.failure.class;
    assert.is(typeof value === 'object' ? value.hosts.join() : value, want);
  }
});

test.run();
