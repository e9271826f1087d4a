import type { OrderRecord } from '../generated/types.js';
import { SKEW_MS, epochMs, later, type Instant } from './ids.js';
import { withoutWaiting, type Move } from './move.js';
import type { Observed } from './observed.js';
import type { StoredOrder } from './record.js';
import { workOf, type Work } from './selection.js';

/**
 * How much earlier than an interactive order one of another priority has to be accepted to start before it. That is all of the ageing: an order's place
 * is settled by when it came in, plus this, so that from then on nothing that comes in can pass it, however much that is.
 */
export const HEAD_START_MS = { interactive: 0, normal: 3_600_000, background: 6 * 3_600_000 } as const;

/** The same of what an order is work on: where slots are short, what people ask for goes before broken builds, and those before the backlog. */
export const WORK_HEAD_START_MS: Readonly<Record<Work, number>> = {
  request: 0,
  build: 600_000,
  backlog: 1_800_000,
  'follow-up': 3_600_000,
  friction: 2 * 3_600_000,
};

/** Compares two orders by whose turn is first. One that says it comes from the future was there before the clock was set back, so it is the oldest. */
export function byTurn(now: Instant): (a: StoredOrder, b: StoredOrder) => number {
  const newest = later(now, SKEW_MS);
  const turn = ({ record }: StoredOrder): number =>
    record.accepted.at > newest
      ? 0
      : epochMs(record.accepted.at as Instant) +
        HEAD_START_MS[record.order.priority ?? 'normal'] +
        WORK_HEAD_START_MS[workOf(record)];
  return (a, b) => turn(a) - turn(b) || byAge(a, b);
}

/** Compares two orders by when they were accepted, the oldest first. */
function byAge(a: StoredOrder, b: StoredOrder): number {
  if (a.record.accepted.at !== b.record.accepted.at) return a.record.accepted.at < b.record.accepted.at ? -1 : 1;
  return a.record.id < b.record.id ? -1 : a.record.id === b.record.id ? 0 : 1;
}

export interface Group {
  readonly name: string;
  readonly onConflict: 'queue' | 'replace' | 'drop';
}

/** The concurrency group of a formula's orders; undefined where it has none, or cannot be read. */
export function groupOf(formulas: Observed['formulas'], { formula }: Pick<OrderRecord, 'formula'>): Group | undefined {
  const loaded = formulas.get(formula);
  const concurrency = loaded?.ok === true ? loaded.value.formula.concurrency : undefined;
  return concurrency && { name: concurrency.group, onConflict: concurrency['on-conflict'] ?? 'queue' };
}

/** The order because of which a later one of the same group is dropped; null if it may come in. */
export function droppedFor(
  formula: string,
  live: Iterable<StoredOrder>,
  formulas: Observed['formulas'],
): StoredOrder | null {
  const group = groupOf(formulas, { formula });
  if (group?.onConflict !== 'drop') return null;
  for (const order of live) if (groupOf(formulas, order.record)?.name === group.name) return order;
  return null;
}

/** The newest order of each group that takes the place of those before it. */
export function replacements(
  known: readonly StoredOrder[],
  formulas: Observed['formulas'],
): ReadonlyMap<string, StoredOrder> {
  const newest = new Map<string, StoredOrder>();
  for (const order of [...known].sort(byAge)) {
    const group = groupOf(formulas, order.record);
    if (group?.onConflict === 'replace') newest.set(group.name, order);
  }
  return newest;
}

/**
 * The order that took the place of this one; null if none did. What a runner that died left undecided is not replaced: a person still has
 * to say what happened.
 */
export function replacement(
  order: StoredOrder,
  newest: ReturnType<typeof replacements>,
  formulas: Observed['formulas'],
): StoredOrder | null {
  if (order.record.waiting?.failure?.class === 'outcome-unknown') return null;
  const by = newest.get(groupOf(formulas, order.record)?.name ?? '');
  return by !== undefined && byAge(by, order) > 0 ? by : null;
}

/** The end of an order that was replaced, and of the request that it waits for. */
export function replaced(order: StoredOrder, by: StoredOrder, observed: Observed): Move {
  const reason = `${by.record.id} took its place in the group ${groupOf(observed.formulas, order.record)?.name ?? ''}`;
  return ends('replace', 'replaced', order, reason, observed);
}

/** The end of an order that is not wanted any more, and of the request that it waits for. */
export const withdrawn = (order: StoredOrder, reason: string, observed: Observed): Move =>
  ends('cancel', 'withdrawn', order, reason, observed);

function ends(
  event: 'replace' | 'cancel',
  outcome: 'replaced' | 'withdrawn',
  order: StoredOrder,
  reason: string,
  { now, requests }: Observed,
): Move {
  const view = requests.get(order.record.waiting?.request ?? '');
  const ended = { at: now, outcome, reason };
  return {
    event,
    from: order,
    to: { state: 'cancelled', record: { ...withoutWaiting(order.record), ended } },
    ...(view?.request == null
      ? {}
      : {
          request: {
            request: { ...view.request, end: { at: now, outcome: 'void', reason } },
            from: view.state,
            to: 'rejected',
            restored: view.restored,
          },
        }),
  };
}
