import { durationMs, later, type Instant } from './ids.js';
import type { Observed } from './observed.js';
import type { ActiveOrder } from './record.js';

/** How much the clocks of two machines may differ, at most. */
const SKEW_MS = 30_000;

type Lease = Pick<Observed, 'claimantAlive' | 'project'>;

/** When a claim by another machine may be taken over: with a margin for its clock, half of a short lease. */
function leaseEnds({ record }: ActiveOrder, { project }: Lease): Instant {
  const lease = durationMs(project.runner?.lease ?? '5m');
  return later(record.run.leaseUntil as Instant, Math.min(SKEW_MS, lease / 2));
}

/** Whether nobody works on a claimed order any more: its process is gone, or is on another machine and let its lease run out. */
export function isAbandoned(order: ActiveOrder, observed: Lease & Pick<Observed, 'now'>): boolean {
  const alive = observed.claimantAlive(order);
  return alive === null ? leaseEnds(order, observed) <= observed.now : !alive;
}

/** When to look again at a claim that cannot be seen to be alive; null for one that can. */
export const lookAgain = (order: ActiveOrder, observed: Lease): Instant | null =>
  observed.claimantAlive(order) === null ? leaseEnds(order, observed) : null;
