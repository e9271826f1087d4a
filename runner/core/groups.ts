import type { OrderRecord } from '../generated/types.js';
import type { Instant } from './ids.js';
import { withoutWaiting } from './move.js';
import type { Observed } from './observed.js';
import { groupOf } from './queue.js';
import type { ActiveOrder, StoredOrder } from './record.js';

/** What makes an order active. */
export type ClaimEvent = 'claim' | 'resume' | 'approve' | 'wake' | 'integrate';

/** Who has the concurrency group that another order wants. */
export interface Holder {
  readonly group: string;
  readonly order: ActiveOrder;
}

/**
 * The order that has the group of this one: active, and its run not over; of several the one that was claimed first, by the runners' clocks. Null where the order has no group, or
 * nobody else has it.
 */
export function holderOf(
  own: Pick<OrderRecord, 'id' | 'formula'>,
  active: readonly StoredOrder[],
  formulas: Observed['formulas'],
): Holder | null {
  const group = groupOf(formulas, own)?.name;
  if (group === undefined) return null;
  const [order] = active
    .filter((other): other is ActiveOrder => other.state === 'active' && other.record.id !== own.id)
    .filter(({ record }) => record.run.integration === undefined && groupOf(formulas, record)?.name === group)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return order === undefined ? null : { group, order };
}

const keyOf = ({ record: { id, run } }: ActiveOrder): string => `${run.claimedAt} ${id}`;

/**
 * Whether a claim that the shared branch holds by now still has to give way to another of its group there. Of two, the branch had one first, and its runner saw no other; so who sees
 * another was second. Only a run that is taken over may have been the first: one that had begun, and that the branch held before, had its group to itself.
 */
export function mayGiveWay(event: ClaimEvent, from: StoredOrder, wasShared: boolean): boolean {
  if (event === 'integrate' || from.record.run?.integration !== undefined) return false;
  if (event !== 'resume') return true;
  return !wasShared || Object.values(from.record.run?.steps ?? {}).every(({ state }) => state === 'pending');
}

/**
 * A claimed order back in the queue, before a step of it began: as it was, with every attempt that it had. A claim that was more than the first of a run leaves that run standing still,
 * with what it came to and what people approved of it: an approval is fired once.
 */
export function givenWay(
  event: ClaimEvent,
  from: StoredOrder,
  { record }: ActiveOrder,
  now: Instant,
): Extract<StoredOrder, { readonly state: 'queue' }> {
  return event === 'claim'
    ? { state: 'queue', record: withoutWaiting(from.record) }
    : { state: 'queue', record: { ...record, run: { ...record.run, pausedAt: now } } };
}
