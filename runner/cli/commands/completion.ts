import { GLOBAL_OPTIONS, type CommandSpec, type Invocation } from '../command.js';

export function run({ args, out, commands }: Invocation): Promise<number> {
  const script = { bash, zsh, fish }[args[0] ?? ''];
  if (script === undefined) {
    out.note(`no completion for \`${args[0] ?? ''}\`; there are bash, zsh and fish`);
    return Promise.resolve(2);
  }
  out.raw(script(commands));
  return Promise.resolve(0);
}

/** The words that can stand first, second and as options. */
function wordsOf(commands: readonly CommandSpec[]): {
  first: readonly string[];
  second: (word: string) => readonly string[];
  optionsOf: (name: string) => readonly string[];
} {
  return {
    first: [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? name))],
    second: (word) =>
      commands.flatMap(({ name }) => (name.startsWith(`${word} `) ? [name.slice(word.length + 1)] : [])),
    optionsOf: (name) =>
      [...GLOBAL_OPTIONS, ...(commands.find((command) => command.name === name)?.options ?? [])].map(
        (option) => `--${option.name}`,
      ),
  };
}

function bash(commands: readonly CommandSpec[]): string {
  const { first, second, optionsOf } = wordsOf(commands);
  const groups = first.filter((word) => second(word).length > 0);
  return [
    '# pushpals completion for bash: eval "$(pushpals completion bash)"',
    '_pushpals() {',
    '  local current="${COMP_WORDS[COMP_CWORD]}" words',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    words="${first.join(' ')}"`,
    '  elif [ "$COMP_CWORD" -eq 2 ] && [ "${current#-}" = "$current" ]; then',
    '    case "${COMP_WORDS[1]}" in',
    ...groups.map((word) => `      ${word}) words="${second(word).join(' ')}" ;;`),
    `      help) words="${first.join(' ')}" ;;`,
    '      completion) words="bash zsh fish" ;;',
    '    esac',
    '  else',
    '    case "${COMP_WORDS[1]} ${COMP_WORDS[2]}" in',
    ...commands.map(
      ({ name }) => `      "${name}"${name.includes(' ') ? '' : '*'}) words="${optionsOf(name).join(' ')}" ;;`,
    ),
    '    esac',
    '  fi',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -F _pushpals pushpals',
    '',
  ].join('\n');
}

function zsh(commands: readonly CommandSpec[]): string {
  return [
    '#compdef pushpals',
    '# pushpals completion for zsh: eval "$(pushpals completion zsh)"',
    'autoload -U +X bashcompinit && bashcompinit',
    bash(commands),
  ].join('\n');
}

function fish(commands: readonly CommandSpec[]): string {
  const { first, second } = wordsOf(commands);
  const quote = (text: string): string => `'${text.replaceAll("'", "\\'")}'`;
  const groups = first.filter((word) => second(word).length > 0);
  return [
    '# pushpals completion for fish: pushpals completion fish | source',
    'complete -c pushpals -f',
    ...commands
      .filter(({ name }) => !name.includes(' '))
      .map(({ name, summary }) => `complete -c pushpals -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`),
    ...groups.map((word) => `complete -c pushpals -n __fish_use_subcommand -a ${word}`),
    ...commands
      .filter(({ name }) => name.includes(' '))
      .map(
        ({ name, summary }) =>
          `complete -c pushpals -n '__fish_seen_subcommand_from ${name.split(' ')[0] ?? ''}' -a ${name.split(' ')[1] ?? ''} -d ${quote(summary)}`,
      ),
    ...commands.flatMap(({ name, options = [] }) =>
      options.map(
        (option) =>
          `complete -c pushpals -n '__fish_seen_subcommand_from ${name.split(' ').at(-1) ?? name}' -l ${option.name}${option.value === undefined ? '' : ' -r'} -d ${quote(option.about)}`,
      ),
    ),
    ...GLOBAL_OPTIONS.map(
      (option) =>
        `complete -c pushpals -l ${option.name}${option.value === undefined ? '' : ' -r'} -d ${quote(option.about)}`,
    ),
    '',
  ].join('\n');
}
