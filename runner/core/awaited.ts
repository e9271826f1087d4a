import type { OrderRecord, StepStatus } from '../generated/types.js';
import { left, together, type Bounds } from './agents/budget.js';
import type { Failure } from './failure.js';
import type { Node, Statuses } from './graph.js';
import type { Instant } from './ids.js';
import { withoutWaiting, type Move } from './move.js';
import type { Observed } from './observed.js';
import { isLive, type EndedState, type StoredOrder } from './record.js';
import { reopened } from './run-end.js';

/** How an order ended that a run waited for. `missing`: there is no order of that name, live or ended. */
export interface Child {
  readonly id: string;
  readonly state: EndedState | 'rejected' | 'missing';
  readonly outcome?: string;
  readonly branch?: string;
  readonly commit?: string;
  readonly evidence?: string;
  readonly why?: string;
}

/** Orders that a run waits for in its midst; none where the order waits for something else, or does not wait. */
export const awaitedBy = ({ state, record }: StoredOrder): readonly string[] =>
  state === 'waiting' && record.run !== undefined ? (record.waiting.orders ?? []) : [];

/** What became of the orders that a run waits for. Pure, and by states alone: it waits while one of them lives, and is over when none does. */
export type Awaited = { readonly is: 'waits'; readonly reason: string } | Over;

/** None of the orders that a run waited for lives any more. */
export interface Over {
  readonly is: 'over';
  readonly children: ReadonlyMap<string, Child>;
  /** What they did not need of what the run gave to them. */
  readonly unused: Bounds;
}

/**
 * Whether a run that waits for orders goes on; null where the order waits for something else. One whose record cannot be read has not ended,
 * as far as anybody knows.
 */
export function awaited(
  order: StoredOrder,
  known: readonly StoredOrder[],
  { unreadable, ended, children }: Pick<Observed, 'unreadable' | 'ended' | 'children'>,
): Awaited | null {
  const ids = awaitedBy(order);
  if (ids.length === 0) return null;
  const wanted = new Set(ids);
  const living = new Set([
    ...known.filter(({ record }) => wanted.has(record.id)).map(({ record }) => record.id),
    ...unreadable,
  ]);
  const live = ids.filter((id) => living.has(id));
  if (live.length > 0) return { is: 'waits', reason: waitsFor(live, ids.length) };
  return {
    is: 'over',
    children: new Map(
      ids.map((id) => {
        const found = children.get(id);
        return [id, found === undefined ? { id, state: endOf(ended.get(id)) } : childOf(found)];
      }),
    ),
    unused: ids.reduce<Bounds>((all, id) => together(all, unusedBy(children.get(id), order.record)), {}),
  };
}

/**
 * What an order that is done did not need of what its parent's run gave to it. One that failed keeps its share, since a person can have it tried again; one that
 * an earlier run filed, or another step that has waited for it, has handed its share back to that.
 */
function unusedBy(child: StoredOrder | undefined, { id, run }: OrderRecord): Bounds {
  if (child?.state !== 'done') return {};
  const { parent, accepted, allowance = {} } = child.record;
  const isDue =
    parent === id &&
    Object.entries(run?.steps ?? {}).some(
      ([key, { state }]) => state === 'waiting' && accepted.from === filedBy(key, run?.id ?? ''),
    );
  return isDue ? left(allowance, child.record) : {};
}

/** What a record says of the step that filed its order. */
export const filedBy = (step: string, run: string): string => `step ${step} of ${run}`;

const SHOWN = 5;

function waitsFor(left: readonly string[], of: number): string {
  const more = left.length > SHOWN ? ` and ${String(left.length - SHOWN)} more` : '';
  return `waits for ${String(left.length)} of the ${String(of)} orders that it filed: ${left.slice(0, SHOWN).join(', ')}${more}`;
}

const endOf = (state: EndedState | 'rejected' | undefined): Child['state'] => state ?? 'missing';

