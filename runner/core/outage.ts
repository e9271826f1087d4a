import type { OrderRecord } from '../generated/types.js';
import { backoffMs } from './backoff.js';
import { RECOVERY, type Failure } from './failure.js';
import { epochMs, later, type Instant } from './ids.js';
import type { StoredOrder } from './record.js';

/** How many runs in a row may end by what is not the work's fault before a person is asked. With the waits between them that is some hours. */
export const MOST_OUTAGES = 12;

/** As many orders that failed for the same reason are no accident. */
const STORM = 3;
const LONGEST_PAUSE_MS = 10 * 60_000;
/** What failed before that says nothing about now: no order waits longer before it is tried again. */
const FORGOTTEN_MS = 2 * 3_600_000;

type Outage = NonNullable<OrderRecord['outage']>;

/** Whether a run ended by what is broken around it: the machine's owner has to mend that, and the work itself was not at fault. */
export const isOutage = (failure: Failure): boolean =>
  RECOVERY[failure.class] === 'wait' && failure.class !== 'approval-needed' && failure.class !== 'outcome-unknown';

/** What an order's record says after one more run ended so. */
export const oneMore = (before: Outage | undefined, failure: Failure, at: Instant): Outage => ({
  times: (before?.times ?? 0) + 1,
  class: failure.class,
  at,
});

/** Something that fails one order after the other. */
export interface Storm {
  readonly class: string;
  readonly orders: number;
  /** Nothing starts before; then one order at a time, until fewer than three are left that failed so. */
  readonly until: Instant;
}

/**
 * Whether something around the work fails order after order: a circuit breaker, told from the orders' own records. The last of them to fail says when one is tried
 * next, so that each trial that fails puts off the next, and one that succeeds does not.
 */
export function stormOf(live: readonly StoredOrder[], now: Instant): Storm | null {
  const byClass = new Map<string, Outage[]>();
  for (const { state, record } of live) {
    const { outage } = record;
    if (outage === undefined || state === 'active' || record.waiting?.on === 'person') continue;
    // Who needs that model waits for it; nobody else is concerned.
    if (outage.class === 'model-unavailable') continue;
    const ageMs = epochMs(now) - epochMs(outage.at as Instant);
    // One from the future was written by a clock that was wrong.
    if (ageMs < 0 || ageMs > FORGOTTEN_MS) continue;
    byClass.set(outage.class, [...(byClass.get(outage.class) ?? []), outage]);
  }
  let worst: Storm | null = null;
  for (const [name, outages] of byClass) {
    if (outages.length < STORM) continue;
    const last = outages
      .map(({ at }) => at)
      .sort()
      .at(-1) as Instant;
    const most = Math.max(...outages.map(({ times }) => times));
    const until = later(last, backoffMs(most, LONGEST_PAUSE_MS));
    if (worst === null || until > worst.until) worst = { class: name, orders: outages.length, until };
  }
  return worst;
}
