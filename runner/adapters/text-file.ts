import type { Problem, Result } from '../core/failure.js';
import { fail, ok } from '../core/failure.js';
import { visibleLine } from '../core/visible.js';

/** Every problem of a file. */
export interface Problems {
  readonly problems: readonly Problem[];
}

/** Problems beyond this many are counted, not shown. */
export const MAX_PROBLEMS = 50;
const EXCERPT_WIDTH = 160;

export interface Place {
  readonly line: number;
  readonly column: number;
  readonly excerpt: string;
}

/** A text file and its lines. Offsets are into `text`; lines and columns count from 1. */
export class SourceText {
  readonly file: string;
  readonly text: string;
  readonly #starts: number[] = [0];

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  place(offset: number): Place {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const start = this.#starts[low] ?? 0;
    return { line: low + 1, column: offset - start + 1, excerpt: this.#excerpt(start, offset) };
  }

  /** The start of a line, counted from 1. */
  offsetOf(line: number): number {
    return this.#starts[line - 1] ?? this.text.length;
  }

  problem(offset: number, message: string, hint?: string): Problem {
    return { file: this.file, ...this.place(offset), message, ...(hint === undefined ? {} : { hint }) };
  }

  /** The line around an offset; of a very long one the part that matters. */
  #excerpt(start: number, offset: number): string {
    const newline = this.text.indexOf('\n', start);
    const end = newline === -1 ? this.text.length : newline;
    if (end - start <= EXCERPT_WIDTH) return visibleLine(this.text.slice(start, end)).trimEnd();
    const from = Math.max(start, Math.min(offset - EXCERPT_WIDTH / 2, end - EXCERPT_WIDTH));
    const to = Math.min(end, from + EXCERPT_WIDTH);
    return `${from > start ? '…' : ''}${visibleLine(this.text.slice(from, to)).trimEnd()}${to < end ? '…' : ''}`;
  }
}

/** Decodes a file that must be UTF-8 text of at most `maxBytes`; a byte order mark is dropped. */
export function decodeText(file: string, bytes: Uint8Array, maxBytes: number): Result<SourceText, Problems> {
  const refuse = (source: SourceText, offset: number, message: string, hint: string): Result<never, Problems> =>
    fail({ problems: [source.problem(offset, message, hint)] });
  const nothing = new SourceText(file, '');
  if (bytes.byteLength > maxBytes) {
    return refuse(
      nothing,
      0,
      `the file has ${String(bytes.byteLength)} bytes, more than the ${String(maxBytes)} allowed`,
      'Put long logs somewhere else, and link to them.',
    );
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return refuse(nothing, 0, 'the file is UTF-16, and must be UTF-8', 'Save it as UTF-8.');
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('utf8');
  const again = Buffer.from(text, 'utf8');
  const source = new SourceText(file, text.startsWith('\ufeff') ? text.slice(1) : text);
  if (!again.equals(buffer)) {
    const bad = firstDifference(again, buffer);
    const offset = buffer.subarray(0, bad).toString('utf8').length - (text.length - source.text.length);
    return refuse(source, Math.max(0, offset), `byte ${String(bad + 1)} is not UTF-8`, 'Save the file as UTF-8.');
  }
  const nul = source.text.indexOf('\0');
  if (nul !== -1)
    return refuse(source, nul, 'there is a NUL character, so this is no text', 'Remove it, or save the file as UTF-8.');
  return ok(source);
}

function firstDifference(a: Buffer, b: Buffer): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) if (a[at] !== b[at]) return at;
  return length;
}

/** In the file's order, each once, and not more than a person can read. */
export function tidyProblems(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  const distinct = [...problems]
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .filter(({ line, column, message }) => {
      const key = `${String(line)}:${String(column)}:${message}`;
      return seen.has(key) ? false : seen.add(key);
    });
  const shown = distinct.slice(0, MAX_PROBLEMS);
  const last = shown.at(-1);
  if (distinct.length <= MAX_PROBLEMS || last === undefined) return shown;
  return [
    ...shown.slice(0, -1),
    { ...last, message: `${last.message} (and ${String(distinct.length - MAX_PROBLEMS)} more problems)` },
  ];
}
