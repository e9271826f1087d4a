import type { Instant } from '../ids.js';

/** The instants of a cron expression in a time zone. Every answer follows from the arguments alone. */
export interface Schedule {
  /** The first instant after one; null if there is none. */
  readonly next: (after: Instant) => Instant | null;
  /** The last instant at or before one; null if there is none. */
  readonly latest: (until: Instant) => Instant | null;
}

/** Cron arithmetic, handed in: it takes a library and the time zones of the platform. */
export interface Cron {
  /** What is wrong with an expression in a time zone, in words; null if nothing is. */
  readonly check: (expression: string, timezone: string) => string | null;
  /** Throws on what `check` finds wrong: that is a bug. */
  readonly schedule: (expression: string, timezone: string) => Schedule;
}
