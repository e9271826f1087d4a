/** A line of a text, counted from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

export interface Keyed extends Line {
  /** The line without what does not count. */
  readonly key: string;
}

export type Counts = ReadonlyMap<string, number>;

/** Of a longer line no more words than this many characters hold are compared. */
const MOST_COMPARED = 2000;

/** The lines of a text that say something: spaces do not count, and lines without a word (braces) say nothing. */
export function linesOf(text: string): readonly Keyed[] {
  return text.split('\n').flatMap((line, index): Keyed[] => {
    const key = line.trim().replace(/\s+/g, ' ');
    return /[\p{L}\p{N}]/u.test(key) ? [{ number: index + 1, text: line, key }] : [];
  });
}

export function counted(lines: readonly Keyed[]): Counts {
  const counts = new Map<string, number>();
  for (const { key } of lines) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Lines that stand more often here than in each of the others; of equal ones the last. */
export function surplus(lines: readonly Keyed[], here: Counts, others: readonly Counts[]): readonly Keyed[] {
  const left = new Map(
    [...here].map(([key, count]) => [key, Math.min(...others.map((other) => count - (other.get(key) ?? 0)))]),
  );
  return lines
    .toReversed()
    .filter(({ key }) => {
      const count = left.get(key) ?? 0;
      left.set(key, count - 1);
      return count > 0;
    })
    .reverse();
}

const COMMENT = /^(?:\/\/|\/\*|\*|#|--|;|%|<!--|rem\b)/i;
const isComment = (key: string): boolean => COMMENT.test(key);

/** A line without the comment at its end; one that is nothing else as it is. */
export const withoutComment = (key: string): string => key.replace(/\s+(?:\/\/|\/\*|#|<!--).*$/, '') || key;

/** The words of a line that do something: without comments and what stands in quotes, where that leaves any. */
function wordsOf(key: string): ReadonlySet<string> {
  const words = (text: string): readonly string[] => text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const line = key.slice(0, MOST_COMPARED);
  const bare = withoutComment(line).replace(/"[^"]*"|'[^']*'|`[^`]*`/g, ' ');
  const acting = words(bare);
  return new Set(acting.length === 0 ? words(line) : acting);
}

/** So much of the words of a line has to stand on another one for that to be the same line, rewritten. */
const ALIKE = 0.5;

/** How many pairs of lines may still be compared, over all files of a change. */
export interface Comparisons {
  left: number;
}

/**
 * Tells lines of `is` that were rewritten in `becomes` from those that are gone. The new line stands where the old one did, between the nearest lines that
 * both texts have once, is no comment where the old one is none, and has at least half of its words. Each new line accounts for one old one. What there are
 * no comparisons left for is gone.
 */
export function rewritten(
  lost: readonly Keyed[],
  fresh: readonly Keyed[],
  [is, becomes]: readonly [readonly Keyed[], readonly Keyed[]],
  comparisons: Comparisons,
): ReadonlySet<Keyed> {
  const found = new Set<Keyed>();
  if (lost.length === 0 || fresh.length === 0) return found;
  const between = placesIn(is, becomes);
  const words = fresh.map(({ key }) => wordsOf(key));
  const open = new Open(fresh.length);
  for (const line of lost) {
    const [after, before] = between(line.number);
    const own = wordsOf(line.key);
    for (let at = open.from(firstAfter(fresh, after)); (fresh[at]?.number ?? before) < before; at = open.from(at + 1)) {
      if (comparisons.left <= 0) return found;
      comparisons.left -= 1;
      if (isComment(fresh[at]?.key ?? '') && !isComment(line.key)) continue;
      if ([...own].filter((word) => words[at]?.has(word) === true).length < own.size * ALIKE) continue;
      open.take(at);
      found.add(line);
      break;
    }
  }
  return found;
}

/** Indexes below a number that nobody has taken yet. */
class Open {
  /** To where each leads: itself, while it is open. */
  readonly #next: number[];

  constructor(count: number) {
    this.#next = Array.from({ length: count + 1 }, (_, index) => index);
  }

  /** The first open one from an index on; the number itself where none is. */
  from(index: number): number {
    let found = index;
    for (let next = this.#next[found] ?? found; next !== found; next = this.#next[found] ?? found) {
      this.#next[found] = this.#next[next] ?? next;
      found = next;
    }
    return found;
  }

  take(index: number): void {
    this.#next[index] = index + 1;
  }
}

/** For a line of a text, between which lines of the other one it would stand. */
function placesIn(is: readonly Keyed[], becomes: readonly Keyed[]): (number: number) => readonly [number, number] {
  const [here, there] = [counted(is), counted(becomes)];
  const places = new Map(becomes.map(({ key, number }) => [key, number]));
  const anchors = is.flatMap(({ key, number }) => {
    const place = here.get(key) === 1 && there.get(key) === 1 ? places.get(key) : undefined;
    return place === undefined ? [] : [{ number, place }];
  });
  return (number) => {
    const next = firstAfter(anchors, number);
    return [anchors[next - 1]?.place ?? 0, anchors[next]?.place ?? Infinity];
  };
}

/** The index of the first that stands after a line, in a list that is sorted by lines. */
function firstAfter(sorted: readonly { readonly number: number }[], number: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.number ?? 0) <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}
