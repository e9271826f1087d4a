import { epochMs, type Instant } from './ids.js';
import type { StoredOrder } from './record.js';
import { span } from './span.js';

const HOUR_MS = 3_600_000;

/** How long an order may wait for something that does not come by itself. */
const BOUND_MS: Readonly<Record<string, number>> = {
  sandbox: HOUR_MS,
  model: HOUR_MS,
  config: 24 * HOUR_MS,
  policy: 24 * HOUR_MS,
  person: 24 * HOUR_MS,
};

/** Why an order is stuck, in words: it waited too long for what a person has to mend or decide. Null if it is not. Nothing of it is written down. */
export function stuckFor(order: StoredOrder, now: Instant): string | null {
  if (order.state !== 'waiting') return null;
  const { on = '', since, until, reason } = order.record.waiting;
  const ageMs = epochMs(now) - epochMs(since as Instant);
  const isGivenUp = on === 'person' && order.record.outage !== undefined;
  const bound = BOUND_MS[on];
  // What ends at a known time, such as a day's limit, ends by itself.
  const isLate = bound !== undefined && until === undefined && ageMs >= bound;
  return isGivenUp || isLate ? `stuck for ${span(ageMs)}: ${reason}` : null;
}
