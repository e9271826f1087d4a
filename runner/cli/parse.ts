import { parseArgs } from 'node:util';
import { nearest } from '../core/nearest.js';
import { GLOBAL_OPTIONS, type CommandSpec, type OptionSpec } from './command.js';
import { COMMANDS } from './command-table.js';
import { usageLine } from './help.js';

export interface Parsed {
  readonly command: CommandSpec;
  readonly args: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
}

/** What was wrong with a command line, and what to do about it. */
export interface UsageError {
  readonly usage: string;
  readonly hint: string;
}

/** Reads a command line by the command table. */
export function parseCommandLine(argv: readonly string[]): Parsed | UsageError {
  const words = argv.filter((word) => !word.startsWith('-'));
  const repoAt = argv.indexOf('--repo');
  const command = findCommand(repoAt >= 0 ? wordsWithout(argv, repoAt) : words);
  if (argv.length === 0 || command === undefined) {
    if (words.length === 0 || argv.length === 0) return { command: commandNamed('help'), args: [], values: {} };
    const name = words.slice(0, 2).join(' ');
    const near =
      nearest(
        name,
        COMMANDS.map((known) => known.name),
      ) ??
      nearest(
        words[0] ?? '',
        COMMANDS.map((known) => known.name),
      );
    return {
      usage: `there is no command \`${words[0] ?? ''}\``,
      hint: near === null ? 'pushpals help lists them.' : `Did you mean \`pushpals ${near}\`?`,
    };
  }
  const specs = [...GLOBAL_OPTIONS, ...(command.options ?? [])];
  const given = readOptions(argv, specs);
  if ('usage' in given) return given;
  const args = given.positionals.slice(command.name.split(' ').length);
  if (given.values['help'] === true)
    return { command: commandNamed('help'), args: command.name.split(' '), values: {} };
  return countArguments(command, args) ?? { command, args, values: given.values };
}

type Values = Parsed['values'];

function readOptions(
  argv: readonly string[],
  specs: readonly OptionSpec[],
): { values: Values; positionals: string[] } | UsageError {
  const options = Object.fromEntries(
    specs.map(({ name, short, value, multiple }) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        ...(short === undefined ? {} : { short }),
        ...(multiple === true ? { multiple } : {}),
      },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
    return { values, positionals };
  } catch (error) {
    if (!(error instanceof TypeError) || !('code' in error) || !String(error.code).startsWith('ERR_PARSE_ARGS'))
      throw error;
    const unknown = argv.find(
      (word) => word.startsWith('--') && !specs.some(({ name }) => name === word.slice(2).split('=')[0]),
    );
    const near =
      unknown === undefined
        ? null
        : nearest(
            unknown.slice(2),
            specs.map(({ name }) => name),
          );
    return {
      usage: error.message.split('. ')[0] ?? error.message,
      hint: near === null ? 'pushpals help COMMAND lists the options.' : `Did you mean \`--${near}\`?`,
    };
  }
}

function countArguments(command: CommandSpec, args: readonly string[]): UsageError | null {
  const specs = command.args ?? [];
  const required = specs.filter(({ optional }) => optional !== true);
  const hint = `Usage: ${usageLine(command)}`;
  if (args.length < required.length)
    return { usage: `\`pushpals ${command.name}\` needs ${required[args.length]?.about ?? 'more'}`, hint };
  const open = specs.some(({ rest }) => rest === true);
  return !open && args.length > specs.length
    ? { usage: `\`${args[specs.length] ?? ''}\` is one word too many`, hint }
    : null;
}

function findCommand(words: readonly string[]): CommandSpec | undefined {
  const [first = '', second = ''] = words;
  return COMMANDS.find(({ name }) => name === `${first} ${second}`) ?? COMMANDS.find(({ name }) => name === first);
}

function commandNamed(name: string): CommandSpec {
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) throw new RangeError(`no command ${name}`);
  return command;
}

const wordsWithout = (argv: readonly string[], at: number): readonly string[] =>
  argv.filter((word, index) => index !== at && index !== at + 1 && !word.startsWith('-'));
