import { awaitedBelow } from '../core/awaited.js';
import { fail, ok, type Result } from '../core/failure.js';
import { withoutWaiting } from '../core/move.js';
import { isLive, type StoredOrder } from '../core/record.js';
import { readOpsAt } from './observe.js';
import { closeRequest, findOrderAt } from './orders.js';
import type { OpsCommit } from './ports/ops.js';
import type { Tools } from './tools.js';
import { transitionCommit, write } from './transition.js';
import { dropBranch } from './vault/write.js';

/**
 * Cancels an order that has not ended, and with it those that its run filed and waits for: nobody would look at what they come to. A runner that has one of
 * them sees that its claim is gone, and ends its steps. Answers the order, and then the others.
 */
export async function cancelOrder(
  tools: Tools,
  id: string,
  reason: string | undefined,
): Promise<Result<readonly StoredOrder[]>> {
  let all: StoredOrder[] = [];
  let asked: string[] = [];
  const written = await write(tools, async (tip) => {
    const found = await findOrderAt(tools, tip, id);
    if (!found.ok) return found;
    const { value: order } = found;
    if (!isLive(order.state)) {
      return fail({
        class: 'state-conflict',
        what: `order ${id} has ended already (${order.state})`,
        hint: `\`pushpals order show ${id}\` tells how.`,
      });
    }
    const below = awaitedBelow(order, (await readOpsAt(tip, tools)).live);
    const commits: OpsCommit[] = [];
    all = [];
    asked = [];
    for (const from of [order, ...below]) {
      const why = from === order ? reason : `${from.record.parent ?? id}, which waited for it, was cancelled`;
      const { request, files } = await closeRequest(tools, from, tip, `${from.record.id} was cancelled`);
      if (request !== null) asked.push(request);
      const ended = {
        at: tools.clock.now(),
        outcome: 'cancelled' as const,
        ...(why === undefined ? {} : { reason: why }),
      };
      const to: StoredOrder = { state: 'cancelled', record: { ...withoutWaiting(from.record), ended } };
      all.push(to);
      commits.push(transitionCommit({ event: 'cancel', from, to, files, actor: tools.operator }, tools));
    }
    return ok(commits);
  });
  if (!written.ok) return written;
  if (!tools.dryRun) for (const request of asked) await dropBranch(tools, request);
  return ok(all);
}
