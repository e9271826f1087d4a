import type { Invocation } from '../command.js';
import { COMMANDS, GLOBAL_OPTIONS } from '../command-table.js';

const FIRST = [...new Set(COMMANDS.map(({ name }) => name.split(' ')[0] ?? name))];

export function run({ args, out }: Invocation): Promise<number> {
  const script = { bash, zsh, fish }[args[0] ?? ''];
  if (script === undefined) {
    out.note(`no completion for \`${args[0] ?? ''}\`; there are bash, zsh and fish`);
    return Promise.resolve(2);
  }
  out.raw(script());
  return Promise.resolve(0);
}

const second = (first: string): readonly string[] => COMMANDS.flatMap(({ name }) => (name.startsWith(`${first} `) ? [name.slice(first.length + 1)] : []));
const optionsOf = (name: string): readonly string[] => [...GLOBAL_OPTIONS, ...(COMMANDS.find((command) => command.name === name)?.options ?? [])].map((option) => `--${option.name}`);

function bash(): string {
  const groups = FIRST.filter((first) => second(first).length > 0);
  return [
    '# pushpals completion for bash: eval "$(pushpals completion bash)"',
    '_pushpals() {',
    '  local current="${COMP_WORDS[COMP_CWORD]}" words',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    words="${FIRST.join(' ')}"`,
    '  elif [ "$COMP_CWORD" -eq 2 ] && [ "${current#-}" = "$current" ]; then',
    '    case "${COMP_WORDS[1]}" in',
    ...groups.map((first) => `      ${first}) words="${second(first).join(' ')}" ;;`),
    `      help) words="${FIRST.join(' ')}" ;;`,
    '      completion) words="bash zsh fish" ;;',
    '    esac',
    '  else',
    '    case "${COMP_WORDS[1]} ${COMP_WORDS[2]}" in',
    ...COMMANDS.map(({ name }) => `      "${name}"${name.includes(' ') ? '' : '*'}) words="${optionsOf(name).join(' ')}" ;;`),
    '    esac',
    '  fi',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -F _pushpals pushpals',
    '',
  ].join('\n');
}

function zsh(): string {
  return ['#compdef pushpals', '# pushpals completion for zsh: eval "$(pushpals completion zsh)"', 'autoload -U +X bashcompinit && bashcompinit', bash()].join('\n');
}

function fish(): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "\\'")}'`;
  const groups = FIRST.filter((first) => second(first).length > 0);
  return [
    '# pushpals completion for fish: pushpals completion fish | source',
    'complete -c pushpals -f',
    ...COMMANDS.filter(({ name }) => !name.includes(' ')).map(({ name, summary }) => `complete -c pushpals -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`),
    ...groups.map((first) => `complete -c pushpals -n __fish_use_subcommand -a ${first}`),
    ...COMMANDS.filter(({ name }) => name.includes(' ')).map(({ name, summary }) => `complete -c pushpals -n '__fish_seen_subcommand_from ${name.split(' ')[0] ?? ''}' -a ${name.split(' ')[1] ?? ''} -d ${quote(summary)}`),
    ...COMMANDS.flatMap(({ name, options = [] }) =>
      options.map((option) => `complete -c pushpals -n '__fish_seen_subcommand_from ${name.split(' ').at(-1) ?? name}' -l ${option.name}${option.value === undefined ? '' : ' -r'} -d ${quote(option.about)}`),
    ),
    ...GLOBAL_OPTIONS.map((option) => `complete -c pushpals -l ${option.name}${option.value === undefined ? '' : ' -r'} -d ${quote(option.about)}`),
    '',
  ].join('\n');
}
