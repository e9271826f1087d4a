import type { StoredOrder } from './record.js';

/** How many orders a runner may reach over, for each that it can run at once. */
const REACH = 8;

/**
 * The orders in which one of several runners tries to claim what is next: each begins elsewhere among the first few of one priority, so that they do not all
 * claim the same one and all but one lose. `runner` null: it works on its own, and keeps to the turns.
 */
export function spread(
  turns: readonly StoredOrder[],
  runner: string | null,
  slots: number,
  sha256: (text: string) => string,
): readonly StoredOrder[] {
  const first = turns[0]?.record.order.priority;
  const end = turns.findIndex(({ record }) => record.order.priority !== first);
  const reach = Math.min(slots * REACH, end === -1 ? turns.length : end);
  if (runner === null || reach < 2) return turns;
  const keys = new Map(turns.slice(0, reach).map((order) => [order, sha256(`${runner} ${order.record.id}`)]));
  const own = [...keys].sort(([, a], [, b]) => (a < b ? -1 : 1)).map(([order]) => order);
  return [...own, ...turns.slice(reach)];
}
