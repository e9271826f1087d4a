import type { Order, OrderRecord } from '../generated/types.js';
import { fail, ok, type Result } from '../core/failure.js';
import type { CommitId } from '../core/ids.js';
import { join as joinSides, type Join, type Side } from '../core/join.js';
import { withoutWaiting } from '../core/move.js';
import { freeName } from '../core/order.js';
import { ENDED_STATES, recordPath, type StoredOrder } from '../core/record.js';
import { readEnded, readOpsAt } from './observe.js';
import { readLive, readRecords } from './records.js';
import type { OpsCommit } from './ports/ops.js';
import { seenRef } from './seen.js';
import { RUNNER, type Tools } from './tools.js';
import { trailers } from './transition.js';

type Joining = Pick<Tools, 'repository' | 'ops' | 'formats' | 'clock' | 'processes' | 'sha256'>;

export interface Joined {
  readonly tip: CommitId;
  /** Orders that others went on with, though something was done for them here. */
  readonly lost: readonly string[];
}

/**
 * One commit in which two lines of the ops branch come together that parted at `base`: `theirs`, the shared one, is its first parent. Moves no ref.
 * `state-conflict` where the two have nothing in common, and where people changed the same lines.
 */
export async function joinLines(
  tools: Joining,
  base: CommitId | null,
  ours: CommitId,
  theirs: CommitId,
): Promise<Result<Joined>> {
  const { repository, ops } = tools;
  if (base === null)
    return fail({
      class: 'state-conflict',
      what: `the ops branch here and the one at the remote have no history in common`,
      hint: `Each was made by an \`init\` of its own. To keep the shared one, save what lies uncommitted in the work tree of this one, then: git worktree remove PATH && git branch -m ${short(ops.ref)} ${short(ops.ref)}-old && git update-ref -d ${seenRef(ops.ref)} && git fetch && pushpals init --yes. Its orders stay on ${short(ops.ref)}-old.`,
    });
  const [here, there] = await Promise.all([repository.differences(base, ours), repository.differences(base, theirs)]);
  if (!here.ok) return here;
  if (!there.ok) return there;
  const joined = joinSides(here.value, there.value);
  const people = await mergedByGit(tools, ours, theirs, joined.contested);
  if (!people.ok) return people;
  const { orders, instead } = await rename(tools, { base, ours, theirs }, joined);
  const commit: OpsCommit = {
    subject: `join: ${String(here.value.size)} paths of ${tools.processes.self().host}`,
    body: joined.lost.map((order) => `${order}: another runner went on with it`).join('\n'),
    trailers: [
      ['PushPals-Event', 'join'],
      ...orders.flatMap((order) => trailers('accept', order.record.id, undefined, RUNNER, tools)),
    ],
    author: RUNNER,
    at: tools.clock.now(),
    merges: [ours],
    files: [
      ...[...joined.ours, ...people.value]
        .filter(([path]) => !instead.has(path))
        .map(([path, entry]) => ({ path, content: entryOf(entry) })),
      ...orders.map((order) => ({ path: recordPath(order), content: tools.formats.stringify(order.record) })),
    ],
  };
  const written = await ops.append(theirs, [commit]);
  if (!written.ok) return written;
  const begun = await Promise.all(joined.lost.map((order) => hasBegun(tools, ours, order)));
  return ok({ tip: written.value, lost: joined.lost.filter((_, index) => begun[index]) });
}

/** Whether more than a claim would be dropped: that others are faster is nothing to speak of. */
async function hasBegun(tools: Joining, ours: CommitId, order: string): Promise<boolean> {
  const live = await readLive(tools, ours, order);
  if (live === null) return true;
  return Object.values(live.record.run?.steps ?? {}).some(({ state }) => state !== 'pending');
}

const short = (ref: string): string => ref.slice('refs/heads/'.length);

function entryOf(entry: string | null): { readonly mode: string; readonly blob: string } | null {
  const [mode = '', blob = ''] = (entry ?? '').split(' ');
  return entry === null ? null : { mode, blob };
}

/** People's own files are merged as git merges them. */
async function mergedByGit(
  { repository }: Joining,
  ours: CommitId,
  theirs: CommitId,
  contested: readonly string[],
): Promise<Result<Side>> {
  if (contested.length === 0) return ok(new Map());
  const merged = await repository.autoMerge(theirs, ours);
  if (!merged.ok) return merged;
  const stuck = merged.value.conflicts.map(({ path }) => path).filter((path) => contested.includes(path));
  if (stuck.length > 0)
    return fail({
      class: 'state-conflict',
      what: `here and at the remote, people changed the same lines of the ops branch: ${stuck.slice(0, 5).join(', ')}`,
      hint: 'Merge them in the work tree of the ops branch: git pull --no-rebase, resolve, commit. Nothing is pushed until then.',
    });
  // A tree can be named wherever a commit can.
  const files = await repository.files(merged.value.tree as string as CommitId, contested);
  const there = new Map(files.map(({ path, mode, blob }) => [path, `${mode} ${blob}`]));
  return ok(new Map(contested.map((path) => [path, there.get(path) ?? null])));
}

