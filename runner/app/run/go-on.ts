import type { OrderRecord, RunRecord, VaultRequest } from '../../generated/types.js';
import { less, moreOf, stricter, together, type Bounded } from '../../core/agents/budget.js';
import { woken, type Over } from '../../core/awaited.js';
import { RECOVERY, ok, type Failure, type Result } from '../../core/failure.js';
import { graphOf, resumeFrom, type Node } from '../../core/graph.js';
import { durationMs, elapsedMs, epochMs, later, type Instant } from '../../core/ids.js';
import { withoutWaiting } from '../../core/move.js';
import type { LoadedFormula } from '../../core/observed.js';
import { endOfTime, runBudgetMs } from '../../core/plan.js';
import type { ActiveOrder, StoredOrder } from '../../core/record.js';
import { provenRounds } from '../../core/review/rounds.js';
import { unproven } from '../../core/secrets/unproven.js';
import type { Desired } from '../desired.js';
import type { Tools } from '../tools.js';
import { firedRequest, recheck } from '../vault/recheck.js';
import { dropBranch } from '../vault/write.js';
import type { World } from '../world.js';
import { bringHere } from './bring-here.js';
import type { Executed } from './finish.js';
import { claim } from './claim.js';
import { hasShipped } from './keep-up.js';
import { rebase } from './rebase.js';
import { runClaimed, type Afterwards } from './run-claimed.js';
import { requeue, startOver } from './start-over.js';
import { heldBack, oddRun } from './trust.js';

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
  const away = await bringHere(tools, run, from.record.id);
  if (!away.ok) return ok({ stopped: away.failure });
  const odd = away.value ?? (await oddRun(tools, desired, loaded, run, base));
  if (odd !== null) return startOver(tools, from, approved, odd);
  const wrong = await recheck(tools, desired.policy, approved, from);
  if (!wrong.ok) return ok({ stopped: wrong.failure });
  if (wrong.value !== null) return ok({ stopped: notApproved(approved, wrong.value) });
  const again = { ...vouched(nodes, run), steps: { ...unproven(nodes, resumeFrom(nodes, run.steps)) } };
  const stays = approved.kind === 'budget' || (await hasShipped(tools, from.record.id, run));
  const rebuilt = stays ? ok(again) : await rebase(tools, nodes, again, base);
  if (!rebuilt.ok) {
    const { failure } = rebuilt;
    if (RECOVERY[failure.class] === 'wait') return ok({ stopped: failure });
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
  const isTime = approved.kind === 'budget' && approved.grant === undefined;
  const taken: RunRecord = {
    ...takenRun(tools, desired, rebuilt.value),
    waitedMs,
    request: approved.id,
    ...(isTime ? { grantedMs: (run.grantedMs ?? 0) + over + budgetMs } : {}),
  };
  const outcome = approved.kind === 'merge' ? ('intended' as const) : ('done' as const);
  const request = { ...approved, end: { at: now, outcome } };
  const to: ActiveOrder = {
    state: 'active',
    record: { ...withGrant(withoutWaiting(from.record), loaded, approved), run: taken },
  };
  const claimed = await claim(tools, desired, from, to, 'approve', { request, from: 'approved', to: 'fired' });
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
  { children, unused }: Over,
  signal: AbortSignal,
  afterwards: Afterwards,
): Promise<Result<Executed | null>> {
  const nodes = graphOf(loaded.formula, from.record.order.checks);
  const { run } = from.record;
  if (run === undefined || from.state !== 'waiting') throw new Error(`${from.record.id} has no run to go on with`);
  const away = await bringHere(tools, run, from.record.id);
  if (!away.ok) return ok({ stopped: away.failure });
  const steps = unproven(nodes, resumeFrom(nodes, woken(nodes, run.steps, children)));
  const waitedMs = (run.waitedMs ?? 0) + elapsedMs(from.record.waiting.since as Instant, tools.clock.now());
  const taken: RunRecord = { ...takenRun(tools, desired, vouched(nodes, run)), waitedMs, steps: { ...steps } };
  const { given, ...rest } = withoutWaiting(from.record);
  const record = given === undefined ? rest : { ...rest, given: less(given, unused) };
  const to: ActiveOrder = { state: 'active', record: { ...record, run: taken } };
  const held = await heldBack(tools, desired, loaded, to);
  if (!held.ok) return ok({ stopped: held.failure });
  const why = away.value ?? (await oddRun(tools, desired, loaded, run, base)) ?? held.value;
  const claimed = await claim(tools, desired, from, to, 'wake');
  if (!claimed.ok || claimed.value === null) return claimed.ok ? ok(null) : claimed;
  if (why !== null) return requeue(tools, desired.project, claimed.value, why);
  return ok(
    await runClaimed(tools, desired, claimed.value, loaded, nodes, {
      signal,
      afterwards,
      resumed: true,
      approved: null,
    }),
  );
}

