import { rejectRequest } from '../../app/vault/people.js';
import type { Exit, Invocation } from '../command.js';

export async function run({ connect, out, args, option }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const id = args[0] ?? '';
  const reason = option('reason');
  if (reason === undefined)
    return { class: 'state-conflict', what: 'a rejection says why', hint: `pushpals vault reject ${id} --reason "…"` };
  const rejected = await rejectRequest(connection.value.tools, id, reason);
  if (!rejected.ok) return rejected.failure;
  const { state, record } = rejected.value;
  if (out.traits.json) out.json({ request: id, order: record.id, state });
  else out.line(`${id} is rejected; order ${record.id} is ${state}.`);
  return 0;
}
