import type { RunRecord, VaultRequest } from '../../generated/types.js';
import { ok, type Failure, type Result } from '../../core/failure.js';
import { woken, type Child } from '../../core/awaited.js';
import { graphOf, resumeFrom, type Node } from '../../core/graph.js';
import { durationMs, elapsedMs, epochMs, later, type CommitId, type Instant } from '../../core/ids.js';
import { withoutWaiting } from '../../core/move.js';
import { endOfTime, runBudgetMs } from '../../core/plan.js';
import { MOST_LOST, givenUp, lostAgain } from '../../core/lost.js';
import type { LoadedFormula } from '../../core/observed.js';
import type { ActiveOrder, StoredOrder } from '../../core/record.js';
import { provenRounds } from '../../core/review/rounds.js';
import { unproven } from '../../core/secrets/unproven.js';
import type { Desired } from '../desired.js';
import { driverOf } from '../observe.js';
import type { Tools } from '../tools.js';
import { firedRequest, recheck } from '../vault/recheck.js';
import { dropBranch } from '../vault/write.js';
import type { World } from '../world.js';
import type { Executed } from './finish.js';
import { claim } from './journal.js';
import { rebase } from './rebase.js';
import { requeue, startOver } from './start-over.js';
import { heldBack, oddRun } from './trust.js';
import { runClaimed, type Afterwards } from './run-claimed.js';
import { startRun, type Start } from './start.js';

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
  const nodes = graphOf(loaded.formula, from.record.order.checks);
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
  const nodes = graphOf(loaded.formula, from.record.order.checks);
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
  const taken = { ...takenRun(tools, desired, vouched(nodes, run)), lost, steps: { ...steps } };
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
  const nodes = graphOf(loaded.formula, from.record.order.checks);
  const { run } = from.record;
  if (run === undefined || from.state !== 'waiting') throw new Error(`${from.record.id} has no run to go on with`);
  const odd = await oddRun(tools, desired, loaded, run, base);
  if (odd !== null) return startOver(tools, from, approved, odd);
  const wrong = await recheck(tools, desired.policy, approved, from);
  if (wrong !== null) return ok({ stopped: notApproved(approved, wrong) });
  const again = { ...vouched(nodes, run), steps: { ...unproven(nodes, resumeFrom(nodes, run.steps)) } };
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
  const over = Math.max(0, epochMs(now) - endOfTime({ ...run, waitedMs }, budgetMs));
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

/**
 * Goes on with a run that waited for orders which it had filed, and which have ended. Nobody was asked anything, so all that would let it be taken over from
 * a dead runner has to hold.
 */
export async function wakeOrder(
  tools: Tools,
  { desired, base }: World,
  from: StoredOrder,
  loaded: LoadedFormula,
  over: ReadonlyMap<string, Child>,
  signal: AbortSignal,
  afterwards: Afterwards,
): Promise<Result<Executed | null>> {
  const nodes = graphOf(loaded.formula, from.record.order.checks);
  const { run } = from.record;
  if (run === undefined || from.state !== 'waiting') throw new Error(`${from.record.id} has no run to go on with`);
  if (tools.sharing !== null && run.claimant.host !== tools.processes.self().host) {
    const fetched = await tools.sharing.fetchRun(run.id, from.record.id);
    if (!fetched.ok) return ok({ stopped: fetched.failure });
  }
  const steps = unproven(nodes, resumeFrom(nodes, woken(nodes, run.steps, over)));
  const waitedMs = (run.waitedMs ?? 0) + elapsedMs(from.record.waiting.since as Instant, tools.clock.now());
  const taken: RunRecord = { ...takenRun(tools, desired, run), waitedMs, steps: { ...steps } };
  const to: ActiveOrder = { state: 'active', record: { ...withoutWaiting(from.record), run: taken } };
  const why = (await oddRun(tools, desired, loaded, run, base)) ?? (await heldBack(tools, desired, loaded, to));
  const claimed = await claim(tools, from, to, 'wake');
  if (!claimed.ok || claimed.value === null) return claimed.ok ? ok(null) : claimed;
  if (why !== null) return requeue(tools, claimed.value, why);
  return ok(
    await runClaimed(tools, desired, claimed.value, loaded, nodes, {
      signal,
      afterwards,
      resumed: true,
      approved: null,
    }),
  );
}

const takenRun = (tools: Tools, desired: Desired, run: RunRecord): RunRecord => ({
  ...run,
  claimant: tools.processes.self(),
  leaseUntil: later(tools.clock.now(), leaseMs(desired)),
});

/** A run without the commits that nobody vouches for where another runner goes on with it. */
const vouched = (nodes: readonly Node[], run: RunRecord): RunRecord => {
  const rounds = provenRounds(nodes, run.steps, run.rounds);
  return rounds === undefined ? run : { ...run, rounds: [...rounds] };
};

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
    ...(from.record.spent === undefined ? {} : { usedBefore: from.record.spent }),
    ...start,
  };
  return { state: 'active', record: { ...withoutWaiting(from.record), attempts: attempt, run } };
}
