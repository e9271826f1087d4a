import type { Lesson } from '../../generated/types.js';
import { matcher } from '../glob.js';

/** An accepted lesson. */
export interface Known {
  readonly lesson: Lesson;
  readonly text: string;
}

/** What a step is about, as far as can be told before it runs. */
export interface About {
  /** Globs that it may write to; none: everything. */
  readonly scope: readonly string[];
  /** Files that were changed before it. */
  readonly changed: readonly string[];
  /** What the order says, in which files may be named. */
  readonly words: string;
}

const MOST_LESSONS = 10;
const MOST_CHARACTERS = 12_000;

/**
 * The lessons that are read into a prompt: first those about files that the step is about, then those about everything; in each the newest first. The same
 * for the same knowledge, and bounded: one that does not fit any more is left out, and shorter ones after it are not.
 */
export function chooseLessons(known: readonly Known[], about: About): readonly Known[] {
  const named = pathsIn(about.words);
  const ranked = known
    .map((each) => ({ each, rank: rankOf(each.lesson, about, named) }))
    .filter(({ rank }) => rank > 0)
    .sort(
      (one, other) =>
        other.rank - one.rank ||
        compare(other.each.lesson.at ?? '', one.each.lesson.at ?? '') ||
        compare(one.each.lesson.lesson, other.each.lesson.lesson),
    );
  const chosen: Known[] = [];
  let left = MOST_CHARACTERS;
  for (const { each } of ranked) {
    if (chosen.length >= MOST_LESSONS || each.text.length > left) continue;
    left -= each.text.length;
    chosen.push(each);
  }
  return chosen;
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function rankOf({ paths = [] }: Lesson, { scope, changed }: About, named: readonly string[]): number {
  if (paths.length === 0) return 1;
  const isAbout = matcher(paths);
  if (changed.some(isAbout) || named.some(isAbout)) return 3;
  return scope.length === 0 || scope.some((one) => paths.some((other) => meet(one, other))) ? 2 : 0;
}

const MOST_NAMED = 200;

/** Words that can be paths. */
const pathsIn = (text: string): readonly string[] =>
  (text.slice(0, 20_000).match(/[A-Za-z0-9_@.-]+(?:\/[A-Za-z0-9_@.-]+)*/g) ?? [])
    .slice(0, MOST_NAMED)
    .map((word) => withoutEnd(word.startsWith('./') ? word.slice(2) : word));

/** By hand: an expression that looks for the end of dots takes the square of a text that is nothing else. */
function withoutEnd(word: string): string {
  let end = word.length;
  while (end > 0 && '.:,'.includes(word.charAt(end - 1))) end -= 1;
  return word.slice(0, end);
}

/** Whether two globs can match the same file, as far as their beginnings tell. */
function meet(one: string, other: string): boolean {
  const [a, b] = [literal(one), literal(other)];
  return a.startsWith(b) || b.startsWith(a);
}

const literal = (glob: string): string => /^[^*?[{]*/.exec(glob)?.[0] ?? '';
