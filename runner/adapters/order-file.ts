import type { Located } from '../app/ports/formats.js';
import { describeFailure } from '../core/describe-failure.js';
import { fail, ok, type Failure, type Problem, type Result } from '../core/failure.js';
import { unsafeJson } from '../core/plain-json.js';
import { hiddenIn, reveal, shownHidden, visibleLine, withoutHidden } from '../core/visible.js';
import type { Order } from '../generated/types.js';
import { order as validate } from '../generated/validators.js';
import { readBody, type Draft } from './order-markdown.js';
import { schemaFaults } from './schema-faults.js';
import { decodeText, SourceText, tidyProblems, type Problems } from './text-file.js';
import { check, readPlain, type Plain } from './yaml.js';
import { YAML_LIMITS } from './yaml-tree.js';

const YAML_ENDINGS = ['.yml', '.yaml', '.json'];
const TEXT_ENDINGS = ['.md', '.markdown', '.txt'];

/** An order and where its parts stand in the file. */
export interface ReadOrder {
  readonly order: Order;
  readonly positionOf: Located<Order>['positionOf'];
}

type OrderInvalid = Extract<Failure, { class: 'order-invalid' }>;

/**
 * Reads a dropped order from bytes that anybody may have written: YAML or JSON; or Markdown with front matter, with headings, or as a
 * plain sentence. Fails with every problem of the file. What a reader would not see (HTML comments, invisible characters) is
 * kept out of the goal and written out in the context.
 */
export function readOrder(path: string, bytes: Uint8Array): Result<ReadOrder, OrderInvalid> {
  const read = readChecked(path, bytes);
  if (read.ok) {
    const located = read.value;
    return ok({ order: located.value, positionOf: (path) => located.positionOf(path) });
  }
  return fail({ class: 'order-invalid', problems: read.failure.problems });
}

function readChecked(path: string, bytes: Uint8Array): Result<Located<Order>, Problems> {
  const ending = /\.[^./]*$/.exec(path)?.[0].toLowerCase() ?? '';
  const isYaml = YAML_ENDINGS.includes(ending);
  const source = decodeText(path, bytes, YAML_LIMITS.maxBytes);
  if (!isYaml && !TEXT_ENDINGS.includes(ending)) {
    const message =
      ending === ''
        ? 'the name has no ending that tells what kind of file this is'
        : `files that end in \`${visibleLine(ending.slice(0, 40))}\` are not read`;
    const hint = `Name it with one of ${[...YAML_ENDINGS, ...TEXT_ENDINGS].join(', ')}.`;
    return fail({ problems: [new SourceText(path, '').problem(0, message, hint)] });
  }
  if (!source.ok) return source;
  if (source.value.text.trim() === '') {
    return fail({ problems: [source.value.problem(0, 'the file is empty', 'Write what is wanted, in a sentence.')] });
  }
  return isYaml
    ? readYamlOrder(source.value)
    : readTextOrder(new SourceText(path, source.value.text.replace(/\r\n?/g, '\n')));
}

function readYamlOrder(source: SourceText): Result<Located<Order>, Problems> {
  const plain = readPlain(source);
  return plain.ok ? check(source, { ...plain.value, value: revealed(plain.value.value) }, validate) : plain;
}

/** An order that came as data, such as a step's output; problems in words. */
export function readOrderValue(value: unknown): Result<Order, readonly string[]> {
  const unsafe = unsafeJson(value);
  if (unsafe !== null) return fail([unsafe]);
  const order = revealed(value);
  if (validate(order)) return ok(order);
  return fail(
    schemaFaults(validate.errors ?? []).map(({ path, message }) =>
      path.length === 0 ? message : `${path.join('.')}: ${message}`,
    ),
  );
}

/** A text with front matter, or without. */
function readTextOrder(source: SourceText): Result<Located<Order>, Problems> {
  const front = frontMatter(source);
  if (!front.ok) return front;
  const { plain, bodyAt } = front.value;
  const fields = plain?.value ?? {};
  if (!isMapping(fields)) {
    return fail({
      problems: [source.problem(source.offsetOf(2), 'the front matter must be a mapping, such as `goal: …`')],
    });
  }
  // What somebody outside wrote has no headings that count: all of it is background.
  const isOutside = 'outside' in fields;
  const draft = readBody(source, bodyAt, 'goal' in fields || isOutside);
  const problems = [...(plain?.problems ?? []), ...draft.problems, ...twice(source, fields, draft)];
  const value = joined(isOutside ? { goal: 'What somebody outside says', ...fields } : fields, draft);
  const valid = validate(value);
  if (valid && problems.length === 0)
    return ok({ value, positionOf: (path) => source.place(offsetOf(path, draft, plain)) });
  const faults = valid ? [] : schemaFaults(validate.errors ?? []);
  const told = faults.flatMap(({ path, key, missing, message, hint }): Problem[] => {
    if (path.length === 0 && missing === 'goal') {
      // Something else is wrong with it, and has been told.
      if (problems.length > 0) return [];
      return [
        source.problem(
          bodyAt,
          'nothing here says what is wanted',
          'Write a sentence, or a heading `Goal` with text below it.',
        ),
      ];
    }
    const offset =
      key === undefined || plain === null ? offsetOf(path, draft, plain) : plain.places.keyOffset(path, key);
    return [source.problem(offset, message, hint)];
  });
  return fail({ problems: tidyProblems([...problems, ...told]) });
}

