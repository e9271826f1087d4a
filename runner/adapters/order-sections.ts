import { headingText, seen, type Line } from './order-lines.js';

export type SectionKey =
  'goal' | 'constraints' | 'risk' | 'done' | 'context' | 'formula' | 'priority' | 'inputs' | 'after' | 'expires';

const SECTIONS: ReadonlyMap<string, SectionKey> = new Map([
  ['goal', 'goal'],
  ['constraints', 'constraints'],
  ['risk tier', 'risk'],
  ['risk', 'risk'],
  ['definition of done', 'done'],
  ['done', 'done'],
  ['notes/context', 'context'],
  ['notes', 'context'],
  ['context', 'context'],
  ['formula', 'formula'],
  ['priority', 'priority'],
  ['inputs', 'inputs'],
  ['after', 'after'],
  ['expires', 'expires'],
]);

/** A heading and what stands below it; the first block of a text has no heading. */
export interface Block {
  readonly key: SectionKey | null;
  readonly start: number;
  /** Where what stands below the heading begins. */
  readonly contentStart: number;
  readonly end: number;
  readonly lines: readonly Line[];
  /** Headings that are not known, its own and those within it. */
  readonly unknown: readonly { readonly title: string; readonly start: number }[];
}

interface Heading {
  readonly title: string;
  readonly key: SectionKey | null;
  /** 1 to 6; 7 for a bold line. */
  readonly level: number;
  /** Text on the heading's own line, after a bold heading. */
  readonly rest: Line | null;
  /** How many lines it takes. */
  readonly height: 1 | 2;
}

/** Nobody writes more; the headings after these are text. */
const MAX_HEADINGS = 1000;

/**
 * Cuts a text (hidden parts as NUL) at its headings from `from` on. A heading that is not known and stands deeper than the block that it is
 * in belongs to that block; headings in code are text.
 */
export function blocksOf(text: string, from: number): readonly Block[] {
  const lines = linesOf(text, from);
  const labels =
    lines
      .find((line) => seen(line.text).trim() !== '')
      ?.text.trimStart()
      .toLowerCase()
      .startsWith('goal:') === true;
  const blocks: (Block & { lines: Line[]; unknown: { title: string; start: number }[]; level: number })[] = [
    { key: null, start: from, contentStart: from, end: text.length, lines: [], unknown: [], level: 0 },
  ];
  let fence: string | null = null;
  let headings = 0;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    const current = blocks.at(-1);
    if (line === undefined || current === undefined) break;
    const marker = /^ {0,3}(`{3,}|~{3,})/.exec(line.text)?.[1];
    if (fence !== null) {
      if (marker?.startsWith(fence) === true && line.text.trim() === marker) fence = null;
      current.lines.push(line);
      continue;
    }
    if (marker !== undefined) fence = marker;
    const mayBegin = marker === undefined && headings < MAX_HEADINGS;
    const heading: Heading | null = mayBegin ? headingAt(line, lines[index + 1], labels) : null;
    if (heading !== null) headings += 1;
    if (heading === null || (heading.key === null && (heading.level > current.level || blocks.length === 1))) {
      if (heading !== null && current.key === null) current.unknown.push({ title: heading.title, start: line.offset });
      current.lines.push(line);
      continue;
    }
    const last = heading.height === 2 ? (lines[index + 1] ?? line) : line;
    const contentStart = heading.rest?.offset ?? Math.min(last.end + 1, text.length);
    blocks[blocks.length - 1] = { ...current, end: line.offset };
    blocks.push({
      key: heading.key,
      start: line.offset,
      contentStart,
      end: text.length,
      lines: heading.rest === null ? [] : [heading.rest],
      unknown: heading.key === null ? [{ title: heading.title, start: line.offset }] : [],
      level: heading.level,
    });
    if (heading.height === 2) index += 1;
  }
  return blocks.filter(({ key, lines: own }) => key !== null || own.some(({ text: line }) => line.trim() !== ''));
}

function linesOf(text: string, from: number): readonly Line[] {
  const lines: Line[] = [];
  for (let offset = from; offset <= text.length;) {
    const newline = text.indexOf('\n', offset);
    const end = newline === -1 ? text.length : newline;
    lines.push({ offset, end, text: text.slice(offset, end) });
    offset = end + 1;
  }
  return lines;
}

function headingAt(line: Line, next: Line | undefined, labels: boolean): Heading | null {
  const text = seen(line.text);
  const signs = /^ {0,3}(#{1,6})(?:[ \t]|$)/.exec(text);
  if (signs?.[1] !== undefined) {
    const title = nameOf(headingText(text.slice(signs[0].length)));
    return { title, key: SECTIONS.get(title) ?? null, level: signs[1].length, rest: null, height: 1 };
  }
  const underline = /^ {0,3}(=+|-{2,})[ \t]*$/.exec(next?.text ?? '')?.[1];
  const underlined = underline === undefined ? undefined : SECTIONS.get(nameOf(text));
  if (underline !== undefined && underlined !== undefined) {
    return { title: nameOf(text), key: underlined, level: underline.startsWith('=') ? 1 : 2, rest: null, height: 2 };
  }
  return boldHeading(line) ?? (labels ? labelled(line) : null);
}

/** `**Goal:** text`, also as an entry of a list. Only names that are known make a heading. */
function boldHeading(line: Line): Heading | null {
  const opening = /^[\0 \t]*(?:[-*+][ \t]+)?(\*\*|__)/.exec(line.text);
  const mark = opening?.[1];
  if (opening === null || mark === undefined) return null;
  const close = line.text.indexOf(mark, opening[0].length);
  if (close === -1 || close - opening[0].length > 60) return null;
  const title = nameOf(seen(line.text.slice(opening[0].length, close)));
  const colon = /^[ \t]*:/.exec(line.text.slice(close + mark.length))?.[0].length ?? 0;
  return inlineHeading(line, title, close + mark.length + colon);
}

/** `Goal: text`, in a text that begins that way. */
function labelled(line: Line): Heading | null {
  const colon = line.text.indexOf(':');
  return colon === -1 || colon > 60 ? null : inlineHeading(line, nameOf(seen(line.text.slice(0, colon))), colon + 1);
}

function inlineHeading(line: Line, title: string, restAt: number): Heading | null {
  const key = SECTIONS.get(title);
  if (key === undefined) return null;
  const text = line.text.slice(restAt);
  const offset = line.offset + restAt + (text.length - text.trimStart().length);
  const rest = seen(text).trim() === '' ? null : { offset, end: line.end, text: text.trimStart() };
  return { title, key, level: 7, rest, height: 1 };
}

function nameOf(title: string): string {
  if (title.length > 80) return title.slice(0, 80);
  return title
    .replace(/[*_`]/g, '')
    .replace(/\s*\/\s*/g, '/')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\s*:$/, '')
    .toLowerCase();
}
