import type { Failure } from '../failure.js';
import { later, type Instant } from '../ids.js';

/** What this machine knows of its asking the forge. */
export interface ForgeNote {
  /** When it was last asked. */
  readonly at: Instant;
  /** What waited for something to be done there by then: what comes after that is done at once. */
  readonly waited: readonly string[];
  /** Since when it does not answer, and how often in a row. */
  readonly failing: Failing | null;
  /** The same of what it is to show, and when that was tried last: what is seen there counts meanwhile. */
  readonly keeping?: (Failing & { readonly at: Instant }) | null;
  /** What was found of the pull requests of requests, by their ids: it is told, and mended, once. */
  readonly requests?: Readonly<Record<string, string>>;
}

interface Failing {
  readonly since: Instant;
  readonly times: number;
  readonly failure: Extract<Failure, { class: 'forge-unavailable' }>;
}

/** A forge is looked at once a minute at most; one that does not answer ever more rarely, or when it says that it will. */
const EVERY_MS = 60_000;
const MOST_MS = 600_000;

/** From when on the forge may be looked at again; null: at once. */
export function nextLook(note: ForgeNote | null, now: Instant): Instant | null {
  // A clock that was set back says nothing.
  if (note === null || now < note.at) return null;
  const { failing, at } = note;
  return failing === null ? later(at, EVERY_MS) : againAt(at, failing);
}

function againAt(at: Instant, { times, failure: { retryAt } }: Failing): Instant {
  const again = later(at, Math.min(MOST_MS, EVERY_MS * 2 ** (times - 1)));
  return retryAt !== undefined && retryAt > again ? retryAt : again;
}

/** Whether the forge may be asked to show what stands here: less and less often where it does not. */
export function mayKeep(note: ForgeNote | null, now: Instant): boolean {
  const keeping = note?.keeping ?? null;
  return keeping === null || now < keeping.at || againAt(keeping.at, keeping) <= now;
}

/** The note after the forge was asked. */
export function noted(
  before: ForgeNote | null,
  now: Instant,
  failure: Failing['failure'] | null,
  waited: readonly string[] = before?.waited ?? [],
): ForgeNote {
  const { keeping = null, requests = {} } = before ?? {};
  return { at: now, waited, failing: failingNow(before?.failing ?? null, now, failure), keeping, requests };
}

/** The note after it was asked to show something. */
export function keepNoted(before: ForgeNote, now: Instant, failure: Failing['failure'] | null): ForgeNote {
  const failing = failingNow(before.keeping ?? null, now, failure);
  return { ...before, keeping: failing === null ? null : { ...failing, at: now } };
}

function failingNow(before: Failing | null, now: Instant, failure: Failing['failure'] | null): Failing | null {
  if (failure === null) return null;
  const { since = now, times = 0 } = before ?? {};
  return { since, times: times + 1, failure };
}
