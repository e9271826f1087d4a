import { fail, ok, type Result } from '../failure.js';

/** Lines of a file as a model is shown them, each with its number and a tab; `from` and `to` count from 1, and are cut where the file ends. */
export function numbered(content: string, from = 1, to = Infinity): string {
  const lines = content.split('\n');
  // What ends in a line break has no line after it.
  if (lines.at(-1) === '') lines.pop();
  if (lines.length === 0) return 'The file is empty.';
  const shown = lines.slice(from - 1, to).map((line, index) => `${String(from + index)}\t${line}`);
  if (shown.length === 0) return `There is no line ${String(from)}: the file has ${String(lines.length)}.`;
  const end = from + shown.length - 1;
  const is =
    from === 1 && end === lines.length ? '' : `\n[lines ${String(from)} to ${String(end)} of ${String(lines.length)}]`;
  return shown.join('\n') + is;
}

/** How many places a failure names. */
const MOST_PLACES = 10;
/** Of a longer text nobody looks for what is almost it: that takes as many comparisons as both have lines, multiplied. */
const MOST_COMPARED = 50;

/** The content with the one place of a text replaced; fails with where it stands, or with what is like it. */
export function replacedOnce(content: string, old: string, instead: string): Result<string, string> {
  const places: number[] = [];
  // Overlapping places count: which of them is meant nobody can tell. A few too many are enough to know.
  for (let at = content.indexOf(old); at !== -1 && places.length <= MOST_PLACES; at = content.indexOf(old, at + 1))
    places.push(at);
  const [place] = places;
  if (place !== undefined && places.length === 1)
    return old === instead
      ? fail('The old and the new text are the same.')
      : ok(content.slice(0, place) + instead + content.slice(place + old.length));
  if (place === undefined) return fail(`The old text does not stand there.${almost(content, old)}`);
  const lines = places.slice(0, MOST_PLACES).map((at) => String(lineAt(content, at)));
  const isMore = places.length > lines.length;
  const more = isMore ? ' and others' : '';
  const times = isMore ? `more than ${String(MOST_PLACES)}` : String(places.length);
  return fail(
    `The old text stands there ${times} times, in lines ${lines.join(', ')}${more}. Take lines around it, so that it is one place.`,
  );
}

/** The line that an offset lies in, counted from 1. */
export const lineAt = (content: string, offset: number): number => content.slice(0, offset).split('\n').length;

/** Where lines stand that differ from the wanted ones in white space alone: the commonest slip. */
function almost(content: string, old: string): string {
  const bare = (line: string): string => line.replace(/\s+/g, ' ').trim();
  const wanted = old
    .split('\n')
    .map(bare)
    .filter((line) => line !== '');
  const lines = content.split('\n').map((line, index) => ({ text: bare(line), number: index + 1 }));
  const written = lines.filter(({ text }) => text !== '');
  const isTooLong = wanted.length === 0 || wanted.length > MOST_COMPARED;
  const found = isTooLong
    ? -1
    : written.findIndex((_, index) => wanted.every((line, next) => written[index + next]?.text === line));
  const place = found === -1 ? undefined : written[found];
  return place === undefined
    ? ' Read the file again: it may have changed.'
    : ` From line ${String(place.number)} on it does, but for its white space: copy it exactly.`;
}

const MOST_PATHS = 300;

/** Files of a folder as a model is shown them: all of them, or where they are too many what stands right in it. */
export function listing(paths: readonly string[], folder: string): string {
  const below = folder === '' ? '' : `${folder}/`;
  const clean = paths.map((path) => path.replace(/^\.\//, '')).filter((path) => path.startsWith(below));
  const files = [...new Set(clean)].sort();
  if (files.length === 0) return 'There are no files.';
  if (files.length <= MOST_PATHS) return files.join('\n');
  const entries = new Map<string, number>();
  for (const file of files) {
    const [name = '', ...rest] = file.slice(below.length).split('/');
    const entry = rest.length === 0 ? name : `${name}/`;
    entries.set(entry, (entries.get(entry) ?? 0) + 1);
  }
  const lines = [...entries].map(([name, files]) =>
    name.endsWith('/') ? `${below}${name} (${String(files)} files)` : `${below}${name}`,
  );
  const cut = lines.length - MOST_PATHS;
  return [
    `${String(files.length)} files; these are the entries of the folder:`,
    ...lines.slice(0, MOST_PATHS),
    ...(cut > 0 ? [`[${String(cut)} entries more]`] : []),
  ].join('\n');
}

/** How many lines a search shows. */
export const MOST_FOUND = 100;
const LINE_CHARS = 300;

/** What a search printed, one line more than is shown where there are more. */
export function foundLines(printed: string): string {
  const lines = printed.split('\n').filter((line) => line !== '');
  if (lines.length === 0) return 'Nothing holds it.';
  const shown = lines
    .slice(0, MOST_FOUND)
    .map((line) => line.replace(/^\.\//, ''))
    .map((line) => (line.length > LINE_CHARS ? `${line.slice(0, LINE_CHARS)} [cut]` : line));
  return [
    ...shown,
    ...(lines.length > MOST_FOUND ? [`[only the first ${String(MOST_FOUND)} lines are shown]`] : []),
  ].join('\n');
}

/** A text with its head and tail kept, and the cut between them named. */
export function bounded(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = Math.floor(most / 2);
  const [first, last] = [text.slice(0, head), text.slice(text.length - (most - head))];
  return `${first}\n[${String(text.length - most)} characters are cut out here]\n${last}`;
}
