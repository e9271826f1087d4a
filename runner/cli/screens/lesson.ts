import type { StoredLesson } from '../../app/knowledge/read.js';
import { printable, type Output } from '../output.js';

/** A lesson in full, but for its title: where it comes from, what it is about, and what it says. */
export function lessonText({ lesson, text }: StoredLesson, out: Output): void {
  const from = [
    lesson.by === undefined ? null : `by ${lesson.by}`,
    lesson.run === undefined ? null : `in run ${lesson.run}`,
    lesson.at === undefined ? null : `at ${lesson.at}`,
  ].filter((part) => part !== null);
  out.line(from.length === 0 ? 'written by a person' : `learned ${from.map(printable).join(' ')}`);
  if (lesson.paths !== undefined) out.line(`about ${lesson.paths.map(printable).join(' ')}`);
  out.line('');
  for (const line of text.split('\n')) out.line(printable(line));
}
