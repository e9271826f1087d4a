import { fail, ok, type Result } from '../../core/failure.js';
import type { BlobId, CommitId, TreeId } from '../../core/ids.js';
import type { ResolvedIn } from '../../core/merge-evidence.js';
import { MOST_CONFLICTS } from '../../core/merge.js';
import { conflicted } from '../../core/rerere.js';
import { attributesOf, isUnion, type AttributesFile } from '../../core/union-rules.js';
import type { AutoMerge, ConflictedPath, Repository } from '../ports/repository.js';

/** How a path was merged that git could not merge by itself. */
export type Resolved = Pick<ResolvedIn, 'path' | 'by'>;

const MOST_BYTES = 1024 * 1024;

/**
 * The merge of a result into the commit that it has to fit: git's own, and where that does not go, what people recorded of the same conflict, then
 * `merge=union` of the target's committed attributes. No driver, filter or hook of any tree runs. `merge-conflict` with `step: ''` names what is left.
 */
export async function mergeResolved(
  repository: Repository,
  target: CommitId,
  result: CommitId,
): Promise<Result<{ readonly tree: TreeId; readonly resolved: readonly Resolved[] }>> {
  const merged = await repository.autoMerge(target, result);
  if (!merged.ok) return merged;
  const { tree, conflicts } = merged.value;
  if (conflicts.length === 0) return ok({ tree, resolved: [] });
  const by = await resolvedByRules(repository, target, merged.value);
  if (!by.ok) return by;
  const { files, resolved, left } = by.value;
  if (left.length > 0)
    return fail({ class: 'merge-conflict', step: '', paths: left.slice(0, MOST_CONFLICTS).map(({ path }) => path) });
  const made = await repository.replaceFiles(tree, files);
  return made.ok ? ok({ tree: made.value, resolved }) : made;
}

interface ByRules {
  readonly files: readonly { readonly path: string; readonly mode: string; readonly content: Uint8Array }[];
  readonly resolved: readonly Resolved[];
  readonly left: readonly ConflictedPath[];
}

/** How far the rules get with the conflicts of an automatic merge into `target`; with none of them where there are too many. */
export async function resolvedByRules(
  repository: Repository,
  target: CommitId,
  merge: AutoMerge,
): Promise<Result<ByRules>> {
  const { conflicts } = merge;
  const left = conflicts.filter((conflict) => !isPlain(conflict));
  const files: ByRules['files'][number][] = [];
  const resolved: Resolved[] = [];
  if (conflicts.length > MOST_CONFLICTS) return ok({ files, resolved, left: conflicts });
  const plain = conflicts.filter(isPlain);
  const marked = await markedFiles(repository, target, { ...merge, conflicts: plain });
  if (!marked.ok) return marked;
  const attributes = await attributesIn(repository, target, plain);
  const recorded = resolutions(repository);
  for (const conflict of plain) {
    const { path } = conflict;
    const text = marked.value.get(path) ?? null;
    const replayed = text === null ? ok(null) : await replay(repository, text, recorded);
    if (!replayed.ok) return replayed;
    const both =
      replayed.value === null && isUnion(path, attributes) ? await union(repository, conflict) : ok(replayed.value);
    if (!both.ok) return both;
    if (both.value === null) left.push(conflict);
    else {
      files.push({ path, mode: modeOf(conflict), content: both.value });
      resolved.push({ path, by: replayed.value === null ? 'union' : 'recorded' });
    }
  }
  return ok({ files, resolved, left });
}

/** Whether both sides have a file of the same kind there. */
function isPlain({ stages }: ConflictedPath): boolean {
  const sides = stages.filter(({ stage }) => stage !== '1');
  return sides.length === 2 && sides.every(({ mode }) => mode === sides[0]?.mode && /^100(644|755)$/.test(mode));
}

const modeOf = ({ stages }: ConflictedPath): string => stages.find(({ stage }) => stage === '2')?.mode ?? '100644';

