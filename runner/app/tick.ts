import { RECOVERY, fail, ok, type Failure, type Result } from '../core/failure.js';
import type { Instant, RunId } from '../core/ids.js';
import { plan, type Plan } from '../core/plan.js';
import { runId, type ActiveOrder, type StoredOrder } from '../core/record.js';
import type { Desired } from './desired.js';
import { driverOf, observe, readOps, type OpsView } from './observe.js';
import { executeOrder, goOn, resumeOrder, type Afterwards } from './run/execute.js';
import type { Executed } from './run/finish.js';
import { SeenHistory } from './seen.js';
import { takeIn } from './take-in.js';
import type { Tools } from './tools.js';
import { readWorld, type World } from './world.js';

/** What a tick did, in the order in which it ended. */
export interface TickSummary {
  readonly accepted: readonly string[];
  readonly rejected: readonly { readonly file: string; readonly failure: Failure }[];
  readonly ended: readonly { readonly order: StoredOrder; readonly failure: Failure | null }[];
  readonly stopped: readonly { readonly order: string; readonly why: Failure | 'interrupted' }[];
  readonly waiting: readonly { readonly order: string; readonly reason: string; readonly failure?: Failure }[];
  readonly wakeAt: Instant | null;
}

/** What the next tick would do. Writes nothing. */
export async function planTick(
  tools: Tools,
  world: World,
): Promise<Result<{ plan: Plan; view: OpsView; left: readonly { path: string; why: string }[] }>> {
  const view = await readOps(tools);
  if (!view.ok) return view;
  const listing = await tools.inbox.list(view.value.tip);
  const observed = await observe(tools, world.desired, world.base, view.value, listing);
  return ok({ plan: plan(observed), view: view.value, left: listing.unsettled });
}

/**
 * Accepts what was dropped, starts what can start, and goes on until nothing is left to start. Each round derives everything anew, so it
 * does not matter what woke it or who else works on the same branch.
 */
export async function tick(tools: Tools, branch: string, signal: AbortSignal): Promise<Result<TickSummary>> {
  if (!tools.dryRun) await tools.machine.ticked();
  const left: Promise<void>[] = [];
  const seen = new SeenHistory(tools);
  try {
    const ended = await rounds(tools, branch, signal, seen, (work) => {
      // Whether it succeeded is told below.
      work.catch(() => undefined);
      left.push(work);
    });
    const noted = tools.dryRun ? await seen.check() : await seen.note();
    if (!ended.ok || !noted.ok) return ended.ok && !noted.ok ? noted : ended;
    await rememberIdle(tools, branch, ended.value.wakeAt);
    return ended;
  } finally {
    await Promise.all(left);
  }
}

