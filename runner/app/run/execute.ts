import type { RunRecord, VaultRequest } from '../../generated/types.js';
import { ok, type Failure, type Result } from '../../core/failure.js';
import { graphOf, resumeFrom } from '../../core/graph.js';
import { later, type CommitId, type Instant } from '../../core/ids.js';
import { withoutResult } from '../../core/landing.js';
import { MOST_LOST, givenUp, lostAgain } from '../../core/lost.js';
import type { LoadedFormula } from '../../core/observed.js';
import type { ActiveOrder, StoredOrder } from '../../core/record.js';
import { unproven } from '../../core/secrets/unproven.js';
import type { Desired } from '../desired.js';
import { driverOf } from '../observe.js';
import type { Tools } from '../tools.js';
import { firedRequest, recheck } from '../vault/recheck.js';
import { dropBranch } from '../vault/write.js';
import type { World } from '../world.js';
import { bringHere } from './bring-here.js';
import type { Executed } from './finish.js';
import { claim } from './claim.js';
import { goOnByItself, leaseMs, notApproved, takenRun, vouched } from './go-on.js';
import { requeue } from './start-over.js';
import { heldBack, oddRun } from './trust.js';
import { runClaimed, type Afterwards } from './run-claimed.js';
import { startRun, type Start } from './start.js';

/**
 * Claims an order and runs it to its end. One that people approved runs on the base that they saw, and the request is fired by the claim itself, so
 * that it is used once. Null: another runner was faster.
 */
export async function executeOrder(
  tools: Tools,
  world: World,
  from: StoredOrder,
  loaded: LoadedFormula,
  approved: VaultRequest | null,
  signal: AbortSignal,
  afterwards: Afterwards,
): Promise<Result<Executed | null>> {
  const nodes = graphOf(loaded.formula, from.record.order.checks);
  const now = tools.clock.now();
  if (approved !== null) {
    const wrong = await recheck(tools, world.desired.policy, approved, from);
    if (!wrong.ok) return ok({ stopped: wrong.failure });
    if (wrong.value !== null) return ok({ stopped: notApproved(approved, wrong.value) });
  } else if (from.record.run?.pausedAt !== undefined) {
    return goOnByItself(tools, world, from, loaded, signal, afterwards);
  }
  const { desired, base: tip } = world;
  const base = approved === null ? tip : (approved.subject.base as CommitId);
  const start = await startRun(tools, desired, loaded.formula, nodes, from.record, base, now);
  const to = claimedOrder(tools, desired, from, loaded, start, approved, now);
  const end = { at: now, outcome: 'done' as const, reason: `started ${to.record.run.id}` };
  const claimed =
    approved === null
      ? await claim(tools, desired, from, to, 'claim')
      : await claim(tools, desired, from, to, 'approve', {
          request: { ...approved, end },
          from: 'approved',
          to: 'fired',
        });
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
  const away = await bringHere(tools, run, from.record.id);
  if (!away.ok) return ok({ stopped: away.failure });
  const odd = away.value ?? (await oddRun(tools, desired, loaded, run, base));
  if (odd !== null) return requeue(tools, desired.project, from, odd);
  const held = await heldBack(tools, desired, loaded, from);
  if (!held.ok) return ok({ stopped: held.failure });
  if (held.value !== null) return requeue(tools, desired.project, from, held.value);
  const approved = await firedRequest(tools, desired.policy, from);
  if (!approved.ok) return ok({ stopped: approved.failure });
  const lost = lostAgain(run);
  const steps =
    lost.times < MOST_LOST
      ? unproven(nodes, resumeFrom(nodes, run.steps))
      : givenUp(nodes, run.steps, lostFailure(from, lost), tools.clock.now());
  const taken = { ...takenRun(tools, desired, vouched(nodes, run)), lost, steps: { ...steps } };
  const claimed = await claim(
    tools,
    desired,
    from,
    { state: 'active', record: { ...from.record, run: taken } },
    'resume',
  );
  if (!claimed.ok || claimed.value === null) return claimed.ok ? ok(null) : claimed;
  const how = { signal, afterwards, resumed: true, approved: approved.value };
  return ok(await runClaimed(tools, desired, claimed.value, loaded, nodes, how));
}

const lostFailure = ({ record: { id, run } }: ActiveOrder, { times }: { readonly times: number }): Failure => ({
  class: 'runner-lost',
  order: id,
  claimant: `${run.claimant.host}/${String(run.claimant.pid)}`,
  times,
});

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
  return { state: 'active', record: { ...withoutResult(from.record), attempts: attempt, run } };
}
