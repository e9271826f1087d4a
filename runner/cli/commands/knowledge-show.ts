import { currentKnowledge, findLesson } from '../../app/knowledge/people.js';
import type { Exit, Invocation } from '../command.js';
import { printable } from '../output.js';

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
  const from = [
    lesson.by === undefined ? null : `by ${lesson.by}`,
    lesson.run === undefined ? null : `in run ${lesson.run}`,
    lesson.at === undefined ? null : `at ${lesson.at}`,
  ].filter((part) => part !== null);
  out.line(from.length === 0 ? 'written by a person' : `learned ${from.map(printable).join(' ')}`);
  if (lesson.paths !== undefined) out.line(`about ${lesson.paths.map(printable).join(' ')}`);
  out.line('');
  for (const line of text.split('\n')) out.line(printable(line));
  if (state === 'proposed') {
    out.line('');
    out.line(`→ pushpals knowledge accept ${id}, or pushpals knowledge reject ${id}`);
  }
  return 0;
}
