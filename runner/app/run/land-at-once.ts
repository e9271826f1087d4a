import { isLanding, landingChecks } from '../../core/delivery.js';
import type { Statuses } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import { shipParents } from '../../core/merge.js';
import { shipRef, type StoredOrder } from '../../core/record.js';
import { readOps } from '../observe.js';
import { heldBy, moveTarget, targetTip } from '../target.js';
import type { RunContext } from './context.js';

/**
 * Moves the target to a result at once, where nothing is before it and the target is what the run stands on: then the tree that was checked is the
 * merged one. Answers where the target is when it holds the result; null where the order has to wait for its turn.
 */
export async function landAtOnce(
  context: RunContext,
  statuses: Statuses,
  into: string,
  commit: CommitId,
): Promise<CommitId | null> {
  const { tools, journal } = context;
  const [base] = shipParents(journal.order.record.run);
  const tip = await targetTip(tools, into);
  if (tip === null) return null;
  // The runner that died may have come to this.
  if (await tools.repository.isAncestor(commit, tip)) return tip;
  if (tip !== base || !(await isChecked(context, statuses, commit)) || (await hasQueue(context, into))) return null;
  // One that was taken over is looked at by whoever moves it: a runner may have died halfway.
  if (!context.resumed && (await heldBy(tools, into)) !== null) return null;
  const moved = await moveTarget(tools, into, tip, commit, {
    results: new Map([[shipRef(journal.order.record.id), commit]]),
    allowed: (opsTip) => journal.held(opsTip),
  });
  return moved.ok && moved.value ? commit : null;
}

/** Whether everything that is asked of what is merged was asked of exactly this tree. */
async function isChecked(
  { tools: { repository }, nodes, project }: RunContext,
  statuses: Statuses,
  commit: CommitId,
): Promise<boolean> {
  const tree = await repository.tree(commit);
  for (const { key } of landingChecks(nodes, statuses, project)) {
    const status = statuses[key];
    if (status?.state !== 'succeeded' || (await repository.tree(status.snapshot as CommitId)) !== tree) return false;
  }
  return true;
}

/** Whether other results wait for the target, or one is being merged into it. */
async function hasQueue({ tools, journal }: RunContext, into: string): Promise<boolean> {
  const view = await readOps(tools);
  if (!view.ok) return true;
  const isBefore = (order: StoredOrder): boolean =>
    order.record.id !== journal.order.record.id &&
    (isLanding(order)
      ? order.record.shipped.into === into && order.record.shipped.via === 'merge'
      : order.state === 'active' && order.record.run.integration?.into === into);
  return view.value.live.some(isBefore);
}