/** The files of the automatic merge, conflict markers and all. */
async function markedFiles(
  repository: Repository,
  target: CommitId,
  { tree, conflicts }: AutoMerge,
): Promise<Result<ReadonlyMap<string, Buffer>>> {
  const differs = await repository.differences(target, tree);
  if (!differs.ok) return differs;
  const ids = conflicts.flatMap(({ path }): (readonly [string, BlobId])[] => {
    const id = differs.value.get(path)?.split(' ')[1];
    return id === undefined ? [] : [[path, id as BlobId]];
  });
  const blobs = await repository.blobs(
    ids.map(([, id]) => id),
    MOST_BYTES,
  );
  return ok(
    new Map(
      ids.flatMap(([path, id]) => {
        const bytes = blobs.get(id);
        return bytes == null ? [] : [[path, Buffer.from(bytes)] as const];
      }),
    ),
  );
}

async function attributesIn(
  repository: Repository,
  target: CommitId,
  conflicts: readonly ConflictedPath[],
): Promise<readonly AttributesFile[]> {
  const paths = [...new Set(conflicts.flatMap(({ path }) => attributesOf(path)))];
  const found = (await repository.files(target, paths)).filter(
    ({ path, mode }) => paths.includes(path) && /^100/.test(mode),
  );
  const blobs = await repository.blobs(
    found.map(({ blob }) => blob),
    MOST_BYTES,
  );
  return found.flatMap(({ path, blob }) => {
    const bytes = blobs.get(blob);
    const folder = path.slice(0, -'.gitattributes'.length).replace(/\/$/, '');
    return bytes == null ? [] : [{ folder, text: Buffer.from(bytes).toString('utf8') }];
  });
}

interface Recorded {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** What people recorded, by its name; of one name there may be several. Read once they are needed. */
function resolutions(repository: Repository): () => ReadonlyMap<string, readonly Recorded[]> {
  let known: Map<string, Recorded[]> | null = null;
  return () => {
    if (known !== null) return known;
    known = new Map();
    const files = new Map(repository.recordedResolutions().map(({ path, bytes }) => [path, bytes]));
    for (const [path, after] of files) {
      const [, id, variant] = /^rr-cache\/([0-9a-f]+)\/postimage(.*)$/.exec(path) ?? [];
      const before = files.get(`rr-cache/${id ?? ''}/preimage${variant ?? ''}`);
      if (id !== undefined && before !== undefined && !before.includes(0) && !after.includes(0))
        known.set(id, [...(known.get(id) ?? []), { before, after }]);
    }
    return known;
  };
}

/** The file as people resolved its conflicts before; null where they did not, or where it does not fit any more. */
async function replay(
  repository: Repository,
  text: Buffer,
  recorded: ReturnType<typeof resolutions>,
): Promise<Result<Uint8Array | null>> {
  const conflict = conflicted(text.toString('latin1'));
  if (conflict === null) return ok(null);
  for (const { before, after } of recorded().get(repository.digest(Buffer.from(conflict.named, 'latin1'))) ?? []) {
    const merged = await repository.mergeFile(Buffer.from(conflict.image, 'latin1'), before, after, 'conflict');
    if (!merged.ok || merged.value !== null) return merged;
  }
  return ok(null);
}

/** Both sides, one after the other; null where one is too large to look into. */
async function union(repository: Repository, { stages }: ConflictedPath): Promise<Result<Uint8Array | null>> {
  const ids = ['2', '1', '3'].map((stage) => stages.find((each) => each.stage === stage)?.id as BlobId | undefined);
  const blobs = await repository.blobs(
    ids.filter((id) => id !== undefined),
    MOST_BYTES,
  );
  const [ours, base, theirs] = ids.map((id) => (id === undefined ? new Uint8Array() : (blobs.get(id) ?? null)));
  if (ours == null || base == null || theirs == null) return ok(null);
  if ([ours, base, theirs].some((bytes) => bytes.includes(0))) return ok(null);
  return repository.mergeFile(ours, base, theirs, 'union');
}
