import { listOrders } from '../../app/orders.js';
import { byTurn } from '../../core/queue.js';
import type { StoredOrder } from '../../core/record.js';
import { epochMs, type Instant } from '../../core/ids.js';
import type { Exit, Invocation } from '../command.js';
import { printable } from '../output.js';
import { table } from '../table.js';
import { span } from '../../core/span.js';
import { plainText } from '../../core/template.js';

export async function run({ connect, out, flag }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools } = connection.value;
  const listed = await listOrders(tools, flag('all'));
  if (!listed.ok) return listed.failure;
  const orders = [...listed.value].sort(byTurn(tools.clock.now()));
  if (out.traits.json) {
    out.json(orders.map(({ state, record }) => ({ state, ...record })));
    return 0;
  }
  if (orders.length === 0) out.line(flag('all') ? 'No orders.' : 'No orders are queued, active or waiting.');
  const now = epochMs(tools.clock.now());
  const rows = orders.map((order) => [
    order.record.id,
    order.state,
    order.record.formula,
    span(now - epochMs(order.record.accepted.at as Instant)),
    note(order),
  ]);
  for (const line of table(rows, out.traits.width)) out.line(line);
  return 0;
}

function note(order: StoredOrder): string {
  if (order.state === 'waiting') return printable(order.record.waiting.reason);
  if (order.state === 'done' || order.state === 'failed' || order.state === 'cancelled')
    return order.record.ended.failure?.class ?? order.record.ended.outcome;
  return plainText(order.record.order.goal);
}
