/** Text that carries its meaning in its type, so that one kind of id is never passed for another. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };

/** A point in time: ISO 8601, UTC, milliseconds, such as `2026-11-20T09:30:00.000Z`. Sorts as text. */
export type Instant = Brand<string, 'Instant'>;
/** `<order>-<attempt>`. Unique for all time, because order ids are. */
export type RunId = Brand<string, 'RunId'>;
/** A step's id, or `<step>.<n>` for the n-th combination of its matrix (counted from 1). */
export type StepKey = Brand<string, 'StepKey'>;
/** A full object id of a commit, in lower-case hex. */
export type CommitId = Brand<string, 'CommitId'>;
export type TreeId = Brand<string, 'TreeId'>;
export type BlobId = Brand<string, 'BlobId'>;

export const instant = (epochMs: number): Instant => new Date(epochMs).toISOString() as Instant;
export const epochMs = (at: Instant): number => Date.parse(at);
/** Milliseconds from one instant to another; none where the clock was set back in between. */
export const elapsedMs = (from: Instant, to: Instant): number => Math.max(0, epochMs(to) - epochMs(from));
/** How far the clocks of machines may be apart. An instant further in the future was written by a clock that was wrong. */
export const SKEW_MS = 5 * 60_000;
export const later = (at: Instant, ms: number): Instant => instant(epochMs(at) + ms);

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a schema-checked duration such as `20m`. Throws on anything else: that is a bug. */
export function durationMs(text: string): number {
  const match = /^(\d+)(ms|s|m|h|d)$/.exec(text);
  const unit = match?.[2] === undefined ? undefined : UNIT_MS[match[2]];
  if (match?.[1] === undefined || unit === undefined) throw new TypeError(`not a duration: ${text}`);
  return Number(match[1]) * unit;
}

const UNIT_BYTES: Readonly<Record<string, number>> = { KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/** Bytes of a schema-checked size such as `512MB`. Throws on anything else: that is a bug. */
export function sizeBytes(text: string): number {
  const match = /^(\d+)(KB|MB|GB)$/.exec(text);
  const unit = match?.[2] === undefined ? undefined : UNIT_BYTES[match[2]];
  if (match?.[1] === undefined || unit === undefined) throw new TypeError(`not a size: ${text}`);
  return Number(match[1]) * unit;
}
