import { ok, type Result } from '../../../core/failure.js';
import type { CommitId } from '../../../core/ids.js';
import { isNeeded } from '../../../core/merge.js';
import {
  isLockFile,
  placeKey,
  placesOf,
  wouldUndo,
  type UndoneSide,
  type WouldUndo,
} from '../../../core/review/would-undo.js';
import type { RunRecord } from '../../../generated/types.js';
import type { Tools } from '../../tools.js';
import type { RunContext } from '../context.js';
import { resolvedByRules } from '../resolve.js';
import { sidesOfMerge, undoneIn, type BranchSide } from './branch-side.js';

/**
 * What a merge that a run made silently takes back of what its two sides gained since they parted; null if nothing, or if the run merged nothing. Git's own merge of
 * a result and its target cannot do that: only who makes the merged files can, from a copy that was stale, or by taking one side as a whole. Lock files that
 * conflicted are made anew by tools, and conflicts that people resolved before stay as they resolved them.
 */
export async function undoneByMerge(
  context: Pick<RunContext, 'tools' | 'project' | 'loaded'>,
  run: Pick<RunRecord, 'base' | 'merge'>,
  result: CommitId,
  step: string,
): Promise<Result<WouldUndo | null>> {
  const { merge } = run;
  const { tools } = context;
  if (merge === undefined || !isNeeded(run)) return ok(null);
  // What git made of it by itself.
  if ((await tools.repository.tree(result)) === (await tools.repository.tree(run.base as CommitId))) return ok(null);
  const sides = await sidesOfMerge(context, merge, result);
  const found: UndoneSide[] = [];
  for (const side of sides) {
    const undone = await undoneIn(tools, side);
    if (!undone.ok) return undone;
    found.push(undone.value);
  }
  if (wouldUndo(found, () => false, step) === null) return ok(null);
  const conflicted = new Set(merge.conflicts.map(({ path }) => path));
  const recorded = await asRecorded(tools, merge, result);
  if (!recorded.ok) return recorded;
  const excused = (path: string): boolean => recorded.value.has(path) || (conflicted.has(path) && isLockFile(path));
  if (wouldUndo(found, excused, step) === null) return ok(null);
  return ok(wouldUndo(found, excused, step, await origins(tools, sides, found, excused)));
}

/** The files of a result that are as people resolved the same conflict before. */
async function asRecorded(
  { repository }: Tools,
  { head, incoming }: NonNullable<RunRecord['merge']>,
  result: CommitId,
): Promise<Result<ReadonlySet<string>>> {
  const merged = await repository.autoMerge(head as CommitId, incoming as CommitId);
  if (!merged.ok) return merged;
  const by = await resolvedByRules(repository, head as CommitId, merged.value);
  if (!by.ok) return by;
  const known = new Set(by.value.resolved.filter((each) => each.by === 'recorded').map(({ path }) => path));
  const there = await repository.files(result, [...known]);
  const blobs = await repository.blobs(there.map(({ blob }) => blob));
  const same = by.value.files.filter(({ path, content }) => {
    const blob = there.find((file) => file.path === path)?.blob;
    const bytes = blob === undefined ? null : (blobs.get(blob) ?? null);
    return known.has(path) && bytes !== null && Buffer.from(bytes).equals(Buffer.from(content));
  });
  return ok(new Set(same.map(({ path }) => path)));
}

/** Of more files than this it is not looked up who added what is gone. */
const MOST_LOOKED_UP = 5;

async function origins(
  { repository }: Tools,
  sides: readonly BranchSide[],
  found: readonly UndoneSide[],
  excused: (path: string) => boolean,
): Promise<ReadonlyMap<string, string>> {
  const commits = new Map<string, string>();
  for (const [index, { branch, before, now }] of sides.entries()) {
    const side = found[index];
    if (side === undefined) continue;
    for (const { path, line } of placesOf(side, excused).slice(0, MOST_LOOKED_UP)) {
      const commit = await repository.lineOrigin(before, now, path, line);
      if (commit !== null) commits.set(placeKey(branch, path), commit);
    }
  }
  return commits;
}
