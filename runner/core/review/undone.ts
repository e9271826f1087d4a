import type { Finding } from '../../generated/types.js';
import { plainText, shorten } from '../template.js';

/** A file of a tree: its mode and id, and its lines; `text` is null for one that is no text, or too large to look into. */
export interface FileAt {
  readonly entry: string;
  readonly text: string | null;
}

/** A file at three times; null where it is not there. */
export interface ThreeTimes {
  readonly path: string;
  /** Before the branch gained what is looked for. */
  readonly before: FileAt | null;
  /** On the branch now. */
  readonly base: FileAt | null;
  /** After the change. */
  readonly result: FileAt | null;
}

/** What a change takes back of a file that the branch changed. Lines count from 1. */
export interface Undone {
  readonly path: string;
  /** The file is as it was before, or gone as it was before. */
  readonly whole: boolean;
  /** Lines of the branch that are gone. */
  readonly gone: readonly Line[];
  /** Lines that the branch had removed, and that are back. */
  readonly back: readonly Line[];
}

interface Line {
  readonly number: number;
  readonly text: string;
}

/** So much of the words of a line has to stand on another one for that to be the same line, rewritten. */
const ALIKE = 0.5;
/** More lines than this are not compared with each other: it costs their square. */
const MOST_COMPARED = 500;
const MOST_FILES = 20;
const MOST_LINES = 8;
const LINE_LENGTH = 160;

/**
 * What the branch gained and a change silently takes back: lines that came and are gone, and lines that went and are back. One that stands elsewhere in what
 * was changed has moved, and one of which most words stand on a new line was rewritten; neither is undone. Spaces do not count, and
 * lines without a word (braces) say nothing. `elsewhere`: the texts of the other files that the change wrote. Git's attributes play no part.
 */
export function undone(files: readonly ThreeTimes[], elsewhere: readonly string[]): readonly Undone[] {
  const moved = new Set(elsewhere.flatMap((text) => linesOf(text).map(({ key }) => key)));
  return files.flatMap((file) => {
    const found = undoneIn(file, moved);
    return found === null ? [] : [found];
  });
}

function undoneIn({ path, before, base, result }: ThreeTimes, moved: ReadonlySet<string>): Undone | null {
  if (base?.entry === before?.entry || base?.entry === result?.entry) return null;
  const [was, is, becomes] = [before, base, result].map((file) => (file === null ? [] : linesOf(file.text ?? '')));
  if (was === undefined || is === undefined || becomes === undefined) throw new RangeError('three times');
  const isText = [before, base, result].every((file) => file === null || file.text !== null);
  const whole = result?.entry === before?.entry;
  if (!isText) return whole ? { path, whole, gone: [], back: [] } : null;
  const [inBefore, inBase, inResult] = [counted(was), counted(is), counted(becomes)];
  const added = surplus(becomes, inResult, [inBase]);
  const back = added.filter(({ key }) => (inBefore.get(key) ?? 0) > (inBase.get(key) ?? 0));
  const fresh = added.filter(({ key }) => !inBefore.has(key));
  const unmoved = surplus(is, inBase, [inBefore, inResult]).filter(({ key }) => !moved.has(key));
  const gone = unmoved.length * fresh.length > MOST_COMPARED ** 2 ? unmoved : withoutRewritten(unmoved, fresh);
  // Of a file whose lines all moved elsewhere nothing is undone; of one that gained no line, only whole files tell.
  const isUndone = gone.length > 0 || back.length > 0 || (whole && surplus(is, inBase, [inBefore]).length === 0);
  return isUndone ? { path, whole, gone: gone.map(shown), back: back.map(shown) } : null;
}

interface Keyed extends Line {
  /** The line without what does not count. */
  readonly key: string;
}

const shown = ({ number, text }: Keyed): Line => ({ number, text });

function linesOf(text: string): readonly Keyed[] {
  return text.split('\n').flatMap((line, index): Keyed[] => {
    const key = line.trim().replace(/\s+/g, ' ');
    return /[\p{L}\p{N}]/u.test(key) ? [{ number: index + 1, text: line, key }] : [];
  });
}

function counted(lines: readonly Keyed[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { key } of lines) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Lines that stand more often here than in each of the others; of equal ones the last. */
function surplus(
  lines: readonly Keyed[],
  here: ReadonlyMap<string, number>,
  others: readonly ReadonlyMap<string, number>[],
): readonly Keyed[] {
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

/** Each new line accounts for one that it was made from. */
function withoutRewritten(gone: readonly Keyed[], fresh: readonly Keyed[]): readonly Keyed[] {
  const open = fresh.map(({ key }) => wordsOf(key));
  return gone.filter(({ key }) => {
    const words = wordsOf(key);
    const at = open.findIndex((other) => [...words].filter((word) => other.has(word)).length >= words.size * ALIKE);
    if (at === -1) return true;
    open.splice(at, 1);
    return false;
  });
}

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.match(/[\p{L}\p{N}_]+/gu) ?? []);

/** What was undone as findings: computed, so that no reviewer can leave them out. `since` says what the branch gained it after, in words. */
export function undoneFindings(all: readonly Undone[], branch: string, since: string): readonly Finding[] {
  const listed = all.slice(0, MOST_FILES).map(({ path, whole, gone, back }): Finding => {
    const what = whole
      ? 'is as it was before'
      : [
          gone.length === 0 ? null : `${String(gone.length)} line(s) are gone`,
          back.length === 0 ? null : `${String(back.length)} removed line(s) are back`,
        ]
          .filter((part) => part !== null)
          .join(', ');
    const line = gone[0]?.number ?? back[0]?.number;
    return {
      severity: 'high',
      from: 'runner',
      title: shorten(plainText(`It undoes what ${branch} gained ${since}: ${path} ${whole ? '' : '- '}${what}`), 300),
      detail: [...quoted('gone', gone), ...quoted('back', back)].join('\n') || `The whole of ${plainText(path)}.`,
      suggestion: 'Put it back, or say in the order that it has to go.',
      file: path.slice(0, 1000),
      ...(line === undefined ? {} : { line }),
    };
  });
  if (all.length <= MOST_FILES) return listed;
  const title = `It undoes what ${plainText(branch)} gained in ${String(all.length - MOST_FILES)} more file(s)`;
  return [...listed, { severity: 'high', from: 'runner', title: shorten(title, 300) }];
}

function quoted(word: string, lines: readonly Line[]): readonly string[] {
  const some = lines
    .slice(0, MOST_LINES)
    .map(({ number, text }) => `${word}, line ${String(number)}: ${shorten(plainText(text), LINE_LENGTH)}`);
  return lines.length > MOST_LINES ? [...some, `${word}: ${String(lines.length - MOST_LINES)} more`] : some;
}
