import { currentKnowledge } from '../../app/knowledge/people.js';
import type { Exit, Invocation } from '../command.js';
import { printable } from '../output.js';
import { table } from '../table.js';

const ORDER = ['proposed', 'accepted', 'rejected'] as const;

export async function run({ connect, out }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const knowledge = await currentKnowledge(connection.value.tools);
  if (!knowledge.ok) return knowledge.failure;
  const { lessons, broken } = knowledge.value;
  const sorted = ORDER.flatMap((state) => lessons.filter((each) => each.state === state));
  if (out.traits.json) {
    out.json({
      lessons: sorted.map(({ state, path, lesson }) => ({ state, path, ...lesson })),
      broken: broken.map(({ path }) => path),
    });
    return 0;
  }
  if (sorted.length === 0 && broken.length === 0) {
    out.line('Nothing has been learned yet. Agents propose lessons at the end of their work.');
    return 0;
  }
  const rows = sorted.map(({ state, lesson }) => [
    lesson.lesson,
    state,
    printable(lesson.order ?? ''),
    printable((lesson.paths ?? []).join(' ')),
    printable(lesson.title),
  ]);
  for (const line of table([['LESSON', 'STATE', 'FROM', 'ABOUT', 'TITLE'], ...rows], out.traits.width)) out.line(line);
  for (const { path } of broken) out.line(`${printable(path)} cannot be read, and is in no prompt.`);
  const next = sorted.find(({ state }) => state === 'proposed');
  if (next !== undefined) out.line(`→ pushpals knowledge show ${next.lesson.lesson}`);
  return 0;
}
