import type { RunRecord } from '../../generated/types.js';
import { ok, type Result } from '../../core/failure.js';
import { graphOf, resumeFrom, type Node } from '../../core/graph.js';
import { durationMs, epochMs, later, type CommitId, type Instant } from '../../core/ids.js';
import { runBudgetMs, withoutWaiting } from '../../core/plan.js';
import type { LoadedFormula } from '../../core/observed.js';
import { baseOf, runId, type ActiveOrder, type StoredOrder } from '../../core/record.js';
import { inputsOf, type Desired } from '../desired.js';
import { driverOf } from '../observe.js';
import type { Tools } from '../tools.js';
import type { RunContext, StepFacts } from './context.js';
import { finish, type Executed } from './finish.js';
import { Journal, claim } from './journal.js';
import { runGraph } from './run-graph.js';
import { Trees } from './trees.js';
import { holdMerge, startRun, type Start } from './start.js';

/** Takes what is left to do after a run; nothing waits for it but the end of the tick. */
export type Afterwards = (work: Promise<void>) => void;

/** Claims an order and runs it to its end. Null: another runner was faster. */
export async function executeOrder(
  tools: Tools,
  desired: Desired,
  from: StoredOrder,
  loaded: LoadedFormula,
  base: CommitId,
  signal: AbortSignal,
  afterwards: Afterwards,
): Promise<Result<Executed | null>> {
  const nodes = graphOf(loaded.formula);
  const now = tools.clock.now();
  const start = await startRun(tools, desired, loaded.formula, nodes, from.record, base, now);
  const claimed = await claim(tools, from, claimedOrder(tools, desired, from, loaded, start, now), 'claim');
  if (!claimed.ok || claimed.value === null) return claimed.ok ? ok(null) : claimed;
  return ok(await runClaimed(tools, desired, claimed.value, loaded, nodes, signal, afterwards, false));
}

/** Takes over an order whose runner died, and goes on from its last snapshot commits. */
export async function resumeOrder(
  tools: Tools,
  desired: Desired,
  from: ActiveOrder,
  loaded: LoadedFormula,
  signal: AbortSignal,
  afterwards: Afterwards,
): Promise<Result<Executed | null>> {
  const nodes = graphOf(loaded.formula);
  const now = tools.clock.now();
  const { run } = from.record;
  const taken: RunRecord = {
    ...run,
    claimant: tools.processes.self(),
    leaseUntil: later(now, leaseMs(desired)),
    steps: { ...resumeFrom(nodes, run.steps) },
  };
  const claimed = await claim(tools, from, { state: 'active', record: { ...from.record, run: taken } }, 'resume');
  if (!claimed.ok || claimed.value === null) return claimed.ok ? ok(null) : claimed;
  return ok(await runClaimed(tools, desired, claimed.value, loaded, nodes, signal, afterwards, true));
}

const leaseMs = ({ project }: Desired): number => durationMs(project.runner?.lease ?? '5m');

function claimedOrder(
  tools: Tools,
  desired: Desired,
  from: StoredOrder,
  loaded: LoadedFormula,
  start: Start,
  now: Instant,
): ActiveOrder {
  const attempt = from.record.attempts + 1;
  const run: RunRecord = {
    id: `${from.record.id}-${String(attempt)}`,
    attempt,
    claimedAt: now,
    claimant: tools.processes.self(),
    leaseUntil: later(now, leaseMs(desired)),
    formula: loaded.formula.formula,
    formulaDigest: loaded.digest,
    ...(loaded.formula.agent === undefined ? {} : { agent: loaded.formula.agent }),
    driver: driverOf(desired),
    ...start,
  };
  return { state: 'active', record: { ...withoutWaiting(from.record), attempts: attempt, run } };
}

async function runClaimed(
  tools: Tools,
  desired: Desired,
  order: ActiveOrder,
  loaded: LoadedFormula,
  nodes: readonly Node[],
  stop: AbortSignal,
  afterwards: Afterwards,
  resumed: boolean,
): Promise<Executed> {
  const { run } = order.record;
  const driver = await tools.sandbox(run.driver);
  const journal = new Journal(tools, order, desired.project.runner?.lease ?? '5m');
  const lost = new AbortController();
  const endsAt = epochMs(run.claimedAt as Instant) + runBudgetMs(loaded.formula, order.record.order);
  const context: RunContext = {
    tools,
    project: desired.project,
    policy: desired.policy,
    loaded,
    nodes,
    inputs: inputsOf(loaded.formula, order.record.order.inputs),
    base: baseOf(run),
    merge: run.merge ?? null,
    run: runId(run),
    journal,
    driver,
    signal: AbortSignal.any([stop, lost.signal]),
    remainingMs: () => endsAt - epochMs(tools.clock.now()),
    facts: new Map<string, StepFacts>(),
    begin: Promise.resolve(true),
  };
  tools.report({ event: 'started', order: order.record.id, run: run.id, formula: run.formula, resumed });
  if (driver.warning !== null) tools.report({ event: 'warning', text: driver.warning });
  const trees = new Trees(context);
  const watching = watchClaim(tools, journal, lost);
  try {
    const held = await holdMerge(tools, run);
    if (!held.ok) return { stopped: held.failure };
    const ran = await runGraph(context, desired, trees);
    if (!ran.ok) return { stopped: ran.failure };
    if (context.signal.aborted)
      return { stopped: stop.aborted ? 'interrupted' : { class: 'claim-lost', order: order.record.id } };
    return await finish(context, ran.value);
  } finally {
    lost.abort();
    await watching;
    afterwards(cleanUp(context, trees));
  }
}

async function cleanUp({ tools, journal, run }: RunContext, trees: Trees): Promise<void> {
  await journal.close();
  await trees.closeAll();
  await tools.runFiles.remove(run);
}

const WATCH_MS = 500;

/** Ends the run when its order was cancelled or taken over. */
async function watchClaim(tools: Tools, journal: Journal, lost: AbortController): Promise<void> {
  let seen = await tools.ops.tip();
  while (!lost.signal.aborted) {
    await tools.clock.sleep(WATCH_MS, lost.signal);
    const tip = await tools.ops.tip();
    if (lost.signal.aborted || tip === seen) continue;
    seen = tip;
    if (!(await journal.held())) lost.abort();
  }
}