/** The YAML between `---` lines at the top, at its own lines and columns, and where the rest begins. */
function frontMatter(source: SourceText): Result<{ readonly plain: Plain | null; readonly bodyAt: number }, Problems> {
  const opening = /^---[ \t]*\n/.exec(source.text);
  if (opening === null) return ok({ plain: null, bodyAt: 0 });
  const closing = /^(?:---|\.\.\.)[ \t]*$/m.exec(source.text.slice(opening[0].length));
  if (closing === null) {
    return fail({
      problems: [
        source.problem(
          0,
          'the front matter that begins here has no end',
          'Close it with a line `---`, or begin the text with something else.',
        ),
      ],
    });
  }
  const end = opening[0].length + closing.index;
  const plain = readPlain(
    new SourceText(source.file, `${' '.repeat(opening[0].length - 1)}\n${source.text.slice(opening[0].length, end)}`),
  );
  if (!plain.ok) return plain;
  const value = plain.value.value ?? {};
  return ok({
    plain: { ...plain.value, value: revealed(value) },
    bodyAt: Math.min(end + closing[0].length + 1, source.text.length),
  });
}

function twice(
  source: SourceText,
  fields: Readonly<Record<string, unknown>>,
  { value, offsets }: Draft,
): readonly Problem[] {
  return Object.keys(value)
    .filter((key) => key !== 'context' && key in fields)
    .map((key) =>
      source.problem(
        offsets.get(JSON.stringify([key])) ?? 0,
        `\`${key}\` is in the front matter and below it`,
        'Keep one of them.',
      ),
    );
}

function joined(fields: Readonly<Record<string, unknown>>, { value }: Draft): unknown {
  const { context: above } = fields;
  const { context: below } = value;
  const both =
    typeof above === 'string' && typeof below === 'string' ? { context: `${above.trimEnd()}\n\n${below}` } : {};
  return { ...value, ...fields, ...both };
}

function offsetOf(path: readonly (string | number)[], { offsets }: Draft, plain: Plain | null): number {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = offsets.get(JSON.stringify(path.slice(0, length)));
    if (offset !== undefined) return offset;
  }
  return plain?.places.offset(path) ?? 0;
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** An order, whatever its shape, with its prose as a reviewer must see it. Inputs are data and stay as they are. */
function revealed(value: unknown): unknown {
  if (!isMapping(value)) return value;
  const shown = (text: unknown): unknown => (typeof text === 'string' ? reveal(text) : text);
  const { goal, context, done, constraints } = value;
  const result: Record<string, unknown> = { ...value };
  if (context !== undefined) result['context'] = shown(context);
  if (Array.isArray(done)) result['done'] = done.map(shown);
  if (isMapping(constraints) && 'notes' in constraints)
    result['constraints'] = { ...constraints, notes: shown(constraints['notes']) };
  if (typeof goal !== 'string') return result;
  const hidden = hiddenIn(goal);
  if (hidden.length === 0) return result;
  const note = `Hidden in the goal: ${hidden.map(shownHidden).join(' ')}`;
  result['goal'] = withoutHidden(goal).trim();
  if (context === undefined || typeof context === 'string')
    result['context'] = [...(context === undefined ? [] : [String(result['context']).trimEnd()]), note].join('\n\n');
  return result;
}

/**
 * The readable Markdown that is put beside a rejected file. Everything quoted stands in one block of code, so nothing in it has
 * force.
 */
export function renderRejection(path: string, failure: Failure): string {
  const name = visibleLine(path.split('/').at(-1) ?? path);
  const quoted = [name, ...('problems' in failure ? failure.problems.map(problemBlock) : [failureBlock(failure)])].join(
    '\n\n',
  );
  const longest = Math.max(2, ...[...quoted.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const count =
    'problems' in failure && failure.problems.length > 1 ? `${String(failure.problems.length)} reasons` : 'one reason';
  const told = path.startsWith('inbox/')
    ? `This file did not become an order, for ${count}. Mend it and drop it into \`inbox/\` again. The original lies beside this file, unchanged.`
    : `${visibleLine(path)} did not become an order, for ${count}. Mend it there: what it says then is looked at anew.`;
  return `# Rejected\n\n${told}\n\n${fence}text\n${quoted}\n${fence}\n`;
}

function problemBlock({ line, column, excerpt, message, hint }: Problem): string {
  const number = String(line).padStart(5);
  const quoted = excerpt === '' ? [] : [`${number} | ${visibleLine(excerpt)}`];
  // Of a very long line only a part is quoted, and columns do not count from its start.
  const canPoint = excerpt !== '' && !excerpt.startsWith('…') && column <= excerpt.length + 1;
  const caret = canPoint ? [`${' '.repeat(number.length)} | ${' '.repeat(column - 1)}^`] : [];
  const advice = hint === undefined ? [] : [`  ${visibleLine(hint)}`];
  return [
    `line ${String(line)}, column ${String(column)}: ${visibleLine(message)}`,
    ...quoted,
    ...caret,
    ...advice,
  ].join('\n');
}

function failureBlock(failure: Failure): string {
  const { what, details, next } = describeFailure(failure);
  return [what, ...[...details, ...next].map((line) => `  ${line}`)].map(visibleLine).join('\n');
}
