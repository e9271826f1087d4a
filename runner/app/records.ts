import { fail, type Failure } from '../core/failure.js';
import type { BlobId, CommitId } from '../core/ids.js';
import { storedOrder, type EndedState, type LiveState, type StoredOrder } from '../core/record.js';
import type { TreeFile } from './ports/repository.js';
import type { Tools } from './tools.js';

/** The orders among the files, by the folders that they lie in, and those that cannot be read, each with why. */
export async function readRecords(
  files: readonly TreeFile[],
  { repository, formats }: Pick<Tools, 'repository' | 'formats'>,
): Promise<{
  orders: readonly StoredOrder[];
  broken: readonly { readonly path: string; readonly failure: Failure }[];
}> {
  const blobs = await repository.blobs(files.map(({ blob }) => blob));
  const orders: StoredOrder[] = [];
  const broken: { path: string; failure: Failure }[] = [];
  for (const { path, blob } of files) {
    const bytes = blobs.get(blob);
    const record = bytes == null ? fail(unreadable(path, 'it is too large')) : formats.record(path, bytes);
    const state = path.split('/')[0] as LiveState | EndedState;
    const order = record.ok ? storedOrder(state, record.value) : null;
    if (!record.ok) broken.push({ path, failure: record.failure });
    else if (order === null)
      broken.push({ path, failure: unreadable(path, `it lacks what an order in ${state}/ has`) });
    else if (!path.endsWith(`/${order.record.id}.yml`))
      broken.push({ path, failure: unreadable(path, `its \`id\` is ${order.record.id}`) });
    else orders.push(order);
  }
  return { orders, broken };
}

const unreadable = (file: string, message: string): Failure => ({
  class: 'config-invalid',
  problems: [
    {
      file,
      line: 1,
      column: 1,
      excerpt: '',
      message,
      hint: 'Only the runner writes this folder; take the file back with `git revert` on the ops branch.',
    },
  ],
});

/** The contents of one file of a commit, or null. */
export async function readFile(
  tools: Pick<Tools, 'repository'>,
  commit: CommitId,
  path: string,
): Promise<{ readonly blob: BlobId; readonly bytes: Uint8Array } | null> {
  const found = (await tools.repository.files(commit, [path])).find((file) => file.path === path);
  if (found === undefined) return null;
  const bytes = (await tools.repository.blobs([found.blob])).get(found.blob);
  return bytes == null ? null : { blob: found.blob, bytes };
}
