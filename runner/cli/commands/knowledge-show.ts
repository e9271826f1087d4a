import { currentKnowledge, findLesson } from '../../app/knowledge/people.js';
import type { Exit, Invocation } from '../command.js';
import { printable } from '../output.js';
import { lessonText } from '../screens/lesson.js';

export async function run({ connect, out, args }: Invocation): Promise<Exit> {
  const [id = ''] = args;
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const knowledge = await currentKnowledge(connection.value.tools);
  if (!knowledge.ok) return knowledge.failure;
  const found = findLesson(knowledge.value, id);
  if (!found.ok) return found.failure;
  const { state, path, lesson, text } = found.value;
  if (out.traits.json) {
    out.json({ state, path, ...lesson, text });
    return 0;
  }
  out.line(`${id} (${state}): ${printable(lesson.title)}`);
  lessonText(found.value, out);
  if (state === 'proposed') {
    out.line('');
    out.line(`→ pushpals knowledge accept ${id}, or pushpals knowledge reject ${id}`);
  }
  return 0;
}