async function rounds(
  tools: Tools,
  branch: string,
  signal: AbortSignal,
  seen: SeenHistory,
  afterwards: Afterwards,
): Promise<Result<TickSummary>> {
  const summary = {
    accepted: [] as string[],
    rejected: [] as TickSummary['rejected'][number][],
    ended: [] as TickSummary['ended'][number][],
    stopped: [] as TickSummary['stopped'][number][],
  };
  const running = new Map<string, Promise<void>>();
  const tried = new Set<string>();
  const said = new Set<string>();
  let failed: Failure | null = null;
  let last: Plan | null = null;
  let swept = false;
  try {
    while (!signal.aborted && failed === null) {
      const [checked, world] = await Promise.all([seen.check(), readWorld(tools, branch)]);
      if (!checked.ok) return checked;
      if (!world.ok) return world;
      const taken = await takeIn(tools, world.value, said);
      if (!taken.ok) return taken;
      const { plan: planned } = taken.value;
      last = planned;
      summary.accepted.push(...taken.value.accepted);
      summary.rejected.push(...planned.rejections.map(({ dropped, failure }) => ({ file: dropped.path, failure })));
      if (!swept && (planned.starts.length > 0 || planned.resumes.length > 0)) {
        const sweeping = sweep(tools, world.value.desired);
        // What a run that goes on takes over must not be what is being taken away.
        if (planned.resumes.length > 0) await sweeping;
        else afterwards(sweeping);
        swept = true;
      }
      let started = 0;
      const launch = (id: string, work: Promise<Result<Executed | null>>): void => {
        tried.add(id);
        started += 1;
        running.set(
          id,
          work.then((result) => {
            running.delete(id);
            if (!result.ok) failed = result.failure;
            else if (result.value === null) tried.delete(id);
            else if ('stopped' in result.value) {
              const why = result.value.stopped;
              summary.stopped.push({ order: id, why });
              const text =
                why === 'interrupted'
                  ? `${id} was interrupted; it stays active, and the next tick goes on after its last snapshot`
                  : `${id} was stopped (${why.class}); \`pushpals order show ${id}\` tells where it stands`;
              tools.report({ event: 'warning', text });
            } else {
              const { order } = result.value;
              summary.ended.push(result.value);
              // Why it waits has been told with its end.
              if (order.state === 'waiting') said.add(`blocked ${id} ${order.record.waiting.reason}`);
            }
          }),
        );
      };
      for (const { order, formula } of planned.resumes) {
        if (!running.has(order.record.id))
          launch(order.record.id, resumeOrder(tools, world.value, order, formula, signal, afterwards));
      }
      for (const { order, formula, approved } of planned.starts) {
        const { id } = order.record;
        // What this tick has run once it leaves to the next, so that it always comes to an end.
        if (!tried.has(id))
          launch(
            id,
            approved === undefined || approved.kind === 'start'
              ? executeOrder(tools, world.value, order, formula, approved ?? null, signal, afterwards)
              : goOn(tools, world.value, order, formula, approved, signal, afterwards),
          );
      }
      // What became of a request may let its order start, or ask anew.
      const settled = !tools.dryRun && planned.moves.some(({ request }) => request !== undefined);
      if (running.size === 0 && started === 0) {
        if (settled) continue;
        break;
      }
      await Promise.race(running.values());
    }
  } finally {
    await Promise.all(running.values());
  }
  if (failed !== null) return fail(failed);
  const waiting = (last?.blocked ?? []).map(({ order, reason, failure }) => ({
    order: order.record.id,
    reason,
    ...(failure === undefined ? {} : { failure }),
  }));
  return ok({ ...summary, waiting, wakeAt: last?.wakeAt ?? null });
}

/** Remembers a moment at which no order was left; one that waits for the sandbox or a person has to be looked at each time. */
async function rememberIdle(tools: Tools, branch: string, wakeAt: Instant | null): Promise<void> {
  const view = await readOps(tools);
  const ref = `refs/heads/${branch}`;
  const base = await tools.repository.resolve(ref);
  const idle = view.ok && base !== null && view.value.live.length === 0 && view.value.broken.length === 0;
  const refs = idle ? { [tools.ops.ref]: view.value.tip, [ref]: base } : {};
  await tools.localState.write(idle ? { refs, wakeAt } : null);
}

/** Removes what runs that are not alive left on this machine. */
async function sweep(tools: Tools, desired: Desired): Promise<void> {
  const alive = async (): Promise<ReadonlySet<RunId>> => {
    const view = await readOps(tools);
    if (!view.ok) throw new Error('the ops branch went away');
    const active = view.value.live.filter((order): order is ActiveOrder => order.state === 'active');
    return new Set(
      active
        .filter(({ record }) => tools.processes.alive(record.run.claimant) === true)
        .map(({ record }) => runId(record.run)),
    );
  };
  const driver = await tools.sandbox(driverOf(desired));
  const removed = [
    ...(await driver.sweep(tools.repositoryId, alive)),
    ...(await tools.workspaces.sweep(alive)).map((run) => `work trees of ${run}`),
  ];
  if (removed.length > 0)
    tools.report({ event: 'warning', text: `removed what dead runs had left: ${removed.join(', ')}` });
}

/** 0 ok, 1 a run failed or an order was rejected, 2 configuration, 3 work waits for a person or for the sandbox. */
export function exitCode({ ended, rejected, stopped, waiting }: TickSummary): 0 | 1 | 2 | 3 {
  const atFault = ended.some(({ failure }) => failure !== null && RECOVERY[failure.class] !== 'wait');
  if (atFault || rejected.length > 0) return 1;
  if (stopped.some(({ why }) => why !== 'interrupted' && why.class !== 'claim-lost')) return 1;
  const failures = [...waiting, ...ended].flatMap(({ failure }) => (failure == null ? [] : [failure]));
  if (failures.some((failure) => failure.class === 'config-invalid' || failure.class === 'not-built')) return 2;
  if (failures.some((failure) => failure.class === 'policy-denied' || RECOVERY[failure.class] === 'wait')) return 3;
  return 0;
}
