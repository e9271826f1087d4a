import type { Failure } from '../../core/failure.js';
import type { BlobId, CommitId } from '../../core/ids.js';
import type { Known } from '../../core/knowledge/choose.js';
import { lessonAt, type LessonState } from '../../core/knowledge/lesson.js';
import type { Tools } from '../tools.js';

/** A lesson as the ops branch has it. */
export interface StoredLesson extends Known {
  readonly state: LessonState;
  readonly path: string;
  readonly blob: BlobId;
}

export interface Knowledge {
  /** By name within each state. */
  readonly lessons: readonly StoredLesson[];
  readonly broken: readonly { readonly path: string; readonly failure: Failure }[];
  readonly tip: CommitId;
}

const MOST_FILES = 2_000;
const MOST_BYTES = 64 * 1024;

/** The lessons of a commit of the ops branch. Whoever may push there can have written any of them. */
export async function readKnowledge(
  { repository, formats }: Pick<Tools, 'repository' | 'formats'>,
  tip: CommitId,
): Promise<Knowledge> {
  const files = (await repository.files(tip, ['knowledge']))
    .filter(({ path, mode }) => lessonAt(path) !== null && mode !== '120000' && mode !== '160000')
    .sort((one, other) => rank(one.path) - rank(other.path) || (one.path < other.path ? -1 : 1))
    .slice(0, MOST_FILES);
  const blobs = await repository.blobs(
    files.map(({ blob }) => blob),
    MOST_BYTES,
  );
  const lessons: StoredLesson[] = [];
  const broken: { path: string; failure: Failure }[] = [];
  for (const { path, blob } of files) {
    const at = lessonAt(path);
    if (at === null) continue;
    const bytes = blobs.get(blob);
    const read = formats.lesson(path, bytes ?? new Uint8Array());
    if (!read.ok) broken.push({ path, failure: read.failure });
    else if (read.value.lesson.lesson !== at.id)
      broken.push({ path, failure: otherName(path, read.value.lesson.lesson) });
    else lessons.push({ ...read.value, state: at.state, path, blob });
  }
  return { lessons, broken, tip };
}

/** However many were turned down, those that are in force are read. */
const rank = (path: string): number => ORDER.indexOf(lessonAt(path)?.state ?? 'rejected');
const ORDER: readonly LessonState[] = ['accepted', 'proposed', 'rejected'];

const otherName = (file: string, name: string): Failure => ({
  class: 'config-invalid',
  problems: [
    {
      ...{ file, line: 2, column: 1, excerpt: `lesson: ${name}` },
      message: `its \`lesson\` is ${name}, and its file is named otherwise`,
      hint: 'Give both the same name.',
    },
  ],
});
