import { later, type Instant } from './ids.js';

const FIRST_MS = 60_000;
const MOST_MS = 3_600_000;

/**
 * When an order is tried again after so many failures (from 1) at `now`: a minute, doubled each time, at most an hour. Up to half of that is left out,
 * by order and count, so that orders that failed together do not come back together; equal arguments give equal instants.
 */
export function retryAt(now: Instant, failures: number, order: string): Instant {
  const wait = backoffMs(failures);
  return later(now, Math.round(wait * (1 - fraction(`${order} ${String(failures)}`) / 2)));
}

/** A minute, doubled for each failure after the first, at most `most` milliseconds. */
export const backoffMs = (failures: number, most = MOST_MS): number =>
  Math.min(FIRST_MS * 2 ** Math.max(0, failures - 1), most);

/** A number from 0 to 1 that a text always gives and that similar texts do not share (FNV-1a, with murmur3's last mixing). */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
