import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { graphOf } from '../../../runner/core/graph.js';
import { compareRuns, type Outcome } from '../../../runner/core/replay/compare.js';
import { replaysAs, scratchRun } from '../../../runner/core/replay/scratch.js';
import { takenSteps } from '../../../runner/core/replay/taken.js';
import type { Formula, Project, StepStatus } from '../../../runner/generated/types.js';

const nodes = graphOf({
  formula: 'f',
  version: 1,
  steps: [
    { id: 'install', run: 'npm ci', network: 'full' },
    { id: 'build', needs: ['install'], run: 'make' },
    { id: 'sign', needs: ['build'], run: 'sign', secrets: ['KEY'] },
    { id: 'test', needs: ['build'], check: 'make test' },
    { id: 'ask', needs: ['test'], approve: 'Is it good?' },
    { id: 'ship', needs: ['ask'], ship: {} },
  ],
} as unknown as Formula);
const project = { version: 1, project: 'p' } as Project;
const done = (more: object = {}): StepStatus => ({
  state: 'succeeded',
  attempt: 1,
  startedAt: '',
  durationMs: 1,
  snapshot: 'a'.repeat(40),
  ...more,
});
const all = Object.fromEntries(nodes.map(({ key }) => [key, done()]));
const taken = (
  statuses: Record<string, StepStatus>,
  {
    step = null,
    network = false,
    live = false,
    kept = true,
    mute = 'its transcript is not in the record',
  }: { step?: string | null; network?: boolean; live?: boolean; kept?: boolean; mute?: string | null } = {},
): string[] =>
  [
    ...takenSteps(
      nodes,
      statuses,
      project,
      { step, network, live },
      () => kept,
      () => mute,
    ).keys(),
  ].sort();

test('what is done outside, or cannot be done again from the record, is taken from it', () => {
  assert.equal(taken(all), ['ask', 'install', 'ship', 'sign']);
  assert.equal(taken(all, { network: true }), ['ask', 'ship', 'sign']);
  assert.equal(taken({ ...all, install: done({ leftIgnored: true }) }), ['ask', 'build', 'install', 'ship', 'sign']);
  assert.is(taken(all, { kept: false }).length, nodes.length, 'nothing starts from what is not kept');
  assert.equal(taken(all, { step: 'test' }), ['ask', 'build', 'install', 'ship', 'sign']);
  assert.equal(taken({ ...all, test: { state: 'cancelled' } }), ['ask', 'install', 'ship', 'sign', 'test']);
});

test('what an agent did is done again where it can say again what it said, or is to work anew', () => {
  const worked = graphOf({
    formula: 'f',
    version: 1,
    agent: 'a',
    steps: [
      { id: 'fix', agent: 'Mend it.' },
      { id: 'look', agent: 'Look it up.', network: ['example.org'] },
    ],
  } as unknown as Formula);
  const ended = { fix: done(), look: done() };
  const why = (mute: string | null, more: { live?: boolean; network?: boolean } = {}): Record<string, string> => {
    const wanted = { step: null, network: false, live: false, ...more };
    const kept = (): boolean => true;
    return Object.fromEntries(takenSteps(worked, ended, project, wanted, kept, () => mute));
  };
  const reaches = 'it reaches a network; --network runs it';
  assert.equal(why('it is not whole'), { fix: 'it is not whole', look: 'it is not whole' });
  assert.equal(why(null), { look: reaches });
  assert.equal(why('it is not whole', { live: true }), { look: reaches });
  assert.equal(why(null, { network: true }), {});
});

test('a review that sent the run back is had again with what it sent it back to, or neither is', () => {
  const rounds = [{ review: 'look', fix: 'fix' }];
  const reviewed = graphOf({
    ...{ formula: 'f', version: 1, agent: 'a' },
    steps: [
      { id: 'fix', agent: 'Mend it.' },
      { id: 'format', run: 'x', needs: ['fix'] },
      { id: 'look', review: 'Look.', by: 'r', fix: 'fix', needs: ['format'] },
      { id: 'late', run: 'x', network: 'full', needs: ['look'] },
    ],
  } as unknown as Formula);
  const ended = { fix: done(), format: done(), look: done(), late: done() };
  const kept = (): boolean => true;
  const taken = (
    mute: Record<string, string> = {},
    network: readonly string[] = [],
    again = rounds,
  ): readonly string[] => {
    const at = reviewed.map((node) =>
      network.includes(node.key) ? { ...node, step: { ...node.step, network: 'full' as const } } : node,
    );
    const wanted = { step: null, network: false, live: false };
    return [...takenSteps(at, ended, project, wanted, kept, (key) => mute[key] ?? null, again).keys()].sort();
  };
  assert.equal(taken(), ['late']);
  assert.equal(taken({ look: 'it is not whole' }), ['fix', 'late', 'look']);
  assert.equal(taken({ fix: 'it is not whole' }), ['fix', 'late', 'look']);
  assert.equal(taken({}, ['format']), ['fix', 'format', 'late', 'look']);
  assert.equal(taken({ look: 'it is not whole' }, [], []), ['late', 'look']);
});

const outcome = (more: Partial<Outcome> = {}): Outcome => ({
  ...{ status: done(), exitCode: 0, tree: 'aa', logDigest: 'l', imageDigest: null },
  ...more,
});
const failed = (reason: string): StepStatus =>
  ({ state: 'failed', attempt: 1, startedAt: '', durationMs: 1, failure: { class: reason } }) as unknown as StepStatus;
const compared = (before: Outcome, now: Outcome): string => {
  const [step] = compareRuns(
    nodes.slice(1, 2),
    new Map(),
    () => before,
    () => now,
    () => null,
  );
  const { difference, notes } = step ?? { difference: null, notes: [] };
  const said = difference === null ? 'same' : `${difference.what}: ${difference.recorded} → ${difference.replayed}`;
  return [said, ...notes].join('; ');
};

test('the first difference is the one that says most; what is only printed is none', () => {
  assert.is(compared(outcome(), outcome()), 'same');
  assert.is(compared(outcome(), outcome({ logDigest: 'm' })), 'same; it printed something else');
  assert.is(compared(outcome(), outcome({ tree: 'bb' })), 'tree: aa → bb');
  const bad = outcome({ status: failed('step-failed'), exitCode: 3 });
  assert.is(compared(outcome(), bad), 'state: succeeded → failed');
  assert.is(compared({ ...bad, exitCode: 2 }, bad), 'exit code: 2 → 3');
  assert.is(compared(bad, { ...bad, status: failed('timeout') }), 'failure: step-failed → timeout');
  const [ab, ba] = [done({ outputs: { a: 1, b: 2 } }), done({ outputs: { b: 2, a: 1 } })];
  assert.is(compared(outcome({ status: ab }), outcome({ status: ba })), 'same');
  assert.is(compared(outcome({ status: ab }), outcome()), 'outputs: {"a":1,"b":2} → none');
  assert.is(compared(outcome({ tree: null }), outcome()), 'same; what it left is not in the record: not compared');
});

test('the name of a replay tells its process, and no run of an order has such a name', () => {
  assert.is(replaysAs(scratchRun('fix-1', 4711)), 4711);
  assert.is(replaysAs('fix-1'), null);
  assert.is(replaysAs('replay-12'), null);
});

test.run();
