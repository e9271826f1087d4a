import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import { lessonPath, type LessonState } from '../../core/knowledge/lesson.js';
import type { OpsCommit } from '../ports/ops.js';
import type { Tools } from '../tools.js';
import { write } from '../transition.js';
import { readKnowledge, type Knowledge, type StoredLesson } from './read.js';

/** The lessons of the ops branch as it is; fails with `state-conflict` where there is none. */
export async function currentKnowledge(tools: Tools): Promise<Result<Knowledge>> {
  const tip = await tools.ops.tip();
  if (tip === null)
    return fail({ class: 'state-conflict', what: 'there is no ops branch', hint: 'Run `pushpals init`.' });
  return ok(await readKnowledge(tools, tip));
}

/** One lesson by its name, wherever it lies; one that can be decided on before others. */
export function findLesson(knowledge: Knowledge, id: string): Result<StoredLesson> {
  const found = (['proposed', 'accepted', 'rejected'] as const).flatMap((state) =>
    knowledge.lessons.filter((each) => each.state === state && each.lesson.lesson === id),
  );
  if (found[0] !== undefined) return ok(found[0]);
  const broken = knowledge.broken.find(({ path }) => path.endsWith(`/${id}.md`));
  return fail(
    broken?.failure ?? conflict(`there is no lesson ${id}`, '`pushpals knowledge list` shows those that there are.'),
  );
}

/**
 * Has a lesson read into prompts from now on, or turns it down, so that it is not proposed again. In one commit of the person's. Fails with `state-conflict`
 * where that is so already.
 */
export async function decideLesson(
  tools: Tools,
  id: string,
  to: Exclude<LessonState, 'proposed'>,
): Promise<Result<StoredLesson>> {
  let decided: StoredLesson | null = null;
  const written = await write(tools, async (tip) => {
    const found = findLesson(await readKnowledge(tools, tip), id);
    if (!found.ok) return found;
    const { state, path, blob } = found.value;
    if (state === to) return fail(conflict(`the lesson ${id} is ${to} already`, 'Nothing has to be done.'));
    decided = found.value;
    const files = [
      { path, content: null },
      { path: lessonPath(to, id), content: { mode: '100644', blob } },
    ];
    return ok([commit(tools, `knowledge: ${to === 'accepted' ? 'accept' : 'reject'} ${id}`, files)]);
  });
  if (!written.ok) return written;
  if (decided === null) throw new Error('nothing was decided');
  return ok(decided);
}

function commit(
  { operator, clock, processes }: Pick<Tools, 'operator' | 'clock' | 'processes'>,
  subject: string,
  files: OpsCommit['files'],
): OpsCommit {
  const { host, pid } = processes.self();
  return {
    subject,
    trailers: [
      ['PushPals-Event', 'knowledge'],
      ['PushPals-Runner', `${host}/${String(pid)}`],
      ['PushPals-Actor', `${operator.name} <${operator.email}>`],
    ],
    author: operator,
    at: clock.now(),
    files,
  };
}

const conflict = (what: string, hint: string): Failure => ({ class: 'state-conflict', what, hint });
