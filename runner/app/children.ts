import type { CommitId } from '../core/ids.js';
import { awaitedBy } from '../core/awaited.js';
import { ENDED_STATES, type StoredOrder } from '../core/record.js';
import type { TreeFile } from './ports/repository.js';
import { readRecords } from './records.js';
import type { Tools } from './tools.js';

/** Orders that runs wait for of which none lives any more: how they ended has to be known. */
export function endedWanted(live: readonly StoredOrder[], unreadable: readonly string[]): ReadonlySet<string> {
  const parents = live.map(awaitedBy).filter((ids) => ids.length > 0);
  if (parents.length === 0) return new Set();
  const living = new Set([...live.map(({ record }) => record.id), ...unreadable]);
  return new Set(parents.filter((ids) => !ids.some((id) => living.has(id))).flat());
}

/** The ended orders of these names, by name. `archive` lists the files of all that ended; only those of the names are read. */
export async function readEndedOrders(
  names: ReadonlySet<string>,
  archive: readonly TreeFile[],
  tools: Pick<Tools, 'repository' | 'formats'>,
): Promise<ReadonlyMap<string, StoredOrder>> {
  if (names.size === 0) return new Map();
  const { orders } = await readRecords(
    archive.filter(({ path }) => names.has(idOf(path)) && isOrder(path)),
    tools,
  );
  return new Map(orders.map((order) => [order.record.id, order]));
}

/** More than this of the names that an order's children may have are not looked into. */
const MOST_FILED = 500;

/** What runs of an order filed before, and is done. Children are called after their parent. */
export async function filedBefore(
  tools: Pick<Tools, 'repository' | 'formats'>,
  tip: CommitId,
  parent: string,
): Promise<readonly StoredOrder[]> {
  const stem = `${parent.slice(0, 36)}-`;
  const files = (await tools.repository.files(tip, ['done'])).filter(({ path }) => idOf(path).startsWith(stem));
  const { orders } = await readRecords(files.slice(-MOST_FILED), tools);
  return orders.filter(({ record }) => record.parent === parent);
}

const idOf = (path: string): string => (path.split('/').at(-1) ?? '').replace(/\.yml$/, '');
const isOrder = (path: string): boolean => ENDED_STATES.some((state) => path.startsWith(`${state}/`));
