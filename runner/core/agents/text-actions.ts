import { parseJson } from '../parse-json.js';
import { fail, ok, type Result } from '../failure.js';
import type { ToolCall, ToolSpec } from './message.js';

/**
 * How models ask for tools that know no tool calls of their own:
 *
 *     ACTION edit
 *     path: src/a.js
 *     old: <<END
 *     return 1;
 *     END
 *     new: <<END
 *     return 2;
 *     END
 *
 * A value is the rest of its line, or the lines between `<<WORD` and a line that is only WORD, each with its line break: so a text can hold anything, for
 * its writer picks a WORD that is no line of it. A text on one line that stands in double quotes is read as JSON, and so is whatever is not text.
 */

export const actionGuide = (
  specs: readonly ToolSpec[],
): string => `You act by writing actions. An action is a line ACTION and the name of a tool, then a line for each of its parameters:

ACTION write
path: notes/hello.txt
content: <<END
Hello,
world.
END

A value is the rest of its line. One of several lines stands between <<END and a line that is only END, and no line of it is changed; take another word than END where END is a line of it. Lists and numbers are JSON, such as ["npm", "test"].
You may think first, in a few sentences. After the first ACTION nothing may follow but parameters and further actions. Then stop: what came of them is shown to you next.

The tools are:

${specs.map(specText).join('\n\n')}`;

function specText({ name, description, parameters }: ToolSpec): string {
  const properties = Object.entries(propertiesOf(parameters));
  const required = new Set(Array.isArray(parameters['required']) ? parameters['required'] : []);
  const lines = properties.map(([key, schema]) => {
    const { description: about, ...shape } = schema;
    const kind = isText(schema) ? 'text' : JSON.stringify(shape);
    return `  ${key} (${kind}${required.has(key) ? '' : ', may be left out'})${typeof about === 'string' ? `: ${about}` : ''}`;
  });
  return [`${name}: ${description}`, ...lines].join('\n');
}

/** A call as an action, for a conversation that goes on with a model that knows no calls. */
export function actionText({ name, arguments: given }: ToolCall): string {
  const values = given.ok ? Object.entries(given.value) : [];
  return [`ACTION ${name}`, ...values.map(([key, value]) => `${key}: ${valueText(value)}`)].join('\n');
}

function valueText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (value.endsWith('\n')) return `<<${wordFor(value)}\n${value}${wordFor(value)}`;
  return /^[^"<\s][^\n\r]*$/.test(value) && value.trim() === value ? value : JSON.stringify(value);
}

function wordFor(value: string): string {
  const lines = new Set(value.split('\n').map((line) => line.replace(/\r$/, '')));
  let word = 'END';
  while (lines.has(word)) word += 'X';
  return word;
}

/** More than any answer has that means them. */
const MOST_ACTIONS = 200;
const ACTION = /^\s*ACTION:?\s+([A-Za-z_]+)\s*$/;
const PARAMETER = /^\s*([A-Za-z_]\w*):(?:\s(.*))?$/;
const HEREDOC = /^<<\s*["']?([A-Za-z0-9_]+)["']?\s*$/;
const FENCE = /^\s*```\w*\s*$/;

/** What an answer says before its actions, and the actions; fails with what is wrong with them. `id` begins the names of the calls. */
export function parseActions(
  answer: string,
  specs: readonly ToolSpec[],
  id: string,
): Result<{ readonly text: string; readonly calls: readonly ToolCall[] }, string> {
  const lines = answer.split('\n');
  const begin = lines.findIndex((line) => ACTION.test(line));
  if (begin === -1) return ok({ text: answer.trim(), calls: [] });
  const text = lines
    .slice(0, begin)
    .filter((line) => !FENCE.test(line))
    .join('\n')
    .trim();
  const calls: ToolCall[] = [];
  let values: Record<string, unknown> = {};
  let spec: ToolSpec | undefined;
  for (let at = begin; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '' || FENCE.test(line)) continue;
    const action = ACTION.exec(line)?.[1];
    if (action !== undefined) {
      if (calls.length >= MOST_ACTIONS) return fail(`An answer has at most ${String(MOST_ACTIONS)} actions.`);
      values = {};
      spec = specs.find(({ name }) => name === action);
      calls.push({ id: `${id}-${String(calls.length + 1)}`, name: action, arguments: { ok: true, value: values } });
      continue;
    }
    const [, key, rest = ''] = PARAMETER.exec(line.replace(/\r$/, '')) ?? [];
    if (key === undefined)
      return fail(
        `Line ${String(at + 1)} of your answer is no parameter of the action above it: ${JSON.stringify(line.slice(0, 80))}. Put a text of several lines between <<END and END, and write nothing after an action.`,
      );
    if (Object.hasOwn(values, key)) return fail(`The parameter ${key} is there twice in one action.`);
    const word = HEREDOC.exec(rest)?.[1];
    let written = rest.trim();
    if (word !== undefined) {
      const end = endOf(lines, at + 1, word);
      if (end === -1) return fail(`The text of ${key} has no end: there is no line that is only ${word}.`);
      written = lines
        .slice(at + 1, end)
        .map((each) => `${each}\n`)
        .join('');
      at = end;
    }
    values[key] = valueOf(written, propertiesOf(spec?.parameters ?? {})[key], word !== undefined);
  }
  return ok({ text, calls });
}

function endOf(lines: readonly string[], from: number, word: string): number {
  for (let at = from; at < lines.length; at += 1) if (lines[at]?.replace(/\r$/, '') === word) return at;
  return -1;
}

function valueOf(written: string, schema: Readonly<Record<string, unknown>> | undefined, isLines: boolean): unknown {
  const isJson = schema !== undefined && !isText(schema);
  if (isJson || (!isLines && /^".*"$/.test(written))) return parseJson(written) ?? written;
  return written;
}

const isText = (schema: Readonly<Record<string, unknown>>): boolean =>
  schema['type'] === 'string' || (schema['type'] === undefined && Array.isArray(schema['enum']));

function propertiesOf(
  schema: Readonly<Record<string, unknown>>,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const { properties } = schema;
  return typeof properties === 'object' && properties !== null
    ? (properties as Record<string, Readonly<Record<string, unknown>>>)
    : {};
}
