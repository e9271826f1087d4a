import type { OrderRecord, VaultRequest } from '../generated/types.js';
import type { Dropped } from './observed.js';
import type { Instant } from './ids.js';
import type { ActiveOrder, StoredOrder } from './record.js';
import type { OrderEvent } from './transitions.js';
import type { RequestState } from './vault/request.js';
import type { Restored } from './vault/settle.js';

/** A change of one order's state that needs no more than a commit. */
export interface Move {
  readonly event: OrderEvent;
  readonly from: StoredOrder | null;
  readonly to: StoredOrder;
  /** The inbox file that this takes in. */
  readonly dropped?: Dropped;
  readonly request?: RequestMove;
}

/** The move of a request's file, written together with its order's. */
export interface RequestMove {
  readonly request: VaultRequest;
  readonly from: RequestState | null;
  readonly to: RequestState;
  /** What an approval that is refused brought along goes with it. */
  readonly restored?: readonly Restored[];
}

export function withoutWaiting(record: OrderRecord): OrderRecord {
  const { waiting: _, ...rest } = record;
  return rest;
}

/** A run of which the formula is gone or has errors cannot go on: its order waits until that is mended, and starts anew. */
export function givenBack(order: ActiveOrder): Move {
  const { run: _, shipped: __, ...record } = order.record;
  return { event: 'requeue', from: order, to: { state: 'queue', record } };
}

/** The end of an order that did not start in time. */
export function expired(order: StoredOrder, now: Instant): Move {
  const reason = `it had not started by ${order.record.order.expires ?? ''}`;
  return {
    event: 'expire',
    from: order,
    to: {
      state: 'cancelled',
      record: { ...withoutWaiting(order.record), ended: { at: now, outcome: 'expired', reason } },
    },
  };
}
