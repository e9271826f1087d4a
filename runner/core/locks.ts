import { span } from './span.js';

/** A lock file of git's, which keeps others out while it lies there. */
export interface LockFile {
  readonly path: string;
  readonly ageMs: number;
}

const STALE_MS = 60_000;

/** What lies there for longer than any git command of ours takes, and how to do away with it. It is never removed on a guess: somebody may be at it. */
export function staleLocks(locks: readonly LockFile[]): {
  readonly state: 'ok' | 'fail';
  readonly found: string;
  readonly mend?: string;
} {
  const stale = locks.filter(({ ageMs }) => ageMs >= STALE_MS);
  if (stale.length === 0) return { state: 'ok', found: 'none is stale' };
  const found = stale.map(({ path, ageMs }) => `${path} (${span(ageMs)} old)`).join(', ');
  return {
    state: 'fail',
    found,
    mend: `When no git command runs here: rm ${stale.map(({ path }) => quoted(path)).join(' ')}`,
  };
}

/** A path as one word of a command line that a person may paste. */
export const quoted = (path: string): string =>
  /^[A-Za-z0-9_./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
