import { fileStem, slug } from '../core/order.js';
import type { InboxFile } from './ports/ops.js';
import type { TreeFile } from './ports/repository.js';
import type { Tools } from './tools.js';

/**
 * Paths of inbox files that an order came of which has ended since: a runner died, or stood still, before it took the file away. A file that came
 * to lie there after its order was accepted is a new one, whatever it says. `archive` lists the files of orders that ended.
 */
export async function takenInBefore(
  files: readonly InboxFile[],
  archive: readonly TreeFile[],
  tools: Pick<Tools, 'repository' | 'formats' | 'sha256'>,
): Promise<ReadonlySet<string>> {
  const byStem = new Map<string, TreeFile[]>();
  for (const file of archive) {
    if (!file.path.endsWith('.yml') || file.path.startsWith('rejected/')) continue;
    const stem = fileStem(file.path).replace(/-\d+$/, '');
    byStem.set(stem, [...(byStem.get(stem) ?? []), file]);
  }
  const taken = new Set<string>();
  for (const { path, bytes, since } of files) {
    const named = since === undefined ? [] : (byStem.get(slug(fileStem(path)).replace(/-\d+$/, '')) ?? []);
    if (since === undefined || named.length === 0) continue;
    const digest = tools.sha256(bytes);
    const blobs = await tools.repository.blobs(named.map(({ blob }) => blob));
    const isOfIt = named.some(({ path: at, blob }) => {
      const record = blobs.get(blob);
      const read = record == null ? null : tools.formats.record(at, record);
      if (read?.ok !== true) return false;
      const { accepted } = read.value;
      return accepted.from === path && accepted.digest === digest && since <= accepted.at;
    });
    if (isOfIt) taken.add(path);
  }
  return taken;
}
