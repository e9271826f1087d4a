import { ok, type Result } from '../../core/failure.js';
import { givenWay, holderOf, mayGiveWay, type ClaimEvent, type Holder } from '../../core/groups.js';
import type { CommitId } from '../../core/ids.js';
import type { RequestMove } from '../../core/move.js';
import type { LoadedFormula } from '../../core/observed.js';
import type { ActiveOrder, StoredOrder } from '../../core/record.js';
import { askedDigest } from '../../core/vault/plan.js';
import type { Desired } from '../desired.js';
import { readPauseAt } from '../observe.js';
import type { OpsCommit } from '../ports/ops.js';
import { sharedRef } from '../ports/remote.js';
import { isStill, readLive, readRecords } from '../records.js';
import type { Tools } from '../tools.js';
import { LAG_MS, transitionCommit, write } from '../transition.js';
import { readRequest } from '../vault/recheck.js';
import { dropBranch, endFiles } from '../vault/write.js';

/**
 * Claims an order by compare-and-swap: of any number of runners exactly one gets it, and of the orders of a concurrency group one is claimed at a time. Null: it was not there to be claimed
 * any more, or another of its group is active.
 */
export async function claim(
  tools: Tools,
  desired: Pick<Desired, 'formula'>,
  from: StoredOrder,
  to: ActiveOrder,
  event: ClaimEvent,
  fired?: RequestMove,
): Promise<Result<ActiveOrder | null>> {
  const isNew = event !== 'resume' && event !== 'integrate';
  const make = async (tip: CommitId): Promise<Result<readonly OpsCommit[] | null>> => {
    // A plan may be older than the pause; what is claimed starts.
    if ((await readPauseAt(tip, tools)) !== null) return ok(null);
    const now = await readLive(tools, tip, from.record.id);
    const unchanged =
      now?.state === from.state && tools.formats.stringify(now.record) === tools.formats.stringify(from.record);
    if (!unchanged || !(await isApproved(tools, tip, from, fired))) return ok(null);
    // It may be older than another order of the group as well.
    if (isNew && (await groupHolder(tools, desired, tip, to)) !== null) return ok(null);
    return ok([transitionCommit({ event, from, to, files: fired === undefined ? [] : endFiles(fired, tools) }, tools)]);
  };
  const written = await write(tools, make, (follow) => {
    // What keeps it is told by the next write, which asks for the same.
    follow(LAG_MS).catch(() => undefined);
  });
  if (!written.ok) return written;
  if (written.value === null) return ok(null);
  if (tools.sharing === null) return ok(to);
  // Of runners on several machines, too, exactly one: nothing of the run is done before the shared branch holds the claim.
  const wasShared = event === 'resume' && (await isShared(tools, to));
  const shared = await tools.sharing.sync();
  if (!shared.ok) return shared;
  const tip = await tools.ops.tip();
  if (tip === null || !(await isStill(tools, tip, to))) return ok(null);
  const holder = mayGiveWay(event, from, wasShared) ? await groupHolder(tools, desired, tip, to) : null;
  if (holder === null) return ok(to);
  const gave = await giveWay(tools, to, givenWay(event, from, to, tools.clock.now()), holder);
  if (fired !== undefined) await dropBranch(tools, fired.request.id);
  return gave.ok ? ok(null) : gave;
}

/** Whether the shared branch, as it was last seen, has the order as active. */
async function isShared(tools: Tools, { record }: ActiveOrder): Promise<boolean> {
  const there = await tools.repository.resolve(sharedRef(tools.ops.ref));
  return there !== null && (await readLive(tools, there, record.id))?.state === 'active';
}

/** Who else has the order's concurrency group, as the branch stands at a commit. */
async function groupHolder(
  tools: Tools,
  desired: Pick<Desired, 'formula'>,
  tip: CommitId,
  { record }: ActiveOrder,
): Promise<Holder | null> {
  const own = await desired.formula(record.formula);
  if (own?.ok !== true || own.value.formula.concurrency === undefined) return null;
  const { orders } = await readRecords(await tools.repository.files(tip, ['active']), tools);
  const formulas = new Map<string, Result<LoadedFormula>>();
  for (const name of new Set([record.formula, ...orders.map((order) => order.record.formula)])) {
    const loaded = await desired.formula(name);
    if (loaded !== undefined) formulas.set(name, loaded);
  }
  return holderOf(record, orders, formulas);
}

/** Puts a claimed order back of which nothing was done yet. */
async function giveWay(
  tools: Tools,
  from: ActiveOrder,
  to: StoredOrder,
  { group, order }: Holder,
): Promise<Result<CommitId | null>> {
  const body = `${order.record.id} of the group ${group} was claimed on another machine at the same time, and the shared branch had that first`;
  const written = await write(tools, async (tip) =>
    ok((await isStill(tools, tip, from)) ? [transitionCommit({ event: 'requeue', from, to, body }, tools)] : null),
  );
  if (written.ok && written.value !== null)
    tools.report({ event: 'warning', text: `${to.record.id} goes back to the queue: ${body}` });
  return written;
}

/** Whether the request that is fired lies among the approved ones still, as it was asked: it is fired once. */
async function isApproved(
  tools: Tools,
  tip: CommitId,
  { record }: StoredOrder,
  fired: RequestMove | undefined,
): Promise<boolean> {
  if (fired === undefined) return true;
  const there = await readRequest(tools, tip, 'approved', fired.request.id);
  return there !== null && askedDigest(there, tools.sha256) === record.waiting?.asked;
}
