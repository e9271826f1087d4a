import { NO_USAGE } from '../../core/agents/usage.js';
import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import { graphOf, workspaceSource, type Node, type Statuses } from '../../core/graph.js';
import { epochMs, later, type CommitId, type RunId, type StepKey, type TreeId } from '../../core/ids.js';
import { runBudgetMs } from '../../core/plan.js';
import { baseOf } from '../../core/record.js';
import { compareRuns, type Compared, type Difference, type Outcome } from '../../core/replay/compare.js';
import { scratchRun } from '../../core/replay/scratch.js';
import { takenSteps, type Wanted } from '../../core/replay/taken.js';
import type { StepStatus } from '../../generated/types.js';
import { inputsOf } from '../desired.js';
import { Ledger } from '../run/agents/ledger.js';
import type { RunContext, StepFacts } from '../run/context.js';
import { runGraph } from '../run/run-graph.js';
import { RunSecrets } from '../run/secrets.js';
import type { StepResult } from '../run/step-result.js';
import { Trees } from '../run/trees.js';
import { RUNNER, type Tools } from '../tools.js';
import { readWorld } from '../world.js';
import { inForce, type InForce } from './in-force.js';
import { readRecordedRun, type RecordedRun } from './recorded.js';
import { ScratchJournal, dropReplayRefs, scratchTools } from './scratch.js';
import { Talks } from './talks.js';

/** What came of a replay. */
export interface Replayed {
  readonly run: string;
  readonly base: CommitId;
  readonly formula: string;
  readonly steps: readonly Compared[];
  /** What differs between the trees of the first difference, if it is one of trees; null where that cannot be told. */
  readonly diff: string | null;
}

const DIFF_BYTES = 64 * 1024;

/**
 * Does a run's steps again from what it was given: the commit it began on, its formula and its order. Nothing of it is written to the ops branch, to
 * a branch or to a remote, and nothing is left of it. Fails where it cannot be done at all.
 */
