import { decideLesson } from '../../app/knowledge/people.js';
import { printable } from '../output.js';
import { lessonText } from '../screens/lesson.js';
import type { Exit, Invocation } from '../command.js';

export async function run({ connect, out, args, flag }: Invocation): Promise<Exit> {
  const [id = ''] = args;
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const decided = await decideLesson(connection.value.tools, id, 'accepted');
  if (!decided.ok) return decided.failure;
  if (out.traits.json) out.json({ lesson: id, state: 'accepted' });
  else if (!flag('dry-run')) {
    out.line(`${id} is read into prompts from now on, as data: ${printable(decided.value.lesson.title)}`);
    lessonText(decided.value, out);
  }
  return 0;
}
