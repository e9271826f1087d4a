import type { RunId } from '../ids.js';

/** Where snapshots of replays are kept while they last. */
export const REPLAY_REFS = 'refs/pushpals/replays/';

/** Where a step's snapshot is kept in a replay. */
export const replayRef = (run: RunId, step: string): string => `${REPLAY_REFS}${run}/${step}`;

/** The name under which a process replays a run: no order's run has a dot in it. */
export const scratchRun = (run: string, pid: number): RunId => `${run}.replay-${String(pid)}` as RunId;

/** The process that replays under a name; null where it is no replay's. */
export function replaysAs(run: string): number | null {
  const pid = /\.replay-(\d+)$/.exec(run)?.[1];
  return pid === undefined ? null : Number(pid);
}
