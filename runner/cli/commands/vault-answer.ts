import { approveRequest } from '../../app/vault/people.js';
import type { Exit, Invocation } from '../command.js';

export async function run({ connect, out, args }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const [id = '', ...words] = args;
  const answered = await approveRequest(connection.value.tools, connection.value.branch, id, words.join(' '));
  if (!answered.ok) return answered.failure;
  const { by, more } = answered.value;
  if (out.traits.json) out.json({ request: id, by, more });
  else out.line(`${by} answered ${id}; the next tick goes on with it.`);
  return 0;
}
