import { instant, later, type CommitId, type Instant } from '../core/ids.js';
import { fileStem, slug } from '../core/order.js';
import type { InboxFile } from './ports/ops.js';
import type { TreeFile } from './ports/repository.js';
import type { Tools } from './tools.js';

/**
 * Inbox files that an order came of which has ended since, or that were answered: a runner died, or stood still, before it took the file away, or could not
 * share what became of it. A file that came to lie there after that is a new one, whatever it says. `archive` lists the files of orders that ended and
 * of those that were rejected, at `tip`.
 */
export async function takenInBefore(
  files: readonly InboxFile[],
  tip: CommitId,
  archive: readonly TreeFile[],
  tools: Pick<Tools, 'repository' | 'formats' | 'sha256' | 'vault'>,
): Promise<ReadonlySet<InboxFile>> {
  const byStem = new Map<string, TreeFile[]>();
  for (const file of archive) {
    if (file.path.endsWith('.error.md')) continue;
    const stem = stemOf(file.path);
    byStem.set(stem, [...(byStem.get(stem) ?? []), file]);
  }
  const taken = new Set<InboxFile>();
  for (const file of files) {
    const { since } = file;
    const named = since === undefined ? [] : (byStem.get(stemOf(file.path)) ?? []);
    if (since === undefined || named.length === 0) continue;
    const blobs = await tools.repository.blobs(named.map(({ blob }) => blob));
    for (const { path, blob } of named) {
      const bytes = blobs.get(blob);
      if (bytes == null) continue;
      const isOfIt = path.startsWith('rejected/')
        ? Buffer.from(bytes).equals(file.bytes) && since <= (await addedAt(tools, tip, path))
        : becameOrder(tools, { path, bytes }, file, since);
      if (isOfIt) taken.add(file);
    }
  }
  return taken;
}

/** Without the number that a name gets which was taken. */
const stemOf = (path: string): string => slug(fileStem(path)).replace(/-\d+$/, '');

function becameOrder(
  { formats, sha256 }: Pick<Tools, 'formats' | 'sha256'>,
  order: { readonly path: string; readonly bytes: Uint8Array },
  { path, bytes }: InboxFile,
  since: Instant,
): boolean {
  const read = formats.record(order.path, order.bytes);
  if (!read.ok) return false;
  const { accepted } = read.value;
  return accepted.from === path && accepted.digest === sha256(bytes) && since <= accepted.at;
}

/** When a file was committed, to the end of that second: a commit's time has none that are smaller. */
async function addedAt(
  { vault, repository }: Pick<Tools, 'vault' | 'repository'>,
  tip: CommitId,
  path: string,
): Promise<Instant> {
  const added = await vault.added(tip, path, []);
  return added === null ? instant(0) : later(await repository.committedAt(added.commit), 999);
}
