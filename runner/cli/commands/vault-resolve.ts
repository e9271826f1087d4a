import { resolveRequest } from '../../app/vault/people.js';
import type { Exit, Invocation } from '../command.js';

export async function run({ connect, out, args, flag }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const id = args[0] ?? '';
  if (flag('done') === flag('undone'))
    return {
      class: 'state-conflict',
      what: 'it is not said what happened',
      hint: `pushpals vault resolve ${id} --done, or --undone`,
    };
  const resolved = await resolveRequest(connection.value.tools, id, flag('done'));
  if (!resolved.ok) return resolved.failure;
  const { state, record } = resolved.value;
  if (out.traits.json) out.json({ request: id, order: record.id, state });
  else out.line(state === 'done' ? `Order ${record.id} is done.` : `Order ${record.id} is queued again.`);
  return 0;
}
