import type { Change } from '../core/change.js';
import { fail, ok, type Result } from '../core/failure.js';
import type { CommitId } from '../core/ids.js';
import { slug } from '../core/order.js';
import { shipRef, type StoredOrder } from '../core/record.js';
import { REVERT, revertGoal, type TakenBack } from '../core/revert.js';
import { inverseOn, resultOf } from './inverse.js';
import { fileOrder, findOrder } from './orders.js';
import { readRecords } from './records.js';
import type { Tools } from './tools.js';
import { readWorld } from './world.js';

/** The order that takes another back, and what it would change as the project stands. */
export interface Revert {
  readonly order: StoredOrder;
  readonly result: TakenBack;
  readonly changes: readonly Change[];
}

/**
 * Files an order that takes back what another shipped. Nothing is filed where there is nothing to take back, where later work stands in the way
 * (`merge-conflict` names it), or while an order that did the same is not merged yet.
 */
export async function fileRevert(
  tools: Tools,
  branch: string,
  id: string,
  given: Readonly<Record<string, unknown>>,
): Promise<Result<Revert>> {
  const found = await findOrder(tools, id);
  if (!found.ok) return found;
  const result = await resultOf(tools, id);
  if (!result.ok) return result;
  const { commit } = result.value;
  const world = await readWorld(tools, branch);
  if (!world.ok) return world;
  const { base } = world.value;
  const into = world.value.desired.project.branch ?? 'main';
  const inverse = await inverseOn(tools, result.value, base, into);
  if (!inverse.ok) return inverse;
  const as = (found.value.record.ended?.pull?.as ?? commit) as CommitId;
  if (inverse.value === (await tools.repository.tree(base)))
    return (await tools.repository.isAncestor(as, base))
      ? fail({
          class: 'state-conflict',
          what: `nothing of what ${id} shipped is left on ${into}: it was taken back already`,
          hint: `See what did that: \`git log ${as.slice(0, 12)}..${into}\`.`,
        })
      : fail({
          class: 'state-conflict',
          what: `what ${id} shipped is not merged into ${into}`,
          hint: `There is nothing to take back. To drop the proposal: \`git branch -D pushpals/${id}\`.`,
        });
  const changes = await tools.repository.changes(base, inverse.value);
  if (!changes.ok) return changes;
  const open = await openRevert(tools, id, base);
  if (open !== null)
    return fail({
      class: 'state-conflict',
      what: `order ${open} has taken ${id} back already, and its result is not merged into ${into} yet`,
      hint: `Look at it with \`pushpals evidence show ${open} --diff\`, and merge pushpals/${open}.`,
    });
  const goal = revertGoal(id, found.value.record.order.goal);
  const order = await fileOrder(
    tools,
    branch,
    { goal },
    { priority: 'interactive', ...given, formula: REVERT, inputs: { order: id } },
    `revert-${id}`,
  );
  return order.ok ? ok({ order: order.value, result: result.value, changes: changes.value }) : order;
}

/** An order that took this one back, and whose branch is there and not merged; null if there is none. */
async function openRevert(tools: Tools, id: string, tip: CommitId): Promise<string | null> {
  const ops = await tools.ops.tip();
  if (ops === null) return null;
  const name = `/${slug(`revert-${id}`)}`;
  const files = await tools.repository.files(ops, ['done']);
  const { orders } = await readRecords(
    files.filter(({ path }) => path.endsWith('.yml') && path.includes(name)),
    tools,
  );
  for (const { record } of orders) {
    // What was seen in its target is merged, whatever it is there as.
    if (record.ended?.seen !== undefined) continue;
    if (record.formula !== REVERT || record.order.inputs?.['order'] !== id) continue;
    const shipped = await tools.repository.resolve(shipRef(record.id));
    if (shipped !== null && !(await tools.repository.isAncestor(shipped, tip))) return record.id;
  }
  return null;
}
