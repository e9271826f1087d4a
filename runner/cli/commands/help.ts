import type { Invocation } from '../command.js';
import { COMMANDS } from '../command-table.js';
import { commandHelp, overview } from '../help.js';

export function run({ args, out }: Invocation): Promise<number> {
  const name = args.join(' ');
  const matching = COMMANDS.filter((command) => command.name === name || command.name.startsWith(`${name} `));
  if (name !== '' && matching.length === 0) {
    out.note(`there is no command \`${name}\``);
    return Promise.resolve(2);
  }
  const lines = name === '' ? overview() : matching.flatMap((command, index) => [...(index > 0 ? [''] : []), ...commandHelp(command)]);
  if (out.traits.json) out.json(name === '' ? COMMANDS.map(({ load: _, ...spec }) => spec) : matching.map(({ load: _, ...spec }) => spec));
  else for (const line of lines) out.line(line);
  return Promise.resolve(0);
}
