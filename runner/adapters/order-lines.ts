import { withoutOpening } from '../core/visible.js';

/** One line of a text whose hidden parts are NUL. */
export interface Line {
  readonly offset: number;
  /** Where it ends, its line break not counted. */
  readonly end: number;
  readonly text: string;
}

/** A list's entry, or a line. */
export interface Item {
  readonly text: string;
  readonly offset: number;
}

const BULLET = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/;

/** What a person reads of a line. */
export const seen = (text: string): string => (text.includes('\0') ? withoutOpening(text.replaceAll('\0', '')) : text);

/** List entries with their continuation lines; lines that are in no list stand for themselves. */
export function itemsOf(lines: readonly Line[]): readonly Item[] {
  const items: { parts: string[]; offset: number; isEntry: boolean }[] = [];
  let open = false;
  for (const line of lines) {
    const text = seen(line.text);
    const bullet = BULLET.exec(text)?.[0];
    const last = items.at(-1);
    if (text.trim() === '') open = false;
    else if (bullet === undefined && open && last?.isEntry === true && /^[ \t]/.test(text))
      last.parts.push(text.trim());
    else {
      const body = text.slice(bullet?.length ?? 0);
      const offset = line.offset + text.length - body.trimStart().length;
      items.push({ parts: [body.trim()], offset, isEntry: bullet !== undefined });
      open = true;
    }
  }
  return items.map(({ parts, offset }) => ({ text: parts.join(' '), offset })).filter(({ text }) => text !== '');
}

/** The first heading or paragraph, on one line; entries of a list are joined by semicolons. `end` is where it ends. */
export function paragraphOf(lines: readonly Line[]): {
  readonly text: string;
  readonly offset: number;
  readonly end: number;
  readonly isHeading: boolean;
} {
  const from = lines.findIndex(({ text }) => seen(text).trim() !== '');
  const first = lines[from];
  if (first === undefined)
    return { text: '', offset: lines[0]?.offset ?? 0, end: lines.at(-1)?.end ?? 0, isHeading: false };
  const indent = first.text.length - first.text.replace(/^[\0 \t]+/, '').length;
  const heading = /^[ \t]{0,3}#{1,6}[ \t]/.exec(seen(first.text))?.[0];
  if (heading !== undefined) {
    return {
      text: headingText(seen(first.text).slice(heading.length)),
      offset: first.offset + indent,
      end: first.end,
      isHeading: true,
    };
  }
  const after = lines.slice(from + 1).findIndex(({ text }) => seen(text).trim() === '');
  const paragraph = lines.slice(from, after === -1 ? undefined : from + 1 + after);
  const underline = /^ {0,3}(?:=+|-{2,})[ \t]*$/.test(paragraph[1]?.text ?? '');
  const words = underline ? paragraph.slice(0, 1) : paragraph;
  const text = itemsOf(words)
    .map((item) => item.text)
    .join(BULLET.test(seen(first.text)) ? '; ' : ' ');
  return {
    text: text.replace(/\s+/g, ' '),
    offset: first.offset + indent,
    end: (underline ? paragraph[1] : paragraph.at(-1))?.end ?? first.end,
    isHeading: underline,
  };
}

/** A heading's words without the closing signs that Markdown allows. */
export function headingText(text: string): string {
  const trimmed = text.trim();
  let end = trimmed.length;
  while (trimmed[end - 1] === '#') end -= 1;
  return (end === 0 || /[ \t]/.test(trimmed[end - 1] ?? '') ? trimmed.slice(0, end) : trimmed).trim();
}

/** Where the first sentence of a paragraph ends: after a full stop that no small letter follows. */
export function sentenceEnd(text: string, start: number, end: number): number {
  const stop = /[.!?…](?=\s+[^\p{Ll}\s]|\s*$)/u.exec(text.slice(start, end));
  return stop === null ? end : start + stop.index + 1;
}

/** A single word as people write it in prose: `Low.`, or a name in backticks. */
export function wordOf(text: string, isLowerCase: boolean): string {
  const word = text
    .trim()
    .replace(/^[`*_"']+/, '')
    .replace(/[`*_"'.]{1,9}$/, '');
  return isLowerCase ? word.toLowerCase() : word;
}
