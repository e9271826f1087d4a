import type { RunRecord, VaultRequest } from '../../generated/types.js';
import { ok, type Failure, type Result } from '../../core/failure.js';
import { graphOf, resumeFrom, type Node } from '../../core/graph.js';
import { durationMs, epochMs, later, type CommitId, type Instant } from '../../core/ids.js';
import { withoutWaiting } from '../../core/move.js';
import { runBudgetMs } from '../../core/plan.js';
import { MOST_LOST, givenUp, lostAgain } from '../../core/lost.js';
import type { LoadedFormula } from '../../core/observed.js';
import { baseOf, runId, type ActiveOrder, type StoredOrder } from '../../core/record.js';
import { unproven } from '../../core/secrets/unproven.js';
import { inputsOf, type Desired } from '../desired.js';
import { driverOf, readPauseAt } from '../observe.js';
import type { Tools } from '../tools.js';
import { firedRequest, recheck } from '../vault/recheck.js';
import { dropBranch } from '../vault/write.js';
import type { World } from '../world.js';
import type { RunContext, StepFacts } from './context.js';
import { finish, type Executed } from './finish.js';
import { Journal, claim } from './journal.js';
import { rebase } from './rebase.js';
import { runGraph } from './run-graph.js';
import { RunSecrets } from './secrets.js';
import { Trees } from './trees.js';
import { requeue, startOver } from './start-over.js';
import { heldBack, oddRun } from './trust.js';
import { dropRefs, holdMerge, startRun, type Start } from './start.js';

/** Takes what is left to do after a run; nothing waits for it but the end of the tick. */
export type Afterwards = (work: Promise<void>) => void;

/**
 * Claims an order and runs it to its end. One that people approved runs on the base that they saw, and the request is fired by the claim itself, so
 * that it is used once. Null: another runner was faster.
 */
export async function executeOrder(
  tools: Tools,
  { desired, base: tip }: World,
  from: StoredOrder,
  loaded: LoadedFormula,
  approved: VaultRequest | null,
  signal: AbortSignal,
  afterwards: Afterwards,
): Promise<Result<Executed | null>> {
  const nodes = graphOf(loaded.formula);
  const now = tools.clock.now();
  if (approved !== null) {
    const wrong = await recheck(tools, desired.policy, approved, from);
    if (wrong !== null) return ok({ stopped: notApproved(approved, wrong) });
  }
  const base = approved === null ? tip : (approved.subject.base as CommitId);
  const start = await startRun(tools, desired, loaded.formula, nodes, from.record, base, now);
  const to = claimedOrder(tools, desired, from, loaded, start, approved, now);
  const end = { at: now, outcome: 'done' as const, reason: `started ${to.record.run.id}` };
  const claimed =
    approved === null
      ? await claim(tools, from, to, 'claim')
      : await claim(tools, from, to, 'approve', { request: { ...approved, end }, from: 'approved', to: 'fired' });
  if (!claimed.ok || claimed.value === null) return claimed.ok ? ok(null) : claimed;
  if (approved !== null) await dropBranch(tools, approved.id);
  return ok(
    await runClaimed(tools, desired, claimed.value, loaded, nodes, {
      signal,
      afterwards,
      resumed: false,
      approved: null,
    }),
  );
}

const notApproved = ({ id }: VaultRequest, why: string): Failure => ({
  class: 'state-conflict',
  what: `the request ${id} says that it is approved, and it is not: ${why}`,
  hint: `Take the file back with \`git revert\` on the ops branch, or reject it: pushpals vault reject ${id}.`,
});

