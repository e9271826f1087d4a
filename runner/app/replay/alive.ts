import type { RunId } from '../../core/ids.js';
import { replaysAs } from '../../core/replay/scratch.js';
import type { Processes } from '../ports/machine.js';

/** Whether a process replays under that name. One of the same number that began since keeps what is left a little longer. */
export function isReplaying(processes: Processes, run: string): boolean {
  const pid = replaysAs(run);
  return pid !== null && processes.alive({ ...processes.self(), pid, startedAt: 'unknown' }) === true;
}

/** The runs that are alive: those of orders that are named, and whatever a process replays that is there. */
export class Living extends Set<RunId> {
  constructor(
    private readonly processes: Processes,
    runs: readonly RunId[],
  ) {
    super(runs);
  }

  override has(run: RunId): boolean {
    return super.has(run) || isReplaying(this.processes, run);
  }
}
