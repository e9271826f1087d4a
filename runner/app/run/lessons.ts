import type { Lesson } from '../../generated/types.js';
import { chooseLessons } from '../../core/knowledge/choose.js';
import { lessonDigest, lessonOf, lessonPath, proposedLessons } from '../../core/knowledge/lesson.js';
import type { LandedLesson, ReadIntoPrompt } from '../../core/knowledge/report.js';
import { ok } from '../../core/failure.js';
import type { Node, Statuses } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import { readKnowledge } from '../knowledge/read.js';
import type { OpsCommit } from '../ports/ops.js';
import type { Material } from './agents/task.js';
import { factsOf, type RunContext } from './context.js';
import { searchValue } from './secret-scan.js';
import type { StepResult } from './step-result.js';

/** What the project knows of what a step is about, to be shown as data: lessons that people accepted, or that the policy lets land. */
export async function knowledgeFor(context: RunContext, node: Node, input: CommitId): Promise<readonly Material[]> {
  const { tools, loaded, journal, base } = context;
  const tip = await tools.ops.tip();
  if (tip === null) return [];
  const { lessons } = await readKnowledge(tools, tip);
  const accepted = lessons.filter(({ state }) => state === 'accepted');
  if (accepted.length === 0) return [];
  const changes = input === base ? ok([]) : await tools.repository.changes(base, input);
  const { goal, context: notes = '', done = [] } = journal.order.record.order;
  const chosen = chooseLessons(accepted, {
    scope: node.step.scope?.write ?? loaded.formula.scope?.write ?? [],
    changed: changes.ok ? changes.value.map(({ path }) => path) : [],
    words: [goal, ...done, notes].join('\n'),
  });
  return chosen.map(({ lesson, text }): Material => {
    const path = lessonPath('accepted', lesson.lesson);
    const shown = `${lesson.title}\n\n${text}`;
    return {
      name: `a lesson of this project, ${path}`,
      text: shown,
      read: { kind: 'knowledge', path, digest: `sha256:${tools.sha256(shown)}` },
    };
  });
}

/** What of some material was read from files. */
export const readOf = (material: readonly Material[]): readonly ReadIntoPrompt[] =>
  material.flatMap(({ read }) => read ?? []);

/** What an agent would have remembered, as its step keeps it; what cannot be is said in the step's notes. */
export async function keptLessons(
  context: RunContext,
  node: Node,
  said: unknown,
): Promise<Pick<StepResult, 'lessons'>> {
  const { lessons, dropped } = proposedLessons(context.secrets.masked(said));
  const notes = dropped.map((why) => `not kept: ${why}`);
  const clean = lessons.length === 0 ? ok(null) : await searchValue(context, node, 'a lesson', lessons);
  if (!clean.ok) notes.push(`not kept: lessons of this step (${clean.failure.class})`);
  factsOf(context, node.key).notes.push(...notes);
  return clean.ok && lessons.length > 0 ? { lessons } : {};
}

const MOST_OF_A_RUN = 10;
/** So many wait for a person; who proposes more has to be read first. */
const MOST_PROPOSED = 200;

/**
 * The lessons of a run that has ended, with what the policy makes of them: those of one that failed wait for a person whatever it says. One of the same text as any
 * that is known, also of one that was turned down, is not asked about again.
 */
export async function landLessons(
  { tools, policy, nodes, journal, run, loaded }: RunContext,
  statuses: Statuses,
  hasSucceeded: boolean,
): Promise<{ readonly landed: readonly LandedLesson[]; readonly files: OpsCommit['files'] }> {
  const proposed = nodes.flatMap(({ key, step }) => {
    const status = statuses[key];
    const by = step.by ?? loaded.formula.agent ?? '';
    return status?.state === 'succeeded'
      ? proposedLessons(status.lessons).lessons.map((lesson) => ({ lesson, by }))
      : [];
  });
  const tip = await tools.ops.tip();
  if (proposed.length === 0 || tip === null) return { landed: [], files: [] };
  const { lands = 'propose' } = policy.knowledge ?? {};
  const state = lands === 'auto' && hasSucceeded ? ('accepted' as const) : ('proposed' as const);
  const { lessons } = await readKnowledge(tools, tip);
  const known = new Set(
    lessons.flatMap(({ lesson, text }) => [lesson.digest, lessonDigest({ title: lesson.title, text }, tools.sha256)]),
  );
  const names = new Set(lessons.map(({ lesson }) => lesson.lesson));
  let waiting = lessons.filter((each) => each.state === 'proposed').length;
  const landed: LandedLesson[] = [];
  const files: { path: string; content: string }[] = [];
  for (const { lesson: said, by } of proposed.slice(0, MOST_OF_A_RUN)) {
    const at = tools.clock.now();
    const lesson = lessonOf(said, { at, order: journal.order.record.id, run, by }, tools.sha256);
    const of = { id: lesson.lesson, title: lesson.title };
    if (known.has(lesson.digest) || names.has(lesson.lesson)) landed.push({ ...of, to: 'known' });
    else if (lands === 'none' || (state === 'proposed' && waiting >= MOST_PROPOSED))
      landed.push({ ...of, to: 'dropped' });
    else {
      files.push({ path: lessonPath(state, lesson.lesson), content: fileOf(lesson, said.text, tools) });
      landed.push({ ...of, to: state });
      if (state === 'proposed') waiting += 1;
    }
    known.add(lesson.digest);
    names.add(lesson.lesson);
  }
  return { landed, files };
}

const fileOf = (lesson: Lesson, text: string, { formats }: Pick<RunContext['tools'], 'formats'>): string =>
  `---\n${formats.stringify(lesson)}---\n\n${text}\n`;
