import type { Change } from '../core/change.js';
import { UNREADABLE, isManifest, newDependencies } from '../core/dependencies.js';
import { ok, type Result } from '../core/failure.js';
import type { CommitId } from '../core/ids.js';
import type { Repository } from './ports/repository.js';

/** A manifest that is larger is not read. */
const MOST_BYTES = 4 * 1024 * 1024;

/** What differs between two commits, with the packages that manifests name anew. */
export async function changesWithDependencies(
  repository: Repository,
  from: CommitId,
  to: CommitId,
): Promise<Result<readonly Change[]>> {
  const changes = await repository.changes(from, to);
  if (!changes.ok) return changes;
  const manifests = changes.value.filter(({ path, kind }) => kind !== 'deleted' && isManifest(path));
  if (manifests.length === 0) return changes;
  const paths = manifests.map(({ path }) => path);
  const [before, now] = [await textsOf(repository, from, paths), await textsOf(repository, to, paths)];
  return ok(
    changes.value.map((change) => {
      const { path } = change;
      if (!now.has(path)) return change;
      const text = now.get(path) ?? null;
      const dependencies = text === null ? [UNREADABLE] : newDependencies(path, before.get(path) ?? null, text);
      return { ...change, dependencies };
    }),
  );
}

/** The texts of files; null for one that is too large. */
async function textsOf(
  repository: Repository,
  commit: CommitId,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const files = (await repository.files(commit, paths)).filter(({ path }) => paths.includes(path));
  const blobs = await repository.blobs(
    files.map(({ blob }) => blob),
    MOST_BYTES,
  );
  return new Map(
    files.map(({ path, blob }) => {
      const bytes = blobs.get(blob);
      return [path, bytes == null ? null : Buffer.from(bytes).toString('utf8')];
    }),
  );
}