/** Takes over an order whose runner died, and goes on from its last snapshot commits. */
export async function resumeOrder(
  tools: Tools,
  { desired, base }: World,
  from: ActiveOrder,
  loaded: LoadedFormula,
  signal: AbortSignal,
  afterwards: Afterwards,
): Promise<Result<Executed | null>> {
  const nodes = graphOf(loaded.formula);
  const { run } = from.record;
  if (tools.sharing !== null && run.claimant.host !== tools.processes.self().host) {
    const fetched = await tools.sharing.fetchRun(run.id, from.record.id);
    if (!fetched.ok) return ok({ stopped: fetched.failure });
  }
  const odd = await oddRun(tools, desired, loaded, run, base);
  if (odd !== null) return requeue(tools, from, odd);
  const held = await heldBack(tools, desired, loaded, from);
  if (held !== null) return requeue(tools, from, held);
  const lost = lostAgain(run);
  const steps =
    lost.times < MOST_LOST
      ? unproven(nodes, resumeFrom(nodes, run.steps))
      : givenUp(nodes, run.steps, lostFailure(from, lost), tools.clock.now());
  const taken = { ...takenRun(tools, desired, run), lost, steps: { ...steps } };
  const claimed = await claim(tools, from, { state: 'active', record: { ...from.record, run: taken } }, 'resume');
  if (!claimed.ok || claimed.value === null) return claimed.ok ? ok(null) : claimed;
  const approved = await firedRequest(tools, desired.policy, claimed.value);
  return ok(
    await runClaimed(tools, desired, claimed.value, loaded, nodes, { signal, afterwards, resumed: true, approved }),
  );
}

const lostFailure = ({ record: { id, run } }: ActiveOrder, { times }: { readonly times: number }): Failure => ({
  class: 'runner-lost',
  order: id,
  claimant: `${run.claimant.host}/${String(run.claimant.pid)}`,
  times,
});

/**
 * Goes on with a run that waited for people. What they approved is written down as intended before it is done. Where the base moved on
 * meanwhile, the result is rebuilt on it first and its checks run again.
 */
export async function goOn(
  tools: Tools,
  { desired, base }: World,
  from: StoredOrder,
  loaded: LoadedFormula,
  approved: VaultRequest,
  signal: AbortSignal,
  afterwards: Afterwards,
): Promise<Result<Executed | null>> {
  const nodes = graphOf(loaded.formula);
  const { run } = from.record;
  if (run === undefined || from.state !== 'waiting') throw new Error(`${from.record.id} has no run to go on with`);
  const odd = await oddRun(tools, desired, loaded, run, base);
  if (odd !== null) return startOver(tools, from, approved, odd);
  const wrong = await recheck(tools, desired.policy, approved, from);
  if (wrong !== null) return ok({ stopped: notApproved(approved, wrong) });
  const again = { ...run, steps: { ...unproven(nodes, resumeFrom(nodes, run.steps)) } };
  const rebuilt = approved.kind === 'budget' ? ok(again) : await rebase(tools, nodes, again, base);
  if (!rebuilt.ok) {
    const { failure } = rebuilt;
    const why =
      failure.class === 'merge-conflict'
        ? `the project moved on, and the result does not fit any more: ${failure.paths.join(', ')}`
        : `the result cannot be rebuilt (${failure.class})`;
    return startOver(tools, from, approved, why);
  }
  const now = tools.clock.now();
  const waited = epochMs(now) - epochMs(from.record.waiting.since as Instant);
  const waitedMs = (run.waitedMs ?? 0) + Math.max(0, waited);
  const budgetMs = runBudgetMs(loaded.formula, from.record.order);
  // What was granted begins now: a run whose machine was away for hours is long over its time, and would be asked about again at once.
  const over = Math.max(0, epochMs(now) - endOf({ ...run, waitedMs }, budgetMs));
  const taken: RunRecord = {
    ...takenRun(tools, desired, rebuilt.value),
    waitedMs,
    request: approved.id,
    ...(approved.kind === 'budget' ? { grantedMs: (run.grantedMs ?? 0) + over + budgetMs } : {}),
  };
  const outcome = approved.kind === 'merge' ? ('intended' as const) : ('done' as const);
  const request = { ...approved, end: { at: now, outcome } };
  const to: ActiveOrder = { state: 'active', record: { ...withoutWaiting(from.record), run: taken } };
  const claimed = await claim(tools, from, to, 'approve', { request, from: 'approved', to: 'fired' });
  if (!claimed.ok || claimed.value === null) return claimed.ok ? ok(null) : claimed;
  await dropBranch(tools, approved.id);
  return ok(
    await runClaimed(tools, desired, claimed.value, loaded, nodes, {
      signal,
      afterwards,
      resumed: false,
      approved: request,
    }),
  );
}

const takenRun = (tools: Tools, desired: Desired, run: RunRecord): RunRecord => ({
  ...run,
  claimant: tools.processes.self(),
  leaseUntil: later(tools.clock.now(), leaseMs(desired)),
});

