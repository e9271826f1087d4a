import { decideLesson } from '../../app/knowledge/people.js';
import type { Exit, Invocation } from '../command.js';

export async function run({ connect, out, args, flag }: Invocation): Promise<Exit> {
  const [id = ''] = args;
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const decided = await decideLesson(connection.value.tools, id, 'rejected');
  if (!decided.ok) return decided.failure;
  if (out.traits.json) out.json({ lesson: id, state: 'rejected' });
  else if (!flag('dry-run')) out.line(`${id} is turned down: nobody reads it, and it is not proposed again.`);
  return 0;
}
