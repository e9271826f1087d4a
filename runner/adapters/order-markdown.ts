import type { Problem } from '../core/failure.js';
import { nearest } from '../core/nearest.js';
import { hiddenIn, maskHidden, reveal, shownHidden, type Hidden } from '../core/visible.js';
import { itemsOf, paragraphOf, sentenceEnd, wordOf, type Item, type Line } from './order-lines.js';
import { blocksOf, type Block, type SectionKey } from './order-sections.js';
import { SourceText } from './text-file.js';
import { readPlain } from './yaml.js';

/** An order as far as a text tells it; its shape is not checked yet. */
export interface Draft {
  readonly value: Record<string, unknown>;
  /** Where each value stands, by its path as JSON. */
  readonly offsets: ReadonlyMap<string, number>;
  readonly problems: readonly Problem[];
}

const FENCE = /^\s*(?:`{3,}|~{3,})/;

/** Headings whose misspelling would silently lose something; a lost note lands in the context anyway. */
const GUARDED = ['goal', 'constraints', 'risk tier', 'definition of done', 'formula', 'priority', 'inputs', 'expires'];

/**
 * Reads the part of a text that begins at `from`: known headings, and what stands before them. What no heading claims is context,
 * with everything that a reader would not see written out. `goalKnown`: all of it is context.
 */
export function readBody(source: SourceText, from: number, goalKnown: boolean): Draft {
  return new BodyReader(source, from).read(goalKnown);
}

class BodyReader {
  readonly #source: SourceText;
  readonly #from: number;
  readonly #masked: string;
  readonly #value: Record<string, unknown> = {};
  readonly #offsets = new Map<string, number>();
  readonly #problems: Problem[] = [];
  /** Ranges of the text that are context. */
  readonly #context: [start: number, end: number][] = [];

  constructor(source: SourceText, from: number) {
    this.#source = source;
    this.#from = from;
    this.#masked = source.text.slice(0, from) + maskHidden(source.text.slice(from));
  }

  read(goalKnown: boolean): Draft {
    if (goalKnown) {
      this.#context.push([this.#from, this.#source.text.length]);
    } else {
      const blocks = blocksOf(this.#masked, this.#from);
      const hasGoal = blocks.some(({ key }) => key === 'goal');
      this.#guard(blocks);
      for (const block of blocks) {
        if (block.key !== null) this.#section(block, block.key);
        else if (!hasGoal && block === blocks[0]) this.#opening(block);
        else this.#context.push([block.start, block.end]);
      }
    }
    this.#setContext();
    return { value: this.#value, offsets: this.#offsets, problems: this.#problems };
  }

  #set(path: readonly (string | number)[], offset: number): void {
    this.#offsets.set(JSON.stringify(path), offset);
  }

  #put(key: string, value: unknown, offset: number): void {
    this.#value[key] = value;
    this.#set([key], offset);
  }

  /** Where the text has headings that are known, or several that nearly are, the rest of those are mistakes. */
  #guard(blocks: readonly Block[]): void {
    const known = blocks.filter(({ key }) => key !== null);
    const suspects = blocks
      .flatMap(({ unknown }) => unknown)
      .map((heading) => ({ ...heading, near: nearest(heading.title, GUARDED) }))
      .filter(({ near }) => near !== null && !(near === 'goal' && known.some(({ key }) => key === 'goal')));
    if (known.length === 0 && suspects.length < 2) return;
    const hint = 'If not, make it a deeper heading below another one.';
    for (const { title, start, near } of suspects) {
      const message = `the heading \`${title}\` is not known`;
      this.#problems.push(this.#source.problem(start, message, `Did you mean \`${String(near)}\`? ${hint}`));
    }
  }

  #section(block: Block, key: SectionKey): void {
    if (key === 'context') {
      this.#context.push([block.contentStart, block.end]);
      return;
    }
    const items = itemsOf(block.lines);
    const [first] = items;
    if (key in this.#value) {
      this.#problems.push(this.#source.problem(block.start, `there are two headings for \`${key}\``, 'Join them.'));
    } else if (first === undefined) {
      this.#problems.push(
        this.#source.problem(
          block.start,
          `there is nothing below the heading for \`${key}\``,
          'Write something there, or remove the heading.',
        ),
      );
    } else if (key === 'goal') {
      this.#goal(block.lines);
    } else if (key === 'constraints') {
      this.#constraints(items, first.offset);
    } else if (key === 'done') {
      this.#list(key, items);
    } else if (key === 'after') {
      this.#list(key, items.flatMap(namesOf));
    } else if (key === 'inputs') {
      this.#inputs(block, first.offset);
    } else {
      this.#put(
        key,
        wordOf(items.map(({ text }) => text).join(' '), key === 'risk' || key === 'priority'),
        first.offset,
      );
    }
  }

  /** The first paragraph below its heading; more of it is context. */
  #goal(lines: readonly Line[]): void {
    const { text, offset, end } = paragraphOf(lines);
    this.#put('goal', text, offset);
    this.#context.push([end, lines.at(-1)?.end ?? end]);
  }

  /** A text without a heading for its goal: its first heading or sentence is the goal. */
  #opening(block: Block): void {
    const { text, offset, end, isHeading } = paragraphOf(block.lines);
    if (text === '') {
      this.#context.push([block.start, block.end]);
      return;
    }
    const cut = isHeading ? end : sentenceEnd(this.#masked, offset, end);
    const goal =
      cut === end
        ? text
        : paragraphOf([{ offset, end: cut, text: this.#masked.slice(offset, cut).replaceAll('\n', ' ') }]).text;
    this.#put('goal', goal, offset);
    const rest = this.#masked.slice(cut, block.end);
    this.#context.push([cut + rest.length - rest.trimStart().length, block.end]);
  }

  #list(key: string, items: readonly Item[]): void {
    this.#put(
      key,
      items.map(({ text }) => text),
      items[0]?.offset ?? 0,
    );
    items.forEach(({ offset }, index) => {
      this.#set([key, index], offset);
    });
  }

  #constraints(items: readonly Item[], offset: number): void {
    const avoid: string[] = [];
    const notes: string[] = [];
    const constraints: Record<string, unknown> = {};
    for (const item of items) {
      const [, label, rest] = /^[*_`]*(avoid|time|notes?)[*_`]*\s*:[*_`]*\s*(.*)$/is.exec(item.text) ?? [];
      const text = rest ?? item.text;
      if (label?.toLowerCase() === 'avoid') {
        for (const glob of globsOf(text)) this.#set(['constraints', 'avoid', avoid.push(glob) - 1], item.offset);
      } else if (label?.toLowerCase() === 'time') {
        if ('time' in constraints)
          this.#problems.push(this.#source.problem(item.offset, 'there are two constraints on the time', 'Keep one.'));
        constraints['time'] = wordOf(text, true);
        this.#set(['constraints', 'time'], item.offset);
      } else {
        notes.push(text);
      }
    }
    if (avoid.length > 0) constraints['avoid'] = avoid;
    if (notes.length > 0) constraints['notes'] = notes.join('\n');
    this.#put('constraints', constraints, offset);
  }

  /** YAML in the middle of the text: everything around it becomes blank, so that lines and columns stay. */
  #inputs(block: Block, offset: number): void {
    const lines = block.lines.filter(({ text }) => text.trim() !== '' && !FENCE.test(text));
    const [first] = lines;
    if (first === undefined) {
      this.#put('inputs', null, offset);
      return;
    }
    const { line, column } = this.#source.place(first.offset);
    const text = block.lines
      .filter((candidate) => candidate.offset >= first.offset)
      .map((candidate) => (FENCE.test(candidate.text) ? '' : this.#source.text.slice(candidate.offset, candidate.end)));
    const padded = '\n'.repeat(line - 1) + ' '.repeat(column - 1) + text.join('\n');
    const plain = readPlain(new SourceText(this.#source.file, padded));
    this.#problems.push(...(plain.ok ? plain.value.problems : plain.failure.problems));
    if (plain.ok) this.#put('inputs', plain.value.value, first.offset);
  }

  /** Context, and at its end whatever was hidden in the other parts. */
  #setContext(): void {
    const { text } = this.#source;
    const ranges = this.#context
      .filter(([start, end]) => text.slice(start, end).trim() !== '')
      .sort(([a], [b]) => a - b);
    const pieces = ranges.map(([start, end]) =>
      reveal(text.slice(start, end))
        .replace(/^(?:[ \t]*\n)+/, '')
        .trimEnd(),
    );
    const elsewhere = this.#hiddenOutside(ranges);
    pieces.push(...elsewhere.map(shownHidden));
    if (pieces.length > 0) this.#put('context', pieces.join('\n\n'), ranges[0]?.[0] ?? this.#from);
  }

  /** Both are in the order of the text, so one pass is enough. */
  #hiddenOutside(ranges: readonly (readonly [start: number, end: number])[]): readonly Hidden[] {
    let next = 0;
    return hiddenIn(this.#source.text.slice(this.#from)).filter(({ start, says }) => {
      while ((ranges[next]?.[1] ?? Infinity) <= start + this.#from) next += 1;
      return says !== '' && start + this.#from < (ranges[next]?.[0] ?? Infinity);
    });
  }
}

const namesOf = ({ text, offset }: Item): readonly Item[] =>
  text
    .split(',')
    .map((name) => ({ text: wordOf(name, false), offset }))
    .filter((item) => item.text !== '');

/** Globs between commas; a comma within braces belongs to the glob. */
function globsOf(text: string): readonly string[] {
  const globs: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const char = text[at];
    if (char === '{') depth += 1;
    if (char === '}') depth -= 1;
    if (char !== undefined && (char !== ',' || depth > 0)) continue;
    globs.push(text.slice(start, at));
    start = at + 1;
  }
  return globs.map((glob) => glob.trim().replace(/^[`"']|[`"']$/g, '')).filter((glob) => glob !== '');
}
