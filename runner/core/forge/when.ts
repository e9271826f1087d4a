import type { Failure } from '../failure.js';
import { elapsedMs, later, type Instant } from '../ids.js';

/** What this machine knows of its asking the forge. */
export interface ForgeNote {
  /** When it was last asked. */
  readonly at: Instant;
  /** What waited for something to be done there by then: what comes after that is done at once. */
  readonly waited: readonly string[];
  /** Since when it does not answer, and how often in a row. */
  readonly failing: {
    readonly since: Instant;
    readonly times: number;
    readonly failure: Extract<Failure, { class: 'forge-unavailable' }>;
  } | null;
}

/** A forge is looked at once a minute at most; one that does not answer ever more rarely, or when it says that it will. */
const EVERY_MS = 60_000;
const MOST_MS = 600_000;

/** From when on the forge may be looked at again; null: at once. */
export function nextLook(note: ForgeNote | null, now: Instant): Instant | null {
  // A clock that was set back says nothing.
  if (note === null || elapsedMs(note.at, now) < 0) return null;
  const { failing, at } = note;
  if (failing === null) return later(at, EVERY_MS);
  const again = later(at, Math.min(MOST_MS, EVERY_MS * 2 ** (failing.times - 1)));
  const { retryAt } = failing.failure;
  return retryAt !== undefined && retryAt > again ? retryAt : again;
}

/** The note after the forge was asked. */
export function noted(
  before: ForgeNote | null,
  now: Instant,
  failure: NonNullable<ForgeNote['failing']>['failure'] | null,
  waited: readonly string[] = before?.waited ?? [],
): ForgeNote {
  if (failure === null) return { at: now, waited, failing: null };
  const { since = now, times = 0 } = before?.failing ?? {};
  return { at: now, waited, failing: { since, times: times + 1, failure } };
}
