import { RECOVERY, fail, ok, type Failure, type Result } from '../core/failure.js';
import { later, type Instant } from '../core/ids.js';
import { plan, type Plan } from '../core/plan.js';
import type { StoredOrder } from '../core/record.js';
import { glance } from './forge/look.js';
import { mirrorsAgainAt } from './mirrors.js';
import { observe, readOps, type OpsView } from './observe.js';
import { Rounds, type Round } from './rounds.js';
import type { Afterwards } from './run/run-claimed.js';
import type { Stopped } from './run/finish.js';
import { SeenHistory } from './seen.js';
import { follow } from './transition.js';
import type { Tools } from './tools.js';
import type { World } from './world.js';

/** So long after a runner has last moved the branch, an engine may still come to make what that runner asked for before it was killed. */
const SETTLES_MS = 60_000;

/** What a tick did, in the order in which it ended. */
export interface TickSummary {
  readonly accepted: readonly string[];
  readonly rejected: readonly { readonly file: string; readonly failure: Failure }[];
  readonly ended: readonly { readonly order: StoredOrder; readonly failure: Failure | null }[];
  readonly stopped: readonly { readonly order: string; readonly why: Stopped }[];
  readonly waiting: readonly { readonly order: string; readonly reason: string; readonly failure?: Failure }[];
  /** Orders that waited too long for what a person has to mend or decide. */
  readonly stuck: readonly { readonly order: string; readonly why: string }[];
  readonly wakeAt: Instant | null;
  /** Why what was done here is not shared with other runners yet; null where it is, or where there are none. */
  readonly remote: Failure | null;
}

/** What the next tick would do. Writes nothing. */
export async function planTick(
  tools: Tools,
  world: World,
): Promise<Result<{ plan: Plan; view: OpsView; left: readonly { path: string; why: string }[] }>> {
  const view = await readOps(tools);
  if (!view.ok) return view;
  const listing = await tools.inbox.list(view.value.tip);
  const seen = await glance(tools, world.desired);
  const here = seen === null ? tools : { ...tools, seen };
  const observed = await observe(here, world.desired, world.base, view.value, listing);
  return ok({ plan: plan(observed), view: view.value, left: listing.unsettled });
}

/** Accepts what was dropped, starts what can start, and goes on until nothing is left to start. */
export async function tick(tools: Tools, branch: string, signal: AbortSignal): Promise<Result<TickSummary>> {
  if (!tools.dryRun) await tools.machine.ticked();
  const left: Promise<void>[] = [];
  const seen = new SeenHistory(tools);
  try {
    const ended = await untilNothingIsLeft(tools, branch, signal, seen, (work) => {
      // Whether it succeeded is told below.
      work.catch(() => undefined);
      left.push(work);
    });
    const noted = tools.dryRun ? await seen.check() : await seen.note();
    if (!ended.ok) return ended;
    if (!noted.ok) return noted;
    const { concluded, lookAt, ...summary } = ended.value;
    // Only when all is cleared away is there nothing left to do. What the work tree was behind by while runs went on it makes up for now, and nothing waits for that lag.
    const [followed] = await Promise.all([tools.dryRun || follow(tools), ...left]);
    if (!followed || concluded === null) await tools.localState.write(null);
    else await rememberIdle(tools, concluded, summary.wakeAt, lookAt);
    await tools.sharing?.flush();
    return ok({ ...summary, remote: tools.sharing?.failure() ?? null });
  } finally {
    await Promise.all(left);
  }
}

