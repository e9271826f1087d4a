import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Round, Step, StepStatus } from '../../../runner/generated/types.js';
import { graphOf } from '../../../runner/core/graph.js';
import type { StepKey } from '../../../runner/core/ids.js';
import {
  openRounds,
  provenRounds,
  reviewedBefore,
  roundsLeft,
  roundsOf,
  sentBack,
} from '../../../runner/core/review/rounds.js';

const STEPS: Step[] = [
  { id: 'install', run: 'x' },
  { id: 'other', run: 'x' },
  { id: 'fix', agent: 'x', needs: ['install'] },
  { id: 'format', run: 'x', needs: ['fix'] },
  { id: 'verify', check: 'x', needs: ['format'] },
  { id: 'look', review: 'x', by: 'reviewer', fix: 'fix', needs: ['verify'] },
  { id: 'ship', ship: {} },
];
const nodes = graphOf({ formula: 'f', version: 1, steps: STEPS });
const done = (leftIgnored = false): StepStatus => ({
  ...{ state: 'succeeded', attempt: 1, startedAt: '', durationMs: 1, snapshot: 'a'.repeat(40) },
  ...(leftIgnored ? { leftIgnored } : {}),
});
const round = (number: number, rest: Partial<Round> = {}): Round => ({
  ...{ review: 'look', fix: 'fix', number, at: `2026-01-0${String(number)}T00:00:00Z`, findings: [] },
  snapshot: String(number).repeat(40),
  ...rest,
});
const statuses = (leftIgnored: boolean): Record<string, StepStatus> => ({
  install: done(leftIgnored),
  other: done(),
  fix: done(),
  format: done(),
  verify: done(),
  look: { state: 'running', attempt: 1, startedAt: '' },
  ship: { state: 'pending' },
});
const pendingOf = (from: ReturnType<typeof sentBack>): readonly string[] =>
  Object.entries(from).flatMap(([key, { state }]) => (state === 'pending' ? [key] : []));

test('the fix and all that started from it come again, and nothing else', () => {
  const after = sentBack(nodes, statuses(false), [round(1)]);
  assert.equal(pendingOf(after), ['fix', 'format', 'verify', 'look', 'ship']);
});

test('what came before it stands, also where it left files that git ignores', () => {
  const after = sentBack(nodes, statuses(true), [round(1)]);
  assert.equal(pendingOf(after), ['fix', 'format', 'verify', 'look', 'ship']);
  assert.equal(after['install'], done(true));
});

test('rounds are bounded for each review, and there are none without a fix', () => {
  const left = (step: Partial<Step>, before: number): number =>
    roundsLeft(
      { id: 'look', fix: 'fix', ...step },
      Array.from({ length: before }, (_, index) => round(index + 1)),
    );
  assert.equal([left({}, 0), left({}, 1), left({}, 2), left({}, 3)], [2, 1, 0, 0]);
  assert.equal([left({ rounds: 0 }, 0), left({ rounds: 5 }, 4)], [0, 1]);
  assert.is(roundsLeft({ id: 'look' }, []), 0);
  assert.is(roundsOf({ rounds: [round(1), round(1, { review: 'else' })] }, 'look').length, 1);
});

test('a fix starts from what was reviewed last, and answers each review that sent it back then', () => {
  const rounds = [round(1), round(2), round(2, { review: 'style' }), round(3, { fix: 'else' })];
  assert.is(reviewedBefore(rounds, 'fix' as StepKey), '2'.repeat(40));
  assert.is(reviewedBefore(rounds, 'format' as StepKey), null);
  assert.is(reviewedBefore(undefined, 'fix' as StepKey), null);
  assert.equal(
    openRounds(rounds, 'fix' as StepKey).map(({ review }) => review),
    ['look', 'style'],
  );
});

test('where a step that gets secrets is to come, no commit of a record is what a fix starts from', () => {
  const secret = graphOf({
    formula: 'f',
    version: 1,
    steps: STEPS.map((step) => (step.id === 'verify' ? { ...step, secrets: ['T'] } : step)),
  });
  const open = { ...statuses(false), verify: { state: 'pending' as const } };
  assert.equal(
    provenRounds(secret, open, [round(1)])?.map(({ snapshot }) => snapshot),
    [undefined],
  );
  assert.equal(provenRounds(nodes, open, [round(1)]), [round(1)]);
  assert.equal(provenRounds(nodes, open, [round(1, { fix: 'gone' })]), [], 'a step that is not there');
  assert.is(provenRounds(nodes, open, undefined), undefined);
});

test.run();