function childOf({ state, record: { id, ended } }: StoredOrder): Child {
  if (isLive(state) || ended === undefined) return { id, state: 'missing' };
  const { outcome, branch, commit, evidence, failure, reason } = ended;
  const why = failure?.class ?? reason;
  return {
    id,
    state,
    outcome,
    ...(branch === undefined ? {} : { branch }),
    ...(commit === undefined ? {} : { commit }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(why === undefined ? {} : { why }),
  };
}

/**
 * The end of an order that a run waits for, and that can never start: one that it comes after did not end as done. Its run would wait for ever; what is
 * retried files it again. Null where it still can, or where nothing waits for it.
 */
export function hopeless(
  order: StoredOrder,
  known: readonly StoredOrder[],
  { ended, unreadable, now }: Pick<Observed, 'ended' | 'unreadable' | 'now'>,
): Move | null {
  const { parent, id, order: asked } = order.record;
  if (parent === undefined || asked.after === undefined || order.state === 'active') return null;
  const waits = known.some(
    ({ state, record }) => state === 'waiting' && record.id === parent && record.waiting.orders?.includes(id) === true,
  );
  if (!waits) return null;
  for (const other of asked.after) {
    if (unreadable.includes(other) || known.some(({ record }) => record.id === other)) continue;
    const state = ended.get(other);
    if (state === undefined || state === 'done') continue;
    const reason = `it comes after ${other}, which ended as ${state}`;
    const record = { ...withoutWaiting(order.record), ended: { at: now, outcome: 'cancelled' as const, reason } };
    return { event: 'cancel', from: order, to: { state: 'cancelled', record } };
  }
  return null;
}

/** The live orders that a run filed and waits for, and those that theirs do. One that somebody else filed is not theirs to end. */
export function awaitedBelow(order: StoredOrder, live: readonly StoredOrder[]): readonly StoredOrder[] {
  const found = new Map<string, StoredOrder>();
  const open = [order];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { id } = next.record;
    const waitedFor = new Set(next.state === 'active' ? awaitedIn(next.record.run.steps) : awaitedBy(next));
    for (const child of live) {
      if (!waitedFor.has(child.record.id) || child.record.parent !== id || found.has(child.record.id)) continue;
      if (child.record.id === order.record.id) continue;
      found.set(child.record.id, child);
      open.push(child);
    }
  }
  return [...found.values()];
}

/** The orders that steps of a run wait for. */
export const awaitedIn = (statuses: Statuses): readonly string[] =>
  Object.values(statuses).flatMap((status) => (status.state === 'waiting' ? status.orders : []));

/** An order whose run waits for orders that it filed. What people have to be asked beside that is asked when it goes on. */
export function parkedRun(
  record: OrderRecord & Required<Pick<OrderRecord, 'run'>>,
  nodes: readonly Node[],
  statuses: Statuses,
  now: Instant,
): Extract<StoredOrder, { state: 'waiting' }> {
  const orders = [...new Set(awaitedIn(statuses))];
  const waiting = { since: now, on: 'order' as const, orders, reason: waitsFor(orders, orders.length) };
  const { request: _, ...run } = record.run;
  return {
    state: 'waiting',
    record: { ...record, run: { ...run, steps: { ...reopened(nodes, statuses) } }, waiting },
  };
}

/** The statuses that a run goes on with when the orders that it waited for have ended. */
export function woken(
  nodes: readonly Node[],
  statuses: Statuses,
  children: ReadonlyMap<string, Child>,
): Record<string, StepStatus> {
  const next: Record<string, StepStatus> = { ...statuses };
  for (const { key, step } of nodes) {
    const status = statuses[key];
    if (status?.state !== 'waiting') continue;
    const { attempt, startedAt, durationMs, snapshot } = status;
    const orders = status.orders.map((id): Child => children.get(id) ?? { id, state: 'missing' });
    const bad = orders.filter(({ state }) => state !== 'done');
    const outputs = { filed: status.orders, orders };
    const taken = { attempt, startedAt, durationMs, outputs };
    const failure: Failure = {
      class: 'child-failed',
      step: key,
      orders: bad.map(({ id, state, why }) => ({ id, state, ...(why === undefined ? {} : { why }) })),
    };
    next[key] =
      bad.length === 0 || step['continue-on-failure'] === true
        ? { state: 'succeeded', ...taken, snapshot }
        : { state: 'failed', ...taken, failure };
  }
  return next;
}
