import type { RunRecord } from '../generated/types.js';
import type { ConflictPlace } from './failure.js';
import type { CommitId } from './ids.js';
import { plainText, shorten } from './template.js';

/** The automatic merge that a run started from. */
export type Merge = NonNullable<RunRecord['merge']>;

/** More files than this in conflict are no work for a formula. */
export const MOST_CONFLICTS = 200;
const MOST_PLACES = 50;
const SIDE_LENGTH = 80;

/** Whether there was anything to merge. */
export const isNeeded = (run: Pick<RunRecord, 'base' | 'merge'>): boolean =>
  run.merge !== undefined && run.base !== run.merge.head;

/** What `when` sees of it as `merge`. */
export const mergeFacts = (run: Pick<RunRecord, 'base' | 'merge'>): unknown =>
  run.merge === undefined
    ? null
    : { branch: run.merge.branch, needed: isNeeded(run), conflicts: run.merge.conflicts.map(({ path }) => path) };

/** The parents of the commit that a run ships: its base, or the two sides of its merge. */
export const shipParents = (run: Pick<RunRecord, 'base' | 'merge'>): readonly CommitId[] =>
  (run.merge !== undefined && isNeeded(run) ? [run.merge.head, run.merge.incoming] : [run.base]) as CommitId[];

/**
 * The commits that must not be to blame before a run's change is: its base, or each side of its merge, the project's first. Where the run is there to mend its
 * branch (`mends`), what is broken there excuses nothing.
 */
export function baselines(run: Pick<RunRecord, 'base' | 'merge'>, mends = false): readonly CommitId[] {
  if (run.merge === undefined) return [run.base as CommitId];
  if (mends) return [run.merge.incoming as CommitId];
  return (isNeeded(run) ? [run.merge.incoming, run.merge.head] : [run.base]) as CommitId[];
}

/** A file of the automatic merge, or of what a run made of it; `id` tells contents and mode apart, `null` is no file. */
export interface MergedFile {
  readonly id: string | null;
  /** `null`: too large to look into. */
  readonly text: string | null;
}

/**
 * The conflicts that are left: of every path that could not be merged, one that is still as the automatic merge left it, or
 * one with markers in it. At most 50 places; the count is of all.
 */
export function conflictsLeft(
  { conflicts }: Pick<Merge, 'conflicts'>,
  merged: ReadonlyMap<string, MergedFile>,
  now: ReadonlyMap<string, MergedFile>,
): { readonly places: readonly ConflictPlace[]; readonly count: number } {
  const found = conflicts.flatMap(({ path, kind }): readonly ConflictPlace[] => {
    const [before, after] = [merged.get(path), now.get(path)];
    const hunks = after?.text == null ? [] : hunksIn(after.text);
    if (hunks.length > 0) return hunks.map((hunk) => ({ path, kind, ...hunk }));
    const untouched = (before?.id ?? null) === (after?.id ?? null);
    return untouched || (after !== undefined && after.id !== null && after.text === null) ? [{ path, kind }] : [];
  });
  return { places: found.slice(0, MOST_PLACES), count: found.length };
}

/**
 * The stretches between conflict markers, in one pass: the text is hostile. One that has begun and does not end reaches to the end of the
 * file.
 */
export function hunksIn(text: string): readonly Required<Pick<ConflictPlace, 'lines' | 'ours' | 'theirs'>>[] {
  const hunks: { lines: [number, number]; ours: string; theirs: string }[] = [];
  let open: { lines: [number, number]; ours: string; theirs: string } | null = null;
  let side: 'ours' | 'base' | 'theirs' = 'ours';
  for (const [index, line] of text.split('\n').entries()) {
    if (/^<{7}(?: |\r?$)/.test(line)) {
      if (open !== null) hunks.push(open);
      open = { lines: [index + 1, index + 1], ours: '', theirs: '' };
      side = 'ours';
    } else if (open !== null) {
      open.lines[1] = index + 1;
      if (/^\|{7}(?: |\r?$)/.test(line)) side = 'base';
      else if (/^={7}\r?$/.test(line)) side = 'theirs';
      else if (/^>{7}(?: |\r?$)/.test(line)) {
        hunks.push(open);
        open = null;
      } else if (side !== 'base' && open[side] === '') open[side] = shorten(plainText(line), SIDE_LENGTH);
    }
  }
  if (open !== null) hunks.push(open);
  return hunks;
}
