import type { Agent } from '../../generated/types.js';
import type { Fault } from '../fault.js';
import { marksIn } from '../template.js';
import { shellWord } from '../shell-word.js';

type Command = NonNullable<Agent['command']>;

const PROMPT_FILE = 'prompt-file';
const MARK = /\{\{\s*prompt-file\s*\}\}/;

/**
 * The script that starts a command-line agent. Its arguments are words of the shell's, whatever stands in them, and the prompt is a file beside the output folder:
 * neither in the work tree nor among arguments, which every process can read.
 */
export function commandScript({ argv, stdin = 'prompt' }: Command, prompt: string): string {
  const words = argv.map((argument) => argument.split(MARK).map(shellWord).join('"$PUSHPALS_PROMPT_FILE"'));
  return [
    'PUSHPALS_PROMPT_FILE="$PUSHPALS_OUT.prompt"',
    'export PUSHPALS_PROMPT_FILE',
    `printf %s ${shellWord(prompt.replaceAll('\0', ''))} > "$PUSHPALS_PROMPT_FILE" || exit 125`,
    `exec ${words.join(' ')} < ${stdin === 'prompt' ? '"$PUSHPALS_PROMPT_FILE"' : '/dev/null'}`,
    '',
  ].join('\n');
}

/** What is wrong with a command that the schema cannot say. */
export function commandFaults({ argv }: Command, path: Fault['path']): Fault[] {
  const [program = ''] = argv;
  const first: Fault[] =
    program === '' || program.startsWith('-')
      ? [
          {
            path: [...path, 'argv', 0],
            message: `\`${program}\` is no program`,
            hint: 'The first argument is the program, as it is called in the sandbox.',
          },
        ]
      : [];
  return [
    ...first,
    ...argv.flatMap((argument, index): Fault[] => {
      const place = [...path, 'argv', index];
      if (argument.includes('\0'))
        return [{ path: place, message: 'an argument cannot hold the character NUL', hint: 'Take it out.' }];
      return marksIn(argument)
        .filter((mark) => mark !== PROMPT_FILE)
        .map((mark) => ({
          path: place,
          message: `\`{{ ${mark} }}\` stands for nothing here`,
          hint: `\`{{ ${PROMPT_FILE} }}\` stands for the path of the prompt; an order's text is never an argument.`,
        }));
    }),
  ];
}