async function untilNothingIsLeft(
  tools: Tools,
  branch: string,
  signal: AbortSignal,
  seen: SeenHistory,
  afterwards: Afterwards,
): Promise<Result<TickSummary & Pick<Round, 'lookAt'> & { readonly concluded: Round['concluded'] | null }>> {
  const summary = {
    accepted: [] as string[],
    rejected: [] as TickSummary['rejected'][number][],
    ended: [] as TickSummary['ended'][number][],
    stopped: [] as TickSummary['stopped'][number][],
  };
  let failed: Failure | null = null;
  let last: Plan | null = null;
  let concluded: Round['concluded'] | null = null;
  let lookAt: Instant | null = null;
  const rounds = new Rounds({
    signal,
    afterwards,
    ended: (order, result) => {
      if (!result.ok) failed = result.failure;
      else if ('stopped' in result.value) summary.stopped.push({ order, why: result.value.stopped });
      else summary.ended.push(result.value);
    },
    // What this tick has run once it leaves to the next, so that it always comes to an end.
    againMs: Infinity,
  });
  try {
    while (!signal.aborted && failed === null) {
      const round = await rounds.next(tools, branch, seen);
      if (!round.ok) return round;
      const { plan: planned, accepted, started, settled } = round.value;
      last = planned;
      ({ concluded, lookAt } = round.value);
      summary.accepted.push(...accepted);
      summary.rejected.push(...planned.rejections.map(({ dropped, failure }) => ({ file: dropped.path, failure })));
      if (rounds.isIdle && started === 0) {
        if (settled) continue;
        break;
      }
      await rounds.one();
    }
  } finally {
    await rounds.all();
  }
  if (failed !== null) return fail(failed);
  const waiting = (last?.blocked ?? []).map(({ order, reason, failure }) => ({
    order: order.record.id,
    reason,
    ...(failure === undefined ? {} : { failure }),
  }));
  const stuck = (last?.stuck ?? []).map(({ order, why }) => ({ order: order.record.id, why }));
  return ok({ ...summary, waiting, stuck, wakeAt: last?.wakeAt ?? null, remote: null, concluded, lookAt });
}

/**
 * Remembers a moment at which no order was left, by what the last plan was made from; one that waits for the sandbox or a person
 * has to be looked at each time, and so has a remote: what others put there no local ref tells. `lookAt`: when the forge is due.
 */
export async function rememberIdle(
  tools: Tools,
  concluded: Round['concluded'],
  wakeAt: Instant | null,
  lookAt: Instant | null,
): Promise<void> {
  if (tools.sharing !== null) return tools.localState.write(null);
  const view = await readOps(tools);
  const idle =
    view.ok &&
    view.value.tip === concluded.refs[tools.ops.ref] &&
    view.value.live.length === 0 &&
    view.value.broken.length === 0;
  if (!idle) return tools.localState.write(null);
  const settlesAt = later(await tools.repository.committedAt(view.value.tip), SETTLES_MS);
  const times = [settlesAt > tools.clock.now() ? settlesAt : null, lookAt, await mirrorsAgainAt(tools)]
    .filter((at) => at !== null)
    .sort();
  await tools.localState.write({ ...concluded, wakeAt, againAt: times[0] ?? null });
}

/** 0 ok, 1 a run failed or an order was rejected, 2 configuration, 3 work waits for a person or for the sandbox. */
export function exitCode({ ended, rejected, stopped, waiting, stuck, remote }: TickSummary): 0 | 1 | 2 | 3 {
  const atFault = ended.some(({ failure }) => failure !== null && RECOVERY[failure.class] !== 'wait');
  if (atFault || rejected.length > 0) return 1;
  const failed = stopped.flatMap(({ why }) => (typeof why === 'string' || why.class === 'claim-lost' ? [] : [why]));
  if (failed.some((why) => RECOVERY[why.class] !== 'wait')) return 1;
  if (remote !== null || failed.length > 0) return 3;
  const failures = [...waiting, ...ended].flatMap(({ failure }) => (failure == null ? [] : [failure]));
  if (failures.some((failure) => failure.class === 'config-invalid' || failure.class === 'not-built')) return 2;
  if (failures.some((failure) => failure.class === 'policy-denied' || RECOVERY[failure.class] === 'wait')) return 3;
  return stuck.length > 0 ? 3 : 0;
}
