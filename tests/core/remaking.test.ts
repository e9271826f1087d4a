import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { changesFiles, graphOf, readiness, resumeFrom, workspaceSource, type Node } from '../../runner/core/graph.js';
import type { CommitId, StepKey } from '../../runner/core/ids.js';
import { remaking } from '../../runner/core/remaking.js';
import { sentBack } from '../../runner/core/review/rounds.js';
import type { Formula, Step, StepStatus } from '../../runner/generated/types.js';

const BASE = 'b'.repeat(40) as CommitId;
const done = (snapshot: string, leftIgnored: boolean): StepStatus => ({
  ...{ state: 'succeeded', attempt: 1, startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1, snapshot },
  ...(leftIgnored ? { leftIgnored } : {}),
});
const running: StepStatus = { state: 'running', attempt: 1, startedAt: '2026-01-01T00:00:00.000Z' };

const shipped = (name: string): Formula => parse(readFileSync(`formulas/${name}.yml`, 'utf8')) as Formula;
const formula = (...steps: Step[]): Formula => ({ formula: 'f', version: 1, steps });

/** A chain of which each step needs the one before it. */
const chain = (...steps: Step[]): Formula =>
  formula(...steps.map((step, index): Step => ({ ...step, needs: index === 0 ? [] : [steps[index - 1]?.id ?? ''] })));

/** The statuses of a run that was interrupted in a step; all that changed files before it left some that git ignores, unless they are named. */
function interrupted(nodes: readonly Node[], at: string, without: readonly string[] = []): Record<string, StepStatus> {
  const index = nodes.findIndex(({ key }) => key === at);
  return Object.fromEntries(
    nodes.map((node, place): [string, StepStatus] => {
      const { key } = node;
      const leaves = changesFiles(node) && !without.includes(key);
      if (place > index) return [key, { state: 'pending' }];
      return [key, place === index ? running : done(`${key} `.padEnd(40, '0'), leaves)];
    }),
  );
}

/** What is done when a run goes on: what is ready at once, how many steps are still to come, and how the tree of the interrupted step is made again. */
function goingOn(
  nodes: readonly Node[],
  at: string,
  statuses: Readonly<Record<string, StepStatus>>,
): readonly string[] {
  const ready = nodes.filter(
    ({ key }) => statuses[key]?.state === 'pending' && readiness(nodes, statuses, key).is === 'ready',
  );
  const node = nodes.find(({ key }) => key === at);
  const source = node !== undefined && changesFiles(node) ? workspaceSource(nodes, statuses, node.key) : null;
  const { again, without } = source === null ? { again: [], without: [] } : remaking(nodes, statuses, BASE, source);
  return [
    `ready: ${ready.map(({ key }) => key).join(' ')}`,
    `again: ${again.join(' ')}`,
    `without: ${without.join(' ')}`,
  ].map((line) => line.trimEnd());
}

/** For each formula, and each of its steps as the one that was interrupted: what is run again for files that git ignores, and whose are missing. */
const TABLE: readonly (readonly [
  string,
  Formula,
  Readonly<Record<string, readonly [again: string, without: string]>>,
])[] = [
  [
    'bug-fixer',
    shipped('bug-fixer'),
    {
      setup: ['', ''],
      reproduce: ['setup', ''],
      'fails-before': ['', ''],
      fix: ['setup', 'reproduce'],
      verify: ['', ''],
      review: ['', ''],
      ship: ['', ''],
    },
  ],
  [
    'performance-tuner',
    shipped('performance-tuner'),
    {
      setup: ['', ''],
      before: ['setup', ''],
      tune: ['setup before', ''],
      verify: ['', ''],
      after: ['setup before', 'tune'],
      ship: ['', ''],
    },
  ],
  [
    'what people said yes to',
    chain(
      { id: 'setup', run: 'x' },
      { id: 'change', agent: 'x' },
      { id: 'agree', approve: 'x' },
      { id: 'format', run: 'x' },
      { id: 'ship', ship: {} },
    ),
    { change: ['setup', ''], agree: ['', ''], format: ['setup', 'change'], ship: ['', ''] },
  ],
  [
    'a plan that people said yes to',
    chain(
      { id: 'plan', agent: 'x' },
      { id: 'agree', approve: 'x' },
      { id: 'prepare', run: 'x' },
      { id: 'file', orders: 'steps.plan.outputs.orders' },
    ),
    { plan: ['', ''], agree: ['', ''], prepare: ['', 'plan'], file: ['', ''] },
  ],
  [
    'a task',
    chain({ id: 'setup', run: 'x' }, { id: 'outside', task: 'x' }, { id: 'use', run: 'x' }),
    { outside: ['', ''], use: ['setup', ''] },
  ],
  [
    'a chain of commands',
    chain({ id: 'install', run: 'x' }, { id: 'build', run: 'x' }, { id: 'test', run: 'x' }),
    { install: ['', ''], build: ['install', ''], test: ['install build', ''] },
  ],
  [
    'secrets on the base, and on what a record says',
    chain(
      { id: 'setup', run: 'x', secrets: ['T'] },
      { id: 'change', agent: 'x' },
      { id: 'fetch', run: 'x', secrets: ['T'] },
      { id: 'build', run: 'x' },
    ),
    { change: ['setup', ''], fetch: ['setup', 'change'], build: ['', 'setup change fetch'] },
  ],
];

for (const [name, given, steps] of TABLE)
  test(`${name}: whichever step is interrupted, that one alone goes on, and only commands are run again for it`, () => {
    const nodes = graphOf(given);
    for (const [at, [again, without]] of Object.entries(steps)) {
      const before = interrupted(nodes, at);
      const next = resumeFrom(nodes, before);
      assert.equal(next, { ...before, [at]: { state: 'pending' } }, at);
      assert.equal(
        goingOn(nodes, at, next),
        [`ready: ${at}`, `again: ${again}`, `without: ${without}`].map((line) => line.trimEnd()),
        at,
      );
    }
  });

test('a review that sends bug-fixer back to `fix` has nothing before that done again', () => {
  const nodes = graphOf(shipped('bug-fixer'));
  const at = '2026-01-01T00:00:00.000Z';
  const next = sentBack(nodes, interrupted(nodes, 'review'), [
    { review: 'review', fix: 'fix', number: 1, at, findings: [] },
  ]);
  assert.equal(
    nodes.filter(({ key }) => next[key]?.state !== 'succeeded').map(({ key }) => String(key)),
    ['fix', 'verify', 'review', 'ship'],
  );
  assert.equal(goingOn(nodes, 'fix', next), ['ready: fix', 'again: setup', 'without: reproduce']);
});

test('what left nothing beside its commit is not run again, nor what came before it', () => {
  const nodes = graphOf(chain({ id: 'a', run: 'x' }, { id: 'b', run: 'x' }, { id: 'c', run: 'x' }));
  const of = (without: readonly string[]): unknown =>
    remaking(nodes, interrupted(nodes, 'c', without), BASE, 'b' as StepKey);
  assert.equal(of(['b']), { again: [], without: [] });
  assert.equal(of(['a']), { again: ['b'], without: [] });
});

test.run();
