import { GLOBAL_OPTIONS, type CommandSpec, type OptionSpec } from './command.js';

const EXIT_CODES =
  '0 ok, 1 a run failed or an order was rejected, 2 usage or configuration, 3 blocked by policy, approval or a missing sandbox, 4 state conflict, 70 bug, 130/143 signals';

export function overview(commands: readonly CommandSpec[]): readonly string[] {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'pushpals <command> [options]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'Options of every command:',
    ...optionLines(GLOBAL_OPTIONS),
    '',
    `Exit codes: ${EXIT_CODES}.`,
  ];
}

export function commandHelp(command: CommandSpec): readonly string[] {
  const args = command.args ?? [];
  const options = [...(command.options ?? []), ...GLOBAL_OPTIONS];
  return [
    usageLine(command),
    '',
    command.summary,
    ...(command.about === undefined ? [] : [command.about]),
    ...(args.length === 0
      ? []
      : ['', 'Arguments:', ...args.map(({ name, about }) => `  ${name.padEnd(18)}  ${about}`)]),
    '',
    'Options:',
    ...optionLines(options),
    '',
    'Examples:',
    ...command.examples.map((example) => `  ${example}`),
  ];
}

function optionLines(options: readonly OptionSpec[]): readonly string[] {
  return options.map((option) => `  ${optionName(option).padEnd(18)}  ${option.about}`);
}

const optionName = ({ name, short, value }: OptionSpec): string =>
  `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;

/** The reference for the README, as Markdown. */
export function reference(commands: readonly CommandSpec[]): string {
  const lines = commands.flatMap((command) => [
    `### \`${usageLine(command)}\``,
    '',
    [command.summary, command.about].filter((text) => text !== undefined).join(' '),
    '',
    ...(command.options ?? []).map((option) => `- \`${optionName(option)}\`: ${option.about}`),
    ...((command.options ?? []).length > 0 ? [''] : []),
  ]);
  return [
    'Every command takes:',
    '',
    ...GLOBAL_OPTIONS.map((option) => `- \`${optionName(option)}\`: ${option.about}`),
    '',
    ...lines,
    `Exit codes: ${EXIT_CODES}.`,
  ].join('\n');
}

/** `pushpals order show <order> [options]`. */
export function usageLine({ name, args = [], options = [] }: CommandSpec): string {
  const words = args.map((arg) =>
    arg.optional === true ? `[${arg.name}${arg.rest === true ? ' …' : ''}]` : `<${arg.name}>`,
  );
  return ['pushpals', name, ...words, ...(options.length > 0 ? ['[options]'] : [])].join(' ');
}
