import { printable, type Paint } from '../output.js';
import { table } from '../table.js';

/**
 * A report for the terminal: headings stand out, tables line up, links show what they name. It knows the Markdown that PushPals
 * writes, and shows anything else as it is written. What the text holds is never obeyed.
 */
export function markdownScreen(markdown: string, width: number, paint: Paint): readonly string[] {
  const source = printable(markdown).split('\n');
  const lines: string[] = [];
  for (let at = 0; at < source.length; at += 1) {
    const line = source[at] ?? '';
    if (line.startsWith('|')) {
      const rows: string[] = [];
      for (; source[at]?.startsWith('|') === true; at += 1) rows.push(source[at] ?? '');
      lines.push(...tableLines(rows, width, paint), ...(at < source.length ? [source[at] ?? ''] : []));
      continue;
    }
    const heading = /^#{1,6} (.*)$/.exec(line)?.[1];
    const quote = /^> (.*)$/.exec(line)?.[1];
    if (heading !== undefined) lines.push(paint('strong', inline(heading)));
    else if (quote !== undefined) lines.push(paint('dim', `  ${inline(quote)}`));
    else lines.push(inline(line));
  }
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

function tableLines(rows: readonly string[], width: number, paint: Paint): readonly string[] {
  const cells = rows
    .filter((row) => !/^\|[\s|:-]+\|$/.test(row))
    .map((row) =>
      row
        .replace(/^\||\|$/g, '')
        .split(/(?<!\\)\|/)
        .map((cell) => inline(cell.trim().replaceAll('\\|', '|'))),
    );
  return table(cells, width).map((line, index) => (index === 0 ? paint('dim', line) : line));
}

/** Links as what they show and where they lead, emphasis and code as the words alone. */
const inline = (text: string): string =>
  text
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, '$1: $2')
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/`([^`]*)`/g, '$1');

/** A patch with what came and went told apart. */
export const patchScreen = (patch: string, paint: Paint): readonly string[] =>
  printable(patch)
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      if (/^(\+\+\+|---|diff |index )/.test(line)) return paint('strong', line);
      if (line.startsWith('+')) return paint('good', line);
      if (line.startsWith('-')) return paint('bad', line);
      return line.startsWith('@@') ? paint('dim', line) : line;
    });