const leaseMs = ({ project }: Desired): number => durationMs(project.runner?.lease ?? '5m');

function claimedOrder(
  tools: Tools,
  desired: Desired,
  from: StoredOrder,
  loaded: LoadedFormula,
  start: Start,
  approved: VaultRequest | null,
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
    ...(approved === null ? {} : { start: approved.id }),
    ...start,
  };
  return { state: 'active', record: { ...withoutWaiting(from.record), attempts: attempt, run } };
}

/** When a run has used up its time, in milliseconds since the epoch; what people took to answer does not count. */
function endOf({ claimedAt, waitedMs = 0, grantedMs = 0 }: RunRecord, budgetMs: number): number {
  return epochMs(claimedAt as Instant) + waitedMs + grantedMs + budgetMs;
}

async function runClaimed(
  tools: Tools,
  desired: Desired,
  order: ActiveOrder,
  loaded: LoadedFormula,
  nodes: readonly Node[],
  how: {
    readonly signal: AbortSignal;
    readonly afterwards: Afterwards;
    readonly resumed: boolean;
    readonly approved: VaultRequest | null;
  },
): Promise<Executed | null> {
  const { signal: stop, afterwards, resumed, approved } = how;
  const { run } = order.record;
  const driver = await tools.sandbox(run.driver);
  const journal = new Journal(tools, order, desired.project.runner?.lease ?? '5m');
  const [lost, paused] = [new AbortController(), new AbortController()];
  const endsAt = endOf(run, runBudgetMs(loaded.formula, order.record.order));
  const context: RunContext = {
    tools,
    project: desired.project,
    policy: desired.policy,
    policyDigest: desired.policyDigest,
    loaded,
    nodes,
    inputs: inputsOf(loaded.formula, order.record.order.inputs),
    get base() {
      return baseOf(journal.order.record.run);
    },
    merge: run.merge ?? null,
    run: runId(run),
    journal,
    driver,
    signal: AbortSignal.any([stop, lost.signal, paused.signal]),
    remainingMs: () => endsAt - epochMs(tools.clock.now()),
    facts: new Map<string, StepFacts>(),
    secrets: new RunSecrets(tools.secrets, desired.project, desired.policy, loaded.formula),
    resumed,
    approved,
    asks: { request: null },
    begin: Promise.resolve(true),
  };
  tools.scanner.prepare();
  tools.report({ event: 'started', order: order.record.id, run: run.id, formula: run.formula, resumed });
  if (driver.warning !== null) tools.report({ event: 'warning', text: driver.warning });
  const trees = new Trees(context);
  const watching = watchClaim(tools, journal, lost, paused);
  // What cannot be watched any more is not gone on with; why is told at the end.
  watching.catch(() => {
    lost.abort();
  });
  try {
    const held = await holdMerge(tools, run);
    if (!held.ok) return { stopped: held.failure };
    const ran = await runGraph(context, desired, trees);
    if (!ran.ok) return { stopped: ran.failure };
    if (ran.value === 'anew') {
      const why = 'the project changed how it wants to be worked on';
      const requeued = await requeue(tools, journal.order, why);
      if (!requeued.ok) return { stopped: requeued.failure };
      await dropRefs(tools, run, Object.keys(run.steps));
      return null;
    }
    if (stop.aborted) return { stopped: 'interrupted' };
    if (lost.signal.aborted) return { stopped: { class: 'claim-lost', order: order.record.id } };
    if (paused.signal.aborted) return { stopped: 'paused' };
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
/** How often a run looks for what others decided. */
const SHARED_MS = 5_000;

/** Ends the run when its order was cancelled or taken over, and where a pause says that nothing goes on. */
async function watchClaim(
  tools: Tools,
  journal: Journal,
  lost: AbortController,
  paused: AbortController,
): Promise<void> {
  let seen: CommitId | null = null;
  while (!lost.signal.aborted) {
    await tools.clock.sleep(WATCH_MS, lost.signal);
    if (lost.signal.aborted) return;
    await journal.renew();
    // What others decided of the order comes in with what is fetched.
    await tools.sharing?.fresh(SHARED_MS);
    const tip = await tools.ops.tip();
    if (tip === null || tip === seen) continue;
    seen = tip;
    if (!(await journal.held())) lost.abort();
    else if ((await readPauseAt(tip, tools))?.now === true) paused.abort();
  }
}
