import {
  counted,
  linesOf,
  rewritten,
  surplus,
  withoutComment,
  type Comparisons,
  type Keyed,
  type Line,
} from './lines.js';

/** A file of a tree: its mode and id, and its text. */
export interface FileAt {
  /** `mode id` */
  readonly entry: string;
  /** Its bytes as UTF-8, whatever they are; null: it is too large, or nothing that has any (a submodule). */
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
  /** Its mode is what it was before; that the file is executable, mostly. */
  readonly mode: boolean;
  /** Lines of the branch that are gone. */
  readonly gone: readonly Line[];
  /** Lines that the branch had removed, and that are back. */
  readonly back: readonly Line[];
  /** Lines of the branch that stand in another file now, or were rewritten where they stood: whether what they did is still done, somebody has to read. */
  readonly altered: readonly Line[];
  /** It was not looked into: the branch's own file is no text (`binary`), or the change made it one that cannot be read (`unreadable`). */
  readonly unseen: 'binary' | 'unreadable' | null;
}

/** Pairs of lines that are compared with each other, over all files: what is beyond counts as gone. */
const MOST_COMPARISONS = 500_000;

/**
 * What the branch gained and a change silently takes back: lines that came and are gone, lines that went and are back, files and modes as they were before.
 * Git's attributes play no part, and neither does what the change makes of a file: one with zero bytes in it is read on as text, one that it has made too large
 * to read is told. `others`: all other files that the change wrote. The work is bounded over all files together by their size and `MOST_COMPARISONS`.
 *
 * Nothing is run or parsed, so this is about lines and not about what they do. It does not see: a line that stays and does nothing any more (behind a
 * condition, in a comment that begins on another line, in a function that nobody calls, indented otherwise); lines without a letter or digit; one that the
 * change writes again in another file of code, or alters where it stands (these are told as `altered`, for others to read); what a binary file or a submodule
 * holds, but for one that is back at what it was; what the branch gained earlier than what `before` is.
 */
export function undone(files: readonly ThreeTimes[], others: readonly Omit<ThreeTimes, 'before'>[]): readonly Undone[] {
  const moved = new MovedLines([...files, ...others]);
  const comparisons = { left: MOST_COMPARISONS };
  return files.flatMap((file) => undoneIn(file, moved, comparisons) ?? []);
}

function undoneIn(
  { path, before, base, result }: ThreeTimes,
  moved: MovedLines,
  comparisons: Comparisons,
): Undone | null {
  if (base?.entry === before?.entry || base?.entry === result?.entry) return null;
  const whole = result?.entry === before?.entry;
  const mode =
    before !== null &&
    base !== null &&
    result !== null &&
    modeOf(base) !== modeOf(before) &&
    modeOf(result) === modeOf(before);
  const found = { path, whole, mode, gone: [], back: [], altered: [], unseen: null };
  if ([before, base].some((file) => file !== null && !isText(file)))
    return whole || mode ? found : { ...found, unseen: 'binary' };
  if (result !== null && result.text === null) return { ...found, unseen: 'unreadable' };
  const [was = [], is = [], becomes = []] = [before, base, result].map((file) => linesOf(file?.text ?? ''));
  const [inBefore, inBase, inResult] = [counted(was), counted(is), counted(becomes)];
  const added = surplus(becomes, inResult, [inBase]);
  const removed = new Set(surplus(was, inBefore, [inBase]).map(({ key }) => key));
  const back = added.filter(({ key }) => removed.has(key) || removed.has(withoutComment(key)));
  const fresh = added.filter(({ key }) => !inBefore.has(key));
  const lost = surplus(is, inBase, [inBefore, inResult]);
  const elsewhere = new Set(lost.filter((line) => moved.take(path, line)));
  const here = rewritten(
    lost.filter((line) => !elsewhere.has(line)),
    fresh,
    [is, becomes],
    comparisons,
  );
  const gone = lost.filter((line) => !elsewhere.has(line) && !here.has(line));
  const altered = lost.filter((line) => elsewhere.has(line) || here.has(line));
  // Of a file whose lines all moved elsewhere nothing is undone; of one that gained no line, only whole files tell.
  const isBack = whole && surplus(is, inBase, [inBefore]).length === 0;
  if (gone.length + back.length + altered.length === 0 && !isBack && !mode) return null;
  const isWhole = whole && (isBack || gone.length + back.length > 0);
  return { ...found, whole: isWhole, gone: gone.map(shown), back: back.map(shown), altered: altered.map(shown) };
}

const modeOf = ({ entry }: FileAt): string => entry.split(' ')[0] ?? '';
const isText = ({ text }: FileAt): boolean => text !== null && !text.includes('\0');
const shown = ({ number, text }: Keyed): Line => ({ number, text });

/** Texts for people: a line of code that stands there does nothing. */
const PROSE = /\.(?:md|mdx|markdown|txt|rst|adoc|log|csv|tsv|patch|diff|orig|bak)$/i;

/** The lines that a change wrote anew, each of which can be one that stood in another file. */
class MovedLines {
  readonly #left = { code: new Map<string, number>(), prose: new Map<string, number>() };

  constructor(files: readonly Omit<ThreeTimes, 'before'>[]) {
    for (const { path, base, result } of files) {
      if (result?.text == null || base?.entry === result.entry) continue;
      const becomes = linesOf(result.text);
      const left = this.#left[PROSE.test(path) ? 'prose' : 'code'];
      for (const { key } of surplus(becomes, counted(becomes), [counted(linesOf(base?.text ?? ''))]))
        left.set(key, (left.get(key) ?? 0) + 1);
    }
  }

  /** Whether a line of a file stands elsewhere now; each that does accounts for one. */
  take(path: string, { key }: Keyed): boolean {
    const { code, prose } = this.#left;
    for (const left of PROSE.test(path) ? [prose, code] : [code]) {
      const count = left.get(key) ?? 0;
      if (count === 0) continue;
      left.set(key, count - 1);
      return true;
    }
    return false;
  }
}
