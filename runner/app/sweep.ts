import { cacheBytes } from '../core/caches.js';
import type { RunId } from '../core/ids.js';
import { isAbandoned } from '../core/lease.js';
import { runId, type ActiveOrder } from '../core/record.js';
import type { Desired } from './desired.js';
import { driverOf, readOps } from './observe.js';
import { Living, isReplaying } from './replay/alive.js';
import { dropReplayRefs } from './replay/scratch.js';
import { dropLeftRefs } from './run/left-refs.js';
import type { DriverName } from './ports/sandbox.js';
import type { Tools } from './tools.js';

/** Removes what runs that are not alive left on this machine. */
export async function sweep(tools: Tools, desired: Desired): Promise<void> {
  const alive = async (): Promise<ReadonlySet<RunId>> => {
    const view = await readOps(tools);
    if (!view.ok) throw new Error('the ops branch went away');
    const active = view.value.live.filter((order): order is ActiveOrder => order.state === 'active');
    const around = {
      claimantAlive: ({ record }: ActiveOrder) => tools.processes.alive(record.run.claimant),
      project: desired.project,
      now: tools.clock.now(),
    };
    // One of another name may be at work in this very clone: a container, or this machine before its name changed.
    const atWork = active.filter((order) => !isAbandoned(order, around));
    return new Living(
      tools.processes,
      atWork.map(({ record }) => runId(record.run)),
    );
  };
  const ids = [tools.repositoryId(), tools.formerRepositoryId];
  const swept = new Map<DriverName, readonly string[]>();
  const sweepBy = async (name: DriverName): Promise<void> => {
    if (swept.has(name)) return;
    const driver = await tools.sandbox(name);
    swept.set(name, (await Promise.all(ids.map((id) => driver.sweep(id, alive)))).flat());
  };
  // The project may have had another driver when a run died.
  const areGone = async (run: RunId, drivers: readonly DriverName[]): Promise<boolean> => {
    for (const name of drivers) {
      await sweepBy(name);
      const driver = await tools.sandbox(name);
      const remaining = await Promise.all(ids.map((id) => driver.remaining(id)));
      if (remaining.some((runs) => runs?.has(run) !== false)) return false;
    }
    return true;
  };
  await sweepBy(driverOf(desired));
  const trees = await tools.workspaces.sweep(alive, areGone);
  const removed = [
    ...[...swept.values()].flat(),
    ...trees.map((run) => `work trees of ${run}`),
    ...tools.ops.sweep(),
    ...(await leftRefs(tools)).map((run) => `snapshots of ${run}`),
    ...(await dropReplayRefs(tools, (run) => !isReplaying(tools.processes, run))).map((run) => `snapshots of ${run}`),
  ];
  await tools.runFiles.sweep(() => knownRuns(tools));
  await tools.caches.sweep(cacheBytes(desired.project));
  if (removed.length > 0)
    tools.report({ event: 'warning', text: `removed what dead runs had left: ${removed.join(', ')}` });
}

/** The runs of orders that have not ended. */
async function knownRuns(tools: Tools): Promise<ReadonlySet<RunId>> {
  const view = await readOps(tools);
  if (!view.ok) throw new Error('the ops branch went away');
  return new Set(view.value.live.flatMap(({ record }) => (record.run === undefined ? [] : [runId(record.run)])));
}

async function leftRefs(tools: Tools): Promise<readonly string[]> {
  const view = await readOps(tools);
  return view.ok ? dropLeftRefs(tools, view.value) : [];
}
