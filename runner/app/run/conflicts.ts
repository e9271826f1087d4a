import { fail, ok, type Result } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import { conflictsLeft, type MergedFile } from '../../core/merge.js';
import type { InputFile } from '../ports/run-files.js';
import type { Tools } from '../tools.js';
import type { RunContext } from './context.js';

const MOST_FILE_BYTES = 16 * 1024 * 1024;

/**
 * Fails with `merge-conflict` while a commit holds conflicts of the merge that the run started from. Asked of objects, before
 * anything is proved or shipped: what a step says that it has resolved does not count.
 */
export async function refuseConflicts(context: RunContext, step: string, commit: CommitId): Promise<Result<null>> {
  const { tools, base, project, merge } = context;
  if (merge === null || merge.conflicts.length === 0) return ok(null);
  const paths = merge.conflicts.map(({ path }) => path);
  const left = conflictsLeft(
    merge,
    await filesAt(tools.repository, base, paths),
    await filesAt(tools.repository, commit, paths),
  );
  if (left.count === 0) return ok(null);
  const sides = { branch: merge.branch, into: merge.into ?? project.branch ?? 'main', ...left };
  return fail({ class: 'merge-conflict', step, paths: [...new Set(left.places.map(({ path }) => path))], sides });
}

/** Files of a commit, as conflicts are looked for in them; one that is not there is left out. */
export async function filesAt(
  repository: Tools['repository'],
  commit: CommitId,
  paths: readonly string[],
): Promise<ReadonlyMap<string, MergedFile>> {
  const found = (await repository.files(commit, paths)).filter(({ path }) => paths.includes(path));
  const readable = found.filter(({ mode }) => mode !== '160000');
  const blobs = await repository.blobs(
    readable.map(({ blob }) => blob),
    MOST_FILE_BYTES,
  );
  return new Map(
    found.map(({ path, mode, blob }) => {
      const bytes = mode === '160000' ? new Uint8Array() : blobs.get(blob);
      return [path, { id: `${mode} ${blob}`, text: bytes == null ? null : Buffer.from(bytes).toString('utf8') }];
    }),
  );
}

/**
 * What a step needs to go on with the merge: `merge-stages`, the conflicted entries for `git update-index -z --index-info`, and the
 * resolutions that the project's people have recorded, as `rr-cache/`.
 */
export async function mergeFiles({ tools, merge }: RunContext): Promise<Result<readonly InputFile[]>> {
  if (merge === null || merge.conflicts.length === 0) return ok([]);
  const merged = await tools.repository.autoMerge(merge.head as CommitId, merge.incoming as CommitId);
  if (!merged.ok) return merged;
  const none = '0'.repeat(merge.head.length);
  const stages = merged.value.conflicts.flatMap(({ path, stages }) => [
    `0 ${none}\t${path}\0`,
    ...stages.map(({ mode, id, stage }) => `${mode} ${id} ${stage}\t${path}\0`),
  ]);
  const index = { path: 'merge-stages', bytes: Buffer.from(stages.join('')) };
  return ok([index, ...tools.repository.recordedResolutions()]);
}
