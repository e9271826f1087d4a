import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { triggerFaults } from '../../../runner/core/triggers/check.js';
import { triggerBranches, type Trigger } from '../../../runner/core/triggers/trigger.js';

const order = { formula: 'f' };
const faults = (...triggers: Trigger[]): readonly string[] =>
  triggerFaults({ version: 1, project: 'p', triggers }, () => null).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

const GOOD: readonly Trigger[] = [
  { id: 'a', cron: '@daily', timezone: 'Europe/Berlin', missed: 'all', jitter: '1h', deadline: '2h', order },
  { id: 'b', branch: 'main', paths: ['x'], order },
  { id: 'c', files: ['knowledge/**', 'RESOURCES.md', 'sprints/*.md'], order },
  { id: 'd', after: { formula: 'g', on: 'failed' }, order },
  { id: 'e', vault: { on: 'approved', kind: 'merge' }, order },
];

test('one of each kind', () => {
  assert.equal(faults(...GOOD), []);
});

test('exactly one kind a trigger', () => {
  assert.match(faults({ id: 'a', order })[0] ?? '', /^triggers\.0: trigger `a` never fires/);
  assert.equal(faults({ id: 'a', files: ['knowledge/**'], after: { formula: 'g' }, vault: { on: 'expired' }, order }), [
    'triggers.0.after: trigger `a` has `files` and `after` and `vault`',
  ]);
});

test('keys that do nothing are named', () => {
  for (const key of ['timezone', 'missed', 'jitter', 'deadline'] as const)
    assert.match(
      faults({ id: 'a', branch: 'main', [key]: 'all', order })[0] ?? '',
      new RegExp(`^triggers\\.0\\.${key}: .* has no effect without \`cron\`$`),
    );
  assert.match(faults({ id: 'a', after: { formula: 'g' }, paths: ['x'], order })[0] ?? '', /without `branch`$/);
});

test('branches that come and go with the runner’s work are none to wait for', () => {
  for (const [branch, of] of [
    ['vault/fix-1a2b3c', 'a request'],
    ['pushpals/fix', 'the result of an order'],
  ] as const) {
    const [fault = ''] = faults({ id: 'a', branch, order });
    assert.match(fault, new RegExp(`^triggers\\.0\\.branch: \`${branch}\` is the runner's own, .* with ${of}$`));
  }
  const triggers = ['main', 'ops', 'vault/x', 'pushpals/x', 'main', 'release/1'];
  const project = { triggers: triggers.map((branch, index) => ({ id: `t${String(index)}`, branch, order })) };
  assert.equal(triggerBranches(project), ['main', 'release/1']);
});

test('the ops branch has a new tip all the time, and its folders are mostly the runner’s', () => {
  assert.match(faults({ id: 'a', branch: 'ops', order })[0] ?? '', /^triggers\.0\.branch: `ops` is the ops branch/);
  for (const glob of [
    'done/**',
    'queue/x.yml',
    'inbox/*',
    'evidence/**',
    '**/*.md',
    '*.md',
    '/knowledge',
    '../x',
    'PAUSE',
    '{done,x}/**',
  ])
    assert.match(faults({ id: 'a', files: [glob], order })[0] ?? '', /^triggers\.0\.files\.0: .*the people's$/, glob);
});

test('triggers that fire each other for ever are found, each loop once', () => {
  const after = (id: string, from: string, to: string): Trigger => ({
    id,
    after: { formula: from },
    order: { formula: to },
  });
  assert.equal(faults(after('a', 'f', 'f')), ['triggers.0.after: a loop that never ends: f → f']);
  assert.equal(faults(after('a', 'f', 'g'), after('x', 'g', 'x'), after('b', 'g', 'h'), after('c', 'h', 'f')), [
    'triggers.0.after: a loop that never ends: f → g → h → f',
  ]);
  assert.equal(faults(after('x', 'o', 'f'), after('a', 'f', 'g'), after('b', 'g', 'f')), [
    'triggers.1.after: a loop that never ends: f → g → f',
  ]);
  assert.equal(faults(after('a', 'f', 'g'), after('b', 'g', 'h'), after('c', 'f', 'h')), []);
});

test.run();
