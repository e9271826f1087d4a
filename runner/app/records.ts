import { fail, type Failure } from '../core/failure.js';
import type { BlobId, CommitId } from '../core/ids.js';
import {
  LIVE_STATES,
  recordPath,
  storedOrder,
  type EndedState,
  type LiveState,
  type StoredOrder,
} from '../core/record.js';
import type { Repository, TreeFile } from './ports/repository.js';
import type { Tools } from './tools.js';

interface Records {
  readonly orders: readonly StoredOrder[];
  readonly broken: readonly { readonly path: string; readonly failure: Failure }[];
}

/** What the live orders were when they were last looked at, by path and blob: from one look to the next, few of them change. */
const lastLook = new WeakMap<Repository, ReadonlyMap<string, StoredOrder>>();
const keyOf = ({ path, blob }: TreeFile): string => `${blob} ${path}`;

/** The orders among the files, by the folders that they lie in, and those that cannot be read, each with why. */
export async function readRecords(
  files: readonly TreeFile[],
  { repository, formats }: Pick<Tools, 'repository' | 'formats'>,
): Promise<Records> {
  const known = lastLook.get(repository);
  const blobs = await repository.blobs(
    files.filter((file) => known?.has(keyOf(file)) !== true).map(({ blob }) => blob),
  );
  const orders: StoredOrder[] = [];
  const broken: { path: string; failure: Failure }[] = [];
  for (const file of files) {
    const { path, blob } = file;
    const seen = known?.get(keyOf(file));
    if (seen !== undefined) {
      orders.push(seen);
      continue;
    }
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

/** As `readRecords`, of all live orders; what is read is known at the next look. */
export async function readLiveRecords(
  files: readonly TreeFile[],
  tools: Pick<Tools, 'repository' | 'formats'>,
): Promise<Records> {
  const records = await readRecords(files, tools);
  const blobs = new Map(files.map((file) => [file.path, file]));
  const looked = records.orders.flatMap((order) => {
    const file = blobs.get(recordPath(order));
    return file === undefined ? [] : [[keyOf(file), order] as const];
  });
  lastLook.set(tools.repository, new Map(looked));
  return records;
}

/** One live order as a commit has it; null where it is not live there, or cannot be read. */
export async function readLive(
  tools: Pick<Tools, 'repository' | 'formats'>,
  tip: CommitId,
  id: string,
): Promise<StoredOrder | null> {
  const files = await tools.repository.files(
    tip,
    LIVE_STATES.map((state) => `${state}/${id}.yml`),
  );
  return (await readRecords(files, tools)).orders[0] ?? null;
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

/** Whether an order is still what was read: who changes it does that only then. */
export async function isStill(
  tools: Pick<Tools, 'repository' | 'formats'>,
  tip: CommitId,
  order: StoredOrder,
): Promise<boolean> {
  const file = await readFile(tools, tip, recordPath(order));
  return file !== null && Buffer.from(file.bytes).toString('utf8') === tools.formats.stringify(order.record);
}
