import { cancelOrder } from '../../app/orders.js';
import type { Exit, Invocation } from '../command.js';

export async function run({ connect, out, args, option }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const done = await cancelOrder(connection.value.tools, args[0] ?? '', option('reason'));
  if (!done.ok) return done.failure;
  if (out.traits.json) out.json({ order: done.value.record.id, state: done.value.state });
  else out.line(`${done.value.record.id} is cancelled.`);
  return 0;
}
