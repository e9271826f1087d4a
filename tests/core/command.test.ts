import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Network, Project, Step } from '../../runner/generated/types.js';
import { networkRefusal, scriptsOf } from '../../runner/core/command.js';

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

test('the network is refused unless the policy gives it, and lists are said to be not built', () => {
  const full = { version: 1 as const, network: { allow: 'full' as const } };
  assert.is(networkRefusal('none', { version: 1 }), null);
  assert.is(networkRefusal('full', full), null);
  assert.is(networkRefusal('full', { version: 1 })?.class, 'policy-denied');
  assert.is(networkRefusal('full', { version: 1, network: { allow: ['a.example'] } })?.class, 'policy-denied');
  assert.is(networkRefusal(['a.example'], full)?.class, 'not-built');
});

test.run();
