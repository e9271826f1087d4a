import type { StoredOrder } from './record.js';

/** When a queued order is likely to start. */
export interface Turn {
  /** Counts from 1. */
  readonly position: number;
  /** Milliseconds from now; 0 says with the next tick. Null: nobody knows, and `why` says what is missing. */
  readonly startsInMs: number | null;
  readonly why?: string;
  /** It waits for another order, and `why` names it. */
  readonly held?: true;
}

export interface ForecastFacts {
  /** In the order in which they start. */
  readonly queue: readonly StoredOrder[];
  readonly active: readonly { readonly order: StoredOrder; readonly ranMs: number }[];
  readonly slots: number;
  readonly paused: boolean;
  /** How long a run of a formula takes, by those that ended; undefined where none is known. */
  readonly typicalMs: (formula: string) => number | undefined;
  readonly group: (order: StoredOrder) => string | undefined;
  /** Why an order waits for another one to end; null if it does not. Asked in the order in which they start. */
  readonly heldUp: (order: StoredOrder) => string | null;
}

/** Beyond this many orders a guess is worth nothing, and costs more and more. */
const FAR = 500;

/**
 * When each queued order is likely to start, if every run takes as long as runs of its formula took: slots become free one after the other, and each is
 * taken by the first order whose group is free.
 */
export function forecast(facts: ForecastFacts): ReadonlyMap<string, Turn> {
  const { queue, active, slots, paused, typicalMs, group } = facts;
  const turns = new Map<string, Turn>();
  const unknown = (orders: readonly StoredOrder[], why: string): void => {
    for (const order of orders)
      turns.set(order.record.id, { position: queue.indexOf(order) + 1, startsInMs: null, why });
  };
  if (paused) {
    unknown(queue, 'nothing starts while the file PAUSE is there');
    return turns;
  }
  const busyUntil = new Map<string, number>();
  const unseen = new Set<string>();
  const lasts = ({ record }: StoredOrder): number => {
    const known = typicalMs(record.formula);
    if (known === undefined) unseen.add(record.formula);
    return known ?? Infinity;
  };
  const occupy = (order: StoredOrder, until: number): void => {
    const name = group(order);
    if (name !== undefined) busyUntil.set(name, until);
  };
  const ends = active.map(({ order, ranMs }) => {
    const until = Math.max(0, lasts(order) - ranMs);
    occupy(order, until);
    return until;
  });
  // With more runs than slots, a slot is free once the surplus has ended as well.
  const surplus = Math.max(0, ends.length - slots);
  const free = [
    ...ends.sort((a, b) => a - b).slice(surplus),
    ...Array<number>(Math.max(0, slots - ends.length)).fill(0),
  ];
  const left = queue.slice(0, FAR).filter((order, index) => {
    const why = facts.heldUp(order);
    if (why !== null) turns.set(order.record.id, { position: index + 1, startsInMs: null, why, held: true });
    return why === null;
  });
  while (left.length > 0) {
    const slot = free.indexOf(Math.min(...free));
    const at = free[slot] ?? Infinity;
    if (at === Infinity) break;
    const freeAt = left.map((order) => busyUntil.get(group(order) ?? '') ?? 0);
    const next = freeAt.findIndex((time) => time <= at);
    const order = left[next];
    if (order === undefined) {
      // Every one of them waits for its group: the slot stays empty until the first is free.
      free[slot] = Math.min(...freeAt);
      continue;
    }
    turns.set(order.record.id, { position: queue.indexOf(order) + 1, startsInMs: at });
    left.splice(next, 1);
    free[slot] = at + lasts(order);
    occupy(order, free[slot]);
  }
  unknown(left, `no run of ${[...unseen].sort().join(', ')} has ended lately`);
  unknown(queue.slice(FAR), 'too many are before it');
  return turns;
}

const ENDINGS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

/** `1st`, `2nd`, `11th`. */
export const ordinal = (count: number): string =>
  `${String(count)}${ENDINGS[new Intl.PluralRules('en', { type: 'ordinal' }).select(count)] ?? 'th'}`;
