import { cancelOrder } from '../../app/cancel.js';
import type { Exit, Invocation } from '../command.js';

export async function run({ connect, out, args, option }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const done = await cancelOrder(connection.value.tools, args[0] ?? '', option('reason'));
  if (!done.ok) return done.failure;
  const [order, ...others] = done.value;
  const names = others.map(({ record }) => record.id);
  if (out.traits.json) out.json({ order: order?.record.id, state: order?.state, with: names });
  else {
    const together = names.length === 0 ? '' : `, and with it what it waited for: ${names.join(', ')}`;
    out.line(`${order?.record.id ?? ''} is cancelled${together}.`);
  }
  return 0;
}