/**
 * Orders whose name others gave to one of their own get another; none of them has started, since nothing starts before it is shared. Orders of ours that come
 * after one of them come after it still, by its new name: each stands instead of what the join has of it.
 */
async function rename(
  tools: Joining,
  { base, ours, theirs }: { readonly base: CommitId; readonly ours: CommitId; readonly theirs: CommitId },
  joined: Join,
): Promise<{ readonly orders: readonly StoredOrder[]; readonly instead: ReadonlySet<string> }> {
  if (joined.taken.length === 0) return { orders: [], instead: new Set() };
  const [here, there] = [await readOpsAt(ours, tools), await readOpsAt(theirs, tools)];
  const names = new Set([
    ...[...here.live, ...there.live].map(({ record }) => record.id),
    ...(await readEnded(theirs, tools)).keys(),
  ]);
  const mine = here.live.flatMap(({ record }) => (joined.taken.includes(record.id) ? [record] : []));
  // The same file, taken in by both, or a trigger that both fired; theirs may have ended already.
  const same = new Set([...(await standing(tools, theirs, mine)), ...(await answered(tools, base, theirs, mine))]);
  const given = new Map<string, string>();
  for (const own of mine) {
    if (same.has(own)) continue;
    const id = freeName(own.id, (candidate) => names.has(candidate));
    names.add(id);
    given.set(own.id, id);
  }
  const renamed = mine.flatMap((own): readonly StoredOrder[] => {
    const id = given.get(own.id);
    const { formula, dedupe, accepted } = own;
    const order = comingAfter(own.order, given);
    return id === undefined ? [] : [{ state: 'queue', record: { id, order, formula, dedupe, accepted, attempts: 0 } }];
  });
  // What has begun has nothing to come after any more.
  const followers = here.live.filter(
    (order) =>
      joined.ours.has(recordPath(order)) &&
      order.record.run === undefined &&
      order.record.order.after?.some((name) => given.has(name)) === true,
  );
  const followed = followers.map(({ record }): StoredOrder => {
    const next = { ...withoutWaiting(record), order: comingAfter(record.order, given) };
    return { state: 'queue', record: next };
  });
  return { orders: [...renamed, ...followed], instead: new Set([...followers, ...followed].map(recordPath)) };
}

/** An order with other names for those that it comes after. */
const comingAfter = (order: Order, names: ReadonlyMap<string, string>): Order =>
  order.after === undefined ? order : { ...order, after: order.after.map((name) => names.get(name) ?? name) };

/**
 * Which of these orders were made of committed files of the inbox that the other line answered as well: what came of such a file there counts, also
 * where it was turned down, such as for an order that only this machine knew.
 */
async function answered(
  { repository, sha256 }: Joining,
  base: CommitId,
  theirs: CommitId,
  orders: readonly OrderRecord[],
): Promise<readonly OrderRecord[]> {
  const paths = orders.map(({ accepted }) => accepted.from).filter((path) => path.startsWith('inbox/'));
  if (paths.length === 0) return [];
  const [before, left] = [await repository.files(base, paths), await repository.files(theirs, paths)];
  const open = new Set(left.map(({ path }) => path));
  const contents = await repository.blobs(before.map(({ blob }) => blob));
  const digests = new Map(
    before.flatMap(({ path, blob }): [string, string][] => {
      const bytes = contents.get(blob);
      return bytes == null ? [] : [[path, sha256(bytes)]];
    }),
  );
  return orders.filter(({ accepted: { from, digest } }) => !open.has(from) && digests.get(from) === digest);
}

const isSame = (one: OrderRecord, other: OrderRecord): boolean =>
  one.accepted.digest === other.accepted.digest && one.accepted.from === other.accepted.from;

/** Which of these orders stand on the branch as what they were made of: live, or ended by whoever was quick. */
export async function standing(
  tools: Pick<Tools, 'repository' | 'formats'>,
  tip: CommitId,
  orders: readonly OrderRecord[],
): Promise<readonly OrderRecord[]> {
  const { live } = await readOpsAt(tip, tools);
  const among = (records: readonly OrderRecord[]) => (order: OrderRecord) =>
    records.some((record) => record.id === order.id && isSame(record, order));
  const isLive = among(live.map(({ record }) => record));
  const rest = orders.filter((order) => !isLive(order));
  if (rest.length === 0) return orders;
  const files = (await tools.repository.files(tip, ENDED_STATES)).filter(({ path }) =>
    rest.some(({ id }) => path.endsWith(`/${id}.yml`)),
  );
  const hasEnded = among((await readRecords(files, tools)).orders.map(({ record }) => record));
  return orders.filter((order) => isLive(order) || hasEnded(order));
}
