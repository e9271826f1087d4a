import type { Agent } from '../../generated/types.js';
import type { ToolSpec } from './message.js';

/** The tools of an agent that work on the tree. */
export type ToolName = NonNullable<Agent['tools']>[number];

type Schema = ToolSpec['parameters'];

const object = (properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

const text = (description: string, more: Schema = {}): Schema => ({ type: 'string', description, ...more });
const count = (description: string, maximum: number): Schema => ({ type: 'integer', minimum: 1, maximum, description });
const PATH = text('The path from the top of the project, such as src/main.js.', { minLength: 1, maxLength: 1000 });

const TOOLS: Readonly<Record<ToolName, { readonly description: string; readonly parameters: Schema }>> = {
  read: {
    description: 'Shows a file with its lines numbered. The number and the tab after it are not part of the file.',
    parameters: object(
      { path: PATH, from: count('The first line. Default: 1.', 10_000_000), to: count('The last line.', 10_000_000) },
      ['path'],
    ),
  },
  edit: {
    description:
      'Replaces a text in a file by another. The old text must stand in the file exactly once, to the last space; take some lines around it if it stands there more often.',
    parameters: object(
      { path: PATH, old: text('What stands there now.', { minLength: 1 }), new: text('What is to stand there.') },
      ['path', 'old', 'new'],
    ),
  },
  write: {
    description: 'Makes a file, with its folders, or replaces all of it.',
    parameters: object({ path: PATH, content: text('All of the file.') }, ['path', 'content']),
  },
  list: {
    description: 'Lists the files of a folder, without those that git ignores.',
    parameters: object({ path: text('The folder. Default: all of the project.', { maxLength: 1000 }) }, []),
  },
  search: {
    description: 'Finds the lines of files that hold a text.',
    parameters: object(
      {
        text: text('What to look for, on one line.', { minLength: 1, maxLength: 1000, pattern: '^[^\\n]*$' }),
        path: text('The file or folder to look in. Default: all of the project.', { maxLength: 1000 }),
        regexp: { type: 'boolean', description: 'The text is an extended POSIX regular expression. Default: false.' },
      },
      ['text'],
    ),
  },
  exec: {
    description:
      'Runs a program at the top of the project and shows what it prints. There is no shell: each argument is handed over as it is. Nothing that it starts outlives it, and nothing can be typed in.',
    parameters: object(
      {
        command: {
          type: 'array',
          items: { type: 'string', maxLength: 20_000 },
          minItems: 1,
          maxItems: 200,
          description: 'The program and its arguments, such as ["npm", "test"].',
        },
        seconds: count('How long it may take. Default: 300.', 3600),
      },
      ['command'],
    ),
  },
};

/** The tools that change nothing. */
const LOOKING: ReadonlySet<ToolName> = new Set(['read', 'list', 'search']);

/**
 * The tools that an agent has: those that it names, by default all; `exec` only where a command is allowed. `readOnly`: none that changes or runs
 * anything, whatever it names.
 */
export const toolsOf = ({ tools, exec }: Agent, readOnly: boolean): readonly ToolName[] =>
  (Object.keys(TOOLS) as ToolName[]).filter(
    (name) =>
      (tools?.includes(name) ?? true) &&
      (name !== 'exec' || (exec?.allow ?? []).length > 0) &&
      (!readOnly || LOOKING.has(name)),
  );

/** How a step ends: with its result, or with why there is none. */
export const SUBMIT = 'submit';
export const GIVE_UP = 'give_up';
/** What an agent would have those remember who come after it. It is a proposal; the policy says what becomes of it. */
export const REMEMBER = 'remember';

/** A schema of an object for what a step returns: the parameters of a call are always one. */
export const isWrapped = (returns: Schema | undefined): boolean =>
  returns !== undefined && returns['type'] !== 'object';

/** What a step is to be submitted with. */
function submission(returns: Schema | undefined): Schema {
  if (returns === undefined)
    return object({ summary: text('What you did and what you found, in a few sentences.', { minLength: 1 }) }, [
      'summary',
    ]);
  return isWrapped(returns) ? object({ result: returns }, ['result']) : returns;
}

const LESSON: ToolSpec = {
  name: REMEMBER,
  description:
    'Proposes a lesson about this project for whoever works on it next: something that took you long to find out, and that no file says. Most tasks have none.',
  parameters: object(
    {
      title: text('It in a few words.', { minLength: 1, maxLength: 200 }),
      text: text('What is so, and how it can be seen.', { minLength: 1, maxLength: 4000 }),
      paths: {
        type: 'array',
        items: { type: 'string', minLength: 1, maxLength: 500 },
        maxItems: 20,
        description: 'Globs of the files that it is about. Default: all of the project.',
      },
    },
    ['title', 'text'],
  ),
};

/** All that a model is told it can call in a step: the agent's tools and the two ways to end. `remembers`: lessons are of use. */
export function toolSpecs(
  agent: Agent,
  { readOnly, remembers }: { readonly readOnly: boolean; readonly remembers: boolean },
  returns: Schema | undefined,
): readonly ToolSpec[] {
  const allow = agent.exec?.allow ?? [];
  const allowed = ` Allowed are: ${allow.join('; ')}. A pattern that ends in * allows further arguments.`;
  return [
    ...toolsOf(agent, readOnly).map((name) => {
      const { description, parameters } = TOOLS[name];
      return { name, description: name === 'exec' ? description + allowed : description, parameters };
    }),
    ...(remembers ? [LESSON] : []),
    {
      name: SUBMIT,
      description: 'Ends your work: all that was asked for is done. Nothing can be done after it.',
      parameters: submission(returns),
    },
    {
      name: GIVE_UP,
      description: 'Ends your work without a result, where it cannot be done as it was asked for.',
      parameters: object({ reason: text('What is in the way.', { minLength: 1 }) }, ['reason']),
    },
  ];
}
