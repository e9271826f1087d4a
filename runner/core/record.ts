import type { OrderRecord, RunRecord } from '../generated/types.js';
import type { CommitId, Instant, RunId } from './ids.js';

/**
 * Where an order stands. The folder that its file lies in is its state:
 *
 *     inbox ─► queue ◄──► waiting
 *        │       │  ▲        │
 *        ▼       ▼  └────────┤ retry
 *     rejected  active ──► done | failed | cancelled
 */
export const LIVE_STATES = ['queue', 'active', 'waiting'] as const;
export const ENDED_STATES = ['done', 'failed', 'cancelled'] as const;
export type LiveState = (typeof LIVE_STATES)[number];
export type EndedState = (typeof ENDED_STATES)[number];
export type OrderState = LiveState | EndedState;

type Waiting = NonNullable<OrderRecord['waiting']>;
type Ended = NonNullable<OrderRecord['ended']>;

/** An accepted order with what is legal in its state. */
export type StoredOrder =
  | { readonly state: 'queue'; readonly record: OrderRecord }
  | { readonly state: 'active'; readonly record: OrderRecord & { run: RunRecord } }
  | { readonly state: 'waiting'; readonly record: OrderRecord & { waiting: Waiting } }
  | { readonly state: EndedState; readonly record: OrderRecord & { ended: Ended } };

export type ActiveOrder = Extract<StoredOrder, { state: 'active' }>;

/** Joins a record with its folder's state; null if the record lacks what the state needs. */
export function storedOrder(state: OrderState, record: OrderRecord): StoredOrder | null {
  if (state === 'queue') return { state, record };
  if (state === 'active') return record.run === undefined ? null : { state, record: { ...record, run: record.run } };
  if (state === 'waiting')
    return record.waiting === undefined ? null : { state, record: { ...record, waiting: record.waiting } };
  return record.ended === undefined ? null : { state, record: { ...record, ended: record.ended } };
}

export const runId = (run: RunRecord): RunId => run.id as RunId;
export const baseOf = (run: RunRecord): CommitId => run.base as CommitId;

/** The commits that a run is gone on from: its base, what its steps came to, partial work, and what reviews sent back. */
export function commitsOf({ base, steps, rounds = [] }: RunRecord): readonly CommitId[] {
  const snapshots = Object.values(steps).map((status) => {
    if (status.state === 'succeeded' || status.state === 'waiting') return status.snapshot;
    return status.state === 'pending' || status.state === 'running' ? status.partial : undefined;
  });
  const all = [base, ...snapshots, ...rounds.map(({ snapshot }) => snapshot)];
  return [...new Set(all)].filter((commit) => commit !== undefined) as CommitId[];
}

export function isLive(state: OrderState): state is LiveState {
  return (LIVE_STATES as readonly string[]).includes(state);
}

/** The path of an order's file, relative to the top of the ops branch. Ended orders are filed by the month they ended in. */
export function recordPath(order: StoredOrder): string {
  const file = `${order.record.id}.yml`;
  if (order.state === 'queue' || order.state === 'active' || order.state === 'waiting') return `${order.state}/${file}`;
  return `${order.state}/${month(order.record.ended.at as Instant)}/${file}`;
}

export const month = (at: Instant): string => `${at.slice(0, 4)}/${at.slice(5, 7)}`;

/** The month of an instant and the one before it, by which what ended lately is found also when a month has just begun. */
export function lately(now: Instant): readonly string[] {
  const last = new Date(`${now.slice(0, 7)}-01T00:00:00.000Z`);
  last.setUTCMonth(last.getUTCMonth() - 1);
  return [month(now), month(last.toISOString() as Instant)];
}

export const day = (at: Instant): string => `${month(at)}/${at.slice(8, 10)}`;

/** The folder of a run's evidence. */
export const evidencePath = (run: RunRecord): string => `evidence/${day(run.claimedAt as Instant)}/${run.id}`;

/** Where branches lie that orders ship to. */
export const PROPOSALS = 'refs/heads/pushpals/';
/** The branch that an order ships to. */
export const shipRef = (id: string): string => `${PROPOSALS}${id}`;
export const stepRef = (run: RunRecord, step: string): string => `refs/pushpals/runs/${run.id}/${step}`;
