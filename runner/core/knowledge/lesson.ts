import type { Lesson, ProposedLesson } from '../../generated/types.js';
import { hiddenIn, reveal } from '../visible.js';
import { plainText, shorten } from '../template.js';

/** Where a lesson lies below `knowledge/`: read into prompts, waiting for a person, or turned down. */
export type LessonState = 'accepted' | 'proposed' | 'rejected';

export const lessonPath = (state: LessonState, id: string): string =>
  `knowledge/${state === 'accepted' ? '' : `${state}/`}${id}.md`;

/** The state and name that a path of the ops branch is of; null for what is no lesson. */
export function lessonAt(path: string): { readonly state: LessonState; readonly id: string } | null {
  const found = /^knowledge\/(?:(proposed|rejected)\/)?([a-z0-9][a-z0-9-]{0,59})\.md$/.exec(path);
  return found?.[2] === undefined ? null : { state: (found[1] ?? 'accepted') as LessonState, id: found[2] };
}

/** Where a command-line agent leaves what it would have remembered, in the folder of its outputs. */
export const LESSONS_FILE = 'lessons.json';

const MOST_OF_A_STEP = 5;
const MOST_PATHS = 20;
const MOST_TEXT = 4000;
const GLOB = /^(?!.*[?*+@!]\()[^\u0000-\u001f]{1,500}$/;

/**
 * The lessons that an agent proposes, as they are kept: bounded, without what a reader would not see, each text once. What cannot be kept is said in `dropped`.
 */
export function proposedLessons(said: unknown): {
  readonly lessons: readonly ProposedLesson[];
  readonly dropped: readonly string[];
} {
  if (said === undefined) return { lessons: [], dropped: [] };
  if (!Array.isArray(said)) return { lessons: [], dropped: ['the lessons are no list'] };
  const lessons = new Map<string, ProposedLesson>();
  const dropped: string[] = [];
  for (const [index, each] of (said as unknown[]).entries()) {
    const lesson = asLesson(each);
    if (typeof lesson === 'string') dropped.push(`lesson ${String(index + 1)}: ${lesson}`);
    else if (lessons.size >= MOST_OF_A_STEP) dropped.push(`lesson ${String(index + 1)}: a step has at most five`);
    else lessons.set(JSON.stringify([lesson.title, lesson.text]), lesson);
    if (dropped.length >= MOST_OF_A_STEP) break;
  }
  return { lessons: [...lessons.values()], dropped };
}

function asLesson(said: unknown): ProposedLesson | string {
  if (typeof said !== 'object' || said === null) return 'it is no object';
  const { title, text, paths = [] } = said as Readonly<Record<string, unknown>>;
  if (typeof title !== 'string' || plainText(title) === '') return 'it has no title';
  if (typeof text !== 'string' || text.trim() === '') return 'it has no text';
  if (text.length > MOST_TEXT) return `its text is longer than ${String(MOST_TEXT)} characters`;
  const shown = reveal(text.replace(/\r\n?/g, '\n').trim());
  // What hides can become longer when it is written out.
  if (shown.length > MOST_TEXT) return `it hides ${String(hiddenIn(text).length)} stretch(es) of text`;
  if (!Array.isArray(paths) || !(paths as unknown[]).every((path) => typeof path === 'string' && GLOB.test(path)))
    return 'its `paths` are no globs';
  return {
    title: shorten(plainText(title), 120),
    text: shown,
    ...(paths.length === 0 ? {} : { paths: (paths as string[]).slice(0, MOST_PATHS) }),
  };
}

export const lessonDigest = ({ title, text }: ProposedLesson, sha256: (text: string) => string): string =>
  `sha256:${sha256(JSON.stringify([title.toLowerCase(), text.replace(/\s+/g, ' ')]))}`;

/** A name that no other text has: of letters, digits and dashes alone, whatever the title. */
export function lessonId(title: string, digest: string): string {
  const words = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return `${words || 'lesson'}-${digest.slice('sha256:'.length, 'sha256:'.length + 8)}`;
}

export interface Learned {
  readonly at: string;
  readonly order: string;
  readonly run: string;
  readonly by: string;
}

/** A lesson with where it comes from. */
export function lessonOf(proposed: ProposedLesson, learned: Learned, sha256: (text: string) => string): Lesson {
  const digest = lessonDigest(proposed, sha256);
  const { title, paths } = proposed;
  return { lesson: lessonId(title, digest), title, ...(paths === undefined ? {} : { paths }), ...learned, digest };
}
