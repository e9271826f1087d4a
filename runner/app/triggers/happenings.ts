import type { OrderRecord, VaultRequest } from '../../generated/types.js';
import type { BlobId, CommitId, Instant } from '../../core/ids.js';
import { ENDED_STATES, lately } from '../../core/record.js';
import type { Happening } from '../../core/triggers/occasions.js';
import type { Trigger } from '../../core/triggers/trigger.js';
import { readFile, readRecords } from '../records.js';
import type { TreeFile } from '../ports/repository.js';
import type { Looked } from './records.js';
import type { Tools } from '../tools.js';

/** The orders of a formula among the files, that ended at or after an instant (null: all); the oldest first. */
export async function endedOrders(
  tools: Pick<Tools, 'repository' | 'formats'>,
  files: readonly TreeFile[],
  formula: string,
  since: Instant | null,
): Promise<readonly Happening[]> {
  const { orders } = await readRecords(files, tools);
  return orders
    .flatMap(({ state, record }) => {
      const { ended } = record;
      return ended === undefined || (since !== null && ended.at < since) || record.formula !== formula
        ? []
        : [{ state, record, ended }];
    })
    .sort((a, b) => (a.ended.at < b.ended.at ? -1 : 1))
    .map(({ state, record, ended }) => ({
      key: JSON.stringify([record.id, record.run?.id ?? '', ended.at]),
      words: `order ${record.id} ended as ${state}`,
      context: facts({
        Goal: record.order.goal,
        Outcome: ended.outcome,
        Failure: ended.failure?.class,
        Branch: ended.branch,
        Commit: ended.commit,
        Evidence: ended.evidence,
      }),
      chain: record.accepted.chain ?? 0,
    }));
}

/** The requests among the files that were decided so, at or after an instant (null: all); the oldest first. */
export async function decisions(
  tools: Pick<Tools, 'repository' | 'formats'>,
  files: readonly TreeFile[],
  view: Pick<Looked, 'tip' | 'live'>,
  wanted: NonNullable<Trigger['vault']>,
  since: Instant | null,
): Promise<readonly Happening[]> {
  const blobs = await tools.repository.blobs(files.map(({ blob }: { blob: BlobId }) => blob));
  const found: { readonly at: string; readonly happening: Happening }[] = [];
  for (const { path, blob } of files) {
    const bytes = blobs.get(blob);
    const read = bytes == null ? null : tools.formats.request(path, bytes);
    if (read?.ok !== true || !isWanted(read.value, wanted, since)) continue;
    const request = read.value;
    const { id, kind, order, asks, end } = request;
    const happening = {
      key: id,
      words: `request ${id} (${kind}) of order ${order} was ${wanted.on}`,
      context: facts({ Asked: asks.what, By: end?.by, Reason: end?.reason }),
      chain: await chainOf(tools, view, request),
    };
    found.push({ at: end?.at ?? request.at, happening });
  }
  return found.sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ happening }) => happening);
}

function isWanted(
  { kind, end, at }: VaultRequest,
  wanted: NonNullable<Trigger['vault']>,
  since: Instant | null,
): boolean {
  if (wanted.kind !== undefined && wanted.kind !== kind) return false;
  if (since !== null && (end?.at ?? at) < since) return false;
  // What was fired was approved, whatever came of it.
  return wanted.on === 'approved' || end?.outcome === wanted.on;
}

/** How many triggers led to the order that a request is about. An order ends in the very commit that ends its request. */
const chainOf = (
  tools: Pick<Tools, 'repository' | 'formats'>,
  view: Pick<Looked, 'tip' | 'live'>,
  { order, end }: VaultRequest,
): Promise<number> => chainTo(tools, view, order, end === undefined ? null : (end.at as Instant));

/**
 * How many triggers led to the order whose result a commit is; null where it is none. Where results are merged into a branch that a trigger looks at, each would have it
 * fire again, for ever.
 */
export async function chainOfCommit(
  tools: Pick<Tools, 'repository' | 'formats' | 'clock'>,
  view: Pick<Looked, 'tip' | 'live'>,
  commit: CommitId,
): Promise<number | null> {
  const order = /^PushPals-Order: ([a-z0-9][a-z0-9-]*)$/m.exec(await tools.repository.commitMessage(commit))?.[1];
  return order === undefined ? null : chainTo(tools, view, order, tools.clock.now());
}

/** How many triggers led to an order that lives, or ended about then: in that month, or in the one before. */
async function chainTo(
  tools: Pick<Tools, 'repository' | 'formats'>,
  { tip, live }: Pick<Looked, 'tip' | 'live'>,
  order: string,
  endedAt: Instant | null,
): Promise<number> {
  const chain = (record: OrderRecord | undefined): number => record?.accepted.chain ?? 0;
  const found = live.find(({ record }) => record.id === order);
  if (found !== undefined || endedAt === null) return chain(found?.record);
  const folders = lately(endedAt).flatMap((at) => ENDED_STATES.map((state) => `${state}/${at}`));
  for (const folder of folders) {
    const path = `${folder}/${order}.yml`;
    const file = await readFile(tools, tip, path);
    const record = file === null ? null : tools.formats.record(path, file.bytes);
    if (record?.ok === true) return chain(record.value);
  }
  return 0;
}

const facts = (named: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(named)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value.slice(0, 2000)}`]))
    .join('\n');
