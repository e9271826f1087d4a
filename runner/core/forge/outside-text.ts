import { plainText, shorten } from '../template.js';
import { visibleLine } from '../visible.js';

const MOST_TITLE = 200;
const MOST_LINE = 2_000;
/** Forges take some 65,000 characters. */
const MOST_BLOCK = 50_000;

/** Lines that others wrote as one block of code of a forge's Markdown: it mentions nobody, closes nothing and shows no picture. */
export function codeBlock(lines: readonly string[]): string {
  const block = shorten(lines.map((line) => shorten(visibleLine(line), MOST_LINE)).join('\n'), MOST_BLOCK);
  const fence = '`'.repeat(Math.max(2, ...[...block.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return `${fence}text\n${block}\n${fence}`;
}

/** The same within a line. */
export const codeSpan = (text: string): string => `\`${plainText(text).replaceAll('`', "'")}\``;

/**
 * A title that others had a hand in. No Markdown keeps it apart there, and a forge may make it the message of a commit: so what would mention somebody, or refer to
 * an issue, is taken apart, and what forges take for a draft's sign does not come first.
 */
export function quietTitle(text: string, otherwise: string): string {
  const quiet = plainText(text)
    .replace(/([@#!])(?=[\p{L}\p{N}_])/gu, '$1 ')
    .replace(/\bGH-(?=\d)/gi, 'GH ')
    .replace(/:\/\//g, ': //');
  const title = quiet === '' ? otherwise : quiet;
  return shorten(/^[\s[(]*(draft|wip)\b/i.test(title) ? `${otherwise}: ${title}` : title, MOST_TITLE);
}
