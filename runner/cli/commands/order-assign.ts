import { assignOrder } from '../../app/orders.js';
import type { Exit, Invocation } from '../command.js';

export async function run({ connect, out, args }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const [id = '', formula = ''] = args;
  const { tools, branch } = connection.value;
  const done = await assignOrder(tools, branch, id, formula);
  if (!done.ok) return done.failure;
  if (out.traits.json) out.json({ order: id, state: done.value.state, formula });
  else out.line(`${id} is queued with ${formula}; the next tick starts it.`);
  return 0;
}