export async function replayRun(
  tools: Tools,
  branch: string,
  name: string,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Result<Replayed>> {
  const recorded = await readRecordedRun(tools, name);
  if (!recorded.ok) return recorded;
  const { run } = recorded.value.record;
  const world = await readWorld(tools, branch);
  if (!world.ok) return world;
  const found = await inForce(tools, branch, world.value, run);
  if (!found.ok) return found;
  const nodes = graphOf(found.value.loaded.formula).map(withoutCaches);
  const unknown = wanted.step !== null && !nodes.some((node) => isNamed(node, wanted.step));
  if (unknown)
    return fail({
      class: 'state-conflict',
      what: `run ${run.id} has no step ${wanted.step ?? ''}`,
      hint: `Its steps are ${nodes.map(({ key }) => key).join(', ')}.`,
    });
  const scratch = scratchRun(run.id, tools.processes.self().pid);
  const own = scratchTools(tools);
  const left = await leftBy(tools, recorded.value, nodes);
  const talks = new Talks(recorded.value, nodes);
  const { project } = found.value.desired;
  const taken = takenSteps(
    nodes,
    run.steps,
    project,
    wanted,
    (key) => left.has(key),
    (key) => talks.mute(key),
    recorded.value.rounds,
  );
  const ready = await replayable(own, recorded.value, found.value, nodes, taken, wanted);
  if (ready !== null) return fail(ready);
  // The policy of today says what may be reached.
  const { policy, policyDigest } = world.value.desired;
  const at = { ...found.value, desired: { ...found.value.desired, policy, policyDigest } };
  const context = {
    ...(await scratchContext(own, recorded.value, at, nodes, taken, left, scratch, signal)),
    models: (step: StepKey) => (wanted.live ? null : talks.models(step)),
  };
  const trees = new Trees(context);
  try {
    const ran = await runGraph(context, at.desired, trees);
    if (!ran.ok) return ran;
    if (signal.aborted)
      return fail({ class: 'state-conflict', what: 'the replay was stopped', hint: 'Start it again.' });
    if (ran.value === 'anew') throw new Error('a replay ships nothing, and starts nothing anew');
    const wentElsewhere = (key: string): Difference | null =>
      talks.difference(key, context.facts.get(key)?.transcript ?? '');
    return ok(await compared(context, recorded.value, nodes, taken, ran.value, wentElsewhere));
  } finally {
    await trees.closeAll();
    await own.runFiles.remove(scratch);
    await own.runFiles.forget(scratch);
    await dropReplayRefs(own, (other) => other === scratch);
  }
}

/** The trees that steps left and that are there still: as their snapshots, or as what shipped. */
async function leftBy(
  { repository }: Tools,
  { record: { run }, facts }: RecordedRun,
  nodes: readonly Node[],
): Promise<ReadonlyMap<string, TreeId>> {
  const left = new Map<string, TreeId>();
  for (const { key } of nodes) {
    const status = run.steps[key];
    if (status?.state !== 'succeeded') continue;
    const recorded = facts(key).tree;
    const found =
      (await repository.tree(status.snapshot as CommitId)) ??
      // A tree's name stands for itself.
      (recorded === null ? null : await repository.tree(recorded as CommitId));
    if (found !== null) left.set(key, found);
  }
  return left;
}

const isNamed = (node: Node, step: string | null): boolean => node.key === step || node.step.id === step;

/** A cache outlives runs: what a replay finds in it nobody recorded, and what it leaves others would find. */
function withoutCaches(node: Node): Node {
  const { cache: _, ...step } = node.step;
  return { ...node, step };
}

/** Why the run cannot be done again here; null if it can. */
async function replayable(
  tools: Tools,
  { record: { run } }: RecordedRun,
  { desired }: InForce,
  nodes: readonly Node[],
  taken: ReadonlyMap<string, string>,
  wanted: Wanted,
): Promise<Failure | null> {
  const open = nodes.filter(({ key }) => !taken.has(key));
  if (open.length === 0)
    return {
      class: 'state-conflict',
      what: `no step of run ${run.id} can be replayed: ${[...taken].map(([key, why]) => `${key}: ${why}`).join('; ')}`,
      hint: '`--network` runs steps that reach a network, `--live` has agents work anew.',
    };
  const driver = await tools.sandbox(run.driver);
  for (const image of new Set(open.map(({ step }) => step.image ?? desired.project.sandbox?.image))) {
    const failure = await driver.unavailable(image);
    if (failure !== null) return failure;
  }
  if (wanted.step === null) return null;
  for (const node of open) {
    const source = workspaceSource(nodes, run.steps, node.key);
    const left = source === null ? undefined : run.steps[source];
    if (left?.state === 'succeeded' && left.leftIgnored === true)
      return {
        class: 'state-conflict',
        what: `step ${node.key} went on with files of ${source ?? ''} that git ignores, and no record has them`,
        hint: 'Replay the whole run.',
      };
  }
  return null;
}

async function scratchContext(
  tools: Tools,
  { record }: RecordedRun,
  { desired, loaded }: InForce,
  nodes: readonly Node[],
  taken: ReadonlyMap<string, string>,
  left: ReadonlyMap<string, TreeId>,
  scratch: RunId,
  signal: AbortSignal,
): Promise<RunContext> {
  const { run } = record;
  const steps: Record<string, StepStatus> = {};
  for (const node of nodes) steps[node.key] = startingStatus(node, run.steps, taken);
  const journal = new ScratchJournal({ state: 'active', record: { ...record, run: { ...run, steps } } });
  const endsAt = later(tools.clock.now(), runBudgetMs(loaded.formula, record.order));
  tools.scanner.prepare();
  const report: Tools['report'] = (event) => {
    if (!('step' in event) || !taken.has(event.step)) tools.report(event);
  };
  return {
    tools: { ...tools, report },
    project: desired.project,
    policy: desired.policy,
    policyDigest: desired.policyDigest,
    loaded,
    nodes,
    inputs: inputsOf(loaded.formula, record.order.inputs),
    base: baseOf(run),
    merge: run.merge ?? null,
    run: scratch,
    journal,
    driver: await tools.sandbox(run.driver),
    signal,
    remainingMs: () => epochMs(endsAt) - epochMs(tools.clock.now()),
    facts: new Map<string, StepFacts>(),
    secrets: new RunSecrets(tools.secrets, desired.project, desired.policy, loaded.formula),
    ledger: new Ledger(loaded.formula.budget, { spent: NO_USAGE }),
    resumed: false,
    approved: null,
    asks: { request: null },
    begin: Promise.resolve(true),
    recorded: (node, input) => (taken.has(node.key) ? fromRecord(tools, node, run.steps, left, input) : null),
  };
}

/** A step that is to ship would have the run kept up with the project. */
function startingStatus({ key, kind }: Node, recorded: Statuses, taken: ReadonlyMap<string, string>): StepStatus {
  const status = recorded[key];
  if (kind === 'ship') return { state: 'skipped', because: 'a replay ships nothing' };
  return taken.has(key) && status?.state === 'skipped' ? status : { state: 'pending' };
}

/** How a step that is taken from the record ended. What leaves files as they are goes on with those of the replay. */
async function fromRecord(
  { repository, clock }: Tools,
  { key, kind }: Node,
  recorded: Statuses,
  left: ReadonlyMap<string, TreeId>,
  input: CommitId,
): Promise<Result<StepResult>> {
  const status = recorded[key];
  if (status?.state === 'failed') return fail(status.failure as Failure);
  if (status?.state !== 'succeeded')
    return fail({ class: 'state-conflict', what: `step ${key} did not come to its end`, hint: 'It is not replayed.' });
  const { outputs } = status;
  const answer = { ...(outputs === undefined ? {} : { outputs }) };
  if (kind !== 'run' && kind !== 'agent') return ok({ snapshot: input, ...answer });
  const tree = left.get(key);
  if (tree !== undefined) {
    const commit = await repository.commitTree(tree, [input], `${key}, from the record\n`, RUNNER, clock.now());
    return commit.ok ? ok({ snapshot: commit.value, ...answer }) : commit;
  }
  return fail({
    class: 'state-conflict',
    what: `what step ${key} left is not kept any more`,
    hint: 'Snapshots go when an order is done; `--network` runs a step that reaches a network.',
  });
}

async function compared(
  { tools, facts }: RunContext,
  { record: { run }, facts: evidence }: RecordedRun,
  nodes: readonly Node[],
  taken: ReadonlyMap<string, string>,
  statuses: Statuses,
  talk: (key: string) => Difference | null,
): Promise<Replayed> {
  const { repository } = tools;
  const treeOf = async (status: StepStatus | undefined): Promise<string | null> =>
    status?.state === 'succeeded' ? repository.tree(status.snapshot as CommitId) : null;
  const before = new Map<string, Outcome>();
  const now = new Map<string, Outcome>();
  for (const { key } of nodes) {
    const was = evidence(key);
    const is = facts.get(key);
    before.set(key, { ...was, status: run.steps[key] ?? null, tree: was.tree ?? (await treeOf(run.steps[key])) });
    now.set(key, {
      status: statuses[key] ?? null,
      exitCode: is?.exitCode ?? null,
      tree: await treeOf(statuses[key]),
      logDigest: is === undefined ? null : `sha256:${tools.sha256(is.log)}`,
      imageDigest: is?.imageDigest ?? null,
    });
  }
  const of = (outcomes: ReadonlyMap<string, Outcome>, key: string): Outcome => {
    const outcome = outcomes.get(key);
    if (outcome === undefined) throw new RangeError(`no step ${key}`);
    return outcome;
  };
  const steps = compareRuns(
    nodes,
    taken,
    (key) => of(before, key),
    (key) => of(now, key),
    talk,
  );
  const first = steps.find(({ difference }) => difference !== null)?.difference;
  const diff = first?.what === 'tree' ? await treeDiff(repository, run.steps[first.step], statuses[first.step]) : null;
  return { run: run.id, base: baseOf(run), formula: run.formula, steps, diff };
}

/** Of the snapshots themselves: the recorded one goes when its order is done. */
async function treeDiff(
  repository: Tools['repository'],
  was: StepStatus | undefined,
  is: StepStatus | undefined,
): Promise<string | null> {
  if (was?.state !== 'succeeded' || is?.state !== 'succeeded') return null;
  if ((await repository.tree(was.snapshot as CommitId)) === null) return null;
  const patch = await repository.patch(was.snapshot as CommitId, is.snapshot as CommitId, DIFF_BYTES);
  return patch.ok ? patch.value : null;
}
