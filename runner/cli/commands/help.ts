import { GUIDE } from '../../core/failure-guide.js';
import { RECOVERY, type FailureClass } from '../../core/failure.js';
import type { Invocation } from '../command.js';
import { commandHelp, overview } from '../help.js';

export function run({ args, out, commands }: Invocation): Promise<number> {
  const name = args.join(' ');
  if (Object.hasOwn(GUIDE, name)) {
    const { means, next } = GUIDE[name as FailureClass];
    if (out.traits.json) out.json({ class: name, means, next, goesOn: RECOVERY[name as FailureClass] });
    else for (const line of [name, '', means, `→ ${next}`]) out.line(line);
    return Promise.resolve(0);
  }
  const matching = commands.filter((command) => command.name === name || command.name.startsWith(`${name} `));
  if (name !== '' && matching.length === 0) {
    out.note(`there is no command and no failure class \`${name}\``);
    return Promise.resolve(2);
  }
  const lines =
    name === ''
      ? overview(commands)
      : matching.flatMap((command, index) => [...(index > 0 ? [''] : []), ...commandHelp(command)]);
  if (out.traits.json)
    out.json(name === '' ? commands.map(({ load: _, ...spec }) => spec) : matching.map(({ load: _, ...spec }) => spec));
  else for (const line of lines) out.line(line);
  return Promise.resolve(0);
}