/** A run as who takes it over writes it down. */
export const takenRun = (tools: Tools, desired: Desired, run: RunRecord): RunRecord => ({
  ...run,
  claimant: tools.processes.self(),
  leaseUntil: later(tools.clock.now(), leaseMs(desired)),
});

/** A run without the commits that nobody vouches for where another runner goes on with it. */
export const vouched = (nodes: readonly Node[], run: RunRecord): RunRecord => {
  const rounds = provenRounds(nodes, run.steps, run.rounds);
  return rounds === undefined ? run : { ...run, rounds: [...rounds] };
};

export const leaseMs = ({ project }: Desired): number => durationMs(project.runner?.lease ?? '5m');

/**
 * What was granted, on the order's own ledger: it holds for its later runs as well. Never more than what is asked for by itself, whatever the
 * request's file says.
 */
function withGrant(record: OrderRecord, { formula }: LoadedFormula, { kind, grant }: VaultRequest): OrderRecord {
  if (kind !== 'budget' || grant === undefined) return record;
  const most = Object.keys(grant).map((what) => moreOf(what as Bounded, formula.budget, record));
  const granted = stricter(grant, most.reduce(together, {}));
  return { ...record, granted: together(record.granted ?? {}, granted) };
}

/**
 * Goes on with a run that stood still: its model did not answer, or it had used up what it may, and a person has it tried again. What it came to stands,
 * and is rebuilt where the base moved on; whatever looked at it is done again before anything ships. No attempt is used up.
 */
export async function goOnByItself(
  tools: Tools,
  { desired, base }: World,
  from: StoredOrder,
  loaded: LoadedFormula,
  signal: AbortSignal,
  afterwards: Afterwards,
): Promise<Result<Executed | null>> {
  const nodes = graphOf(loaded.formula, from.record.order.checks);
  const { run } = from.record;
  if (run?.pausedAt === undefined) throw new Error(`${from.record.id} has no run that stands still`);
  const { pausedAt, ...stood } = run;
  const away = await bringHere(tools, run, from.record.id);
  if (!away.ok) return ok({ stopped: away.failure });
  const taken = { ...takenRun(tools, desired, stood), waitedMs: stood.waitedMs ?? 0 };
  taken.waitedMs += elapsedMs(pausedAt as Instant, tools.clock.now());
  const to = (steps: RunRecord): ActiveOrder => ({
    state: 'active',
    record: { ...withoutWaiting(from.record), run: steps },
  });
  const approved = await firedRequest(tools, desired.policy, from);
  if (!approved.ok) return ok({ stopped: approved.failure });
  const held = await heldBack(tools, desired, loaded, to(taken));
  if (!held.ok) return ok({ stopped: held.failure });
  const odd = away.value ?? (await oddRun(tools, desired, loaded, run, base)) ?? held.value;
  if (odd !== null) return requeue(tools, desired.project, from, odd);
  const again = { ...vouched(nodes, taken), steps: { ...unproven(nodes, resumeFrom(nodes, run.steps)) } };
  const stays = await hasShipped(tools, from.record.id, run);
  const rebuilt = stays ? ok(again) : await rebase(tools, nodes, again, base);
  // What mends itself costs no work that was done.
  if (!rebuilt.ok && RECOVERY[rebuilt.failure.class] === 'wait') return ok({ stopped: rebuilt.failure });
  if (!rebuilt.ok) return requeue(tools, desired.project, from, `the project moved on (${rebuilt.failure.class})`);
  const claimed = await claim(tools, desired, from, to(rebuilt.value), 'claim');
  if (!claimed.ok || claimed.value === null) return claimed.ok ? ok(null) : claimed;
  const how = { signal, afterwards, resumed: true, approved: approved.value };
  return ok(await runClaimed(tools, desired, claimed.value, loaded, nodes, how));
}

export const notApproved = ({ id }: VaultRequest, why: string): Failure => ({
  class: 'state-conflict',
  what: `the request ${id} says that it is approved, and it is not: ${why}`,
  hint: `Take the file back with \`git revert\` on the ops branch, or reject it: pushpals vault reject ${id}.`,
});
