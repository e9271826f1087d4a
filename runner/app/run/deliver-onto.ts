import { deliveryOf, orderOfPull, type Delivery } from '../../core/delivery.js';
import { ok, type Result } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import { readOps } from '../observe.js';
import { sharedRef } from '../ports/remote.js';
import type { Tools } from '../tools.js';
import type { RunContext } from './context.js';

/**
 * How a run's result reaches the project. One that brings a result on its way together with its target goes into that target. One that goes on from the branch of another order's pull request goes onto that branch, where the tier's results may leave
 * their own branch at all: what becomes of it then is that pull request's.
 */
export async function deliveryFor(
  { tools, project, policy, merge }: RunContext,
  tier: Parameters<typeof deliveryOf>[2],
): Promise<Delivery> {
  const isInto = merge?.into !== undefined;
  const own = deliveryOf(project, policy, tier, merge !== null && !isInto);
  if (merge === null || isInto || deliveryOf(project, policy, tier, false).via === 'branch') return own;
  return (await isOpen(tools, merge.branch)) ? { into: merge.branch, via: 'merge' } : own;
}

/** Whether an order is on its way by pull request from that branch. */
export async function isOpen(tools: Tools, branch: string): Promise<boolean> {
  const view = await readOps(tools);
  return view.ok && orderOfPull(view.value.live, branch) !== undefined;
}

/**
 * Where a branch is that a run starts from; null where there is none. That of an order's pull request is looked at as the remote has it, where runners share one: people go on
 * with it there, and so does what mends it. Fails with `remote-unavailable`.
 */
export async function headOf(tools: Tools, branch: string): Promise<Result<CommitId | null>> {
  const { repository, sharing } = tools;
  const ref = `refs/heads/${branch}`;
  const own = await repository.resolve(ref);
  if (sharing === null) return ok(own);
  const view = await readOps(tools);
  const order = view.ok ? orderOfPull(view.value.live, branch) : undefined;
  if (order === undefined) return ok(own);
  const fetched = await sharing.fetchRun(order.record.run.id, order.record.id);
  return fetched.ok ? ok((await repository.resolve(sharedRef(ref))) ?? own) : fetched;
}
