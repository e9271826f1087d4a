import { fail, ok, type Result } from '../failure.js';
import { shellWord } from '../shell-word.js';
import { checkProgram, type ServiceProgram } from './program.js';

/** The lines that have cron tick, with a comment above and below by which they are found again. */
export function cronBlock(program: ServiceProgram, everyMinutes: number): Result<string> {
  const checked = checkProgram(program);
  if (!checked.ok) return checked;
  const { top, node, script, env } = program;
  const variables = Object.entries(env).map(([name, value]) => `${name}=${shellWord(value)}`);
  const command = [`cd ${shellWord(top)} &&`, ...variables, shellWord(node), shellWord(script), 'tick'].join(' ');
  const minutes = everyMinutes === 1 ? '*' : `*/${String(everyMinutes)}`;
  // Cron takes a bare percent sign for a line end, in quotes as well.
  const line = `${minutes} * * * * ${command.replaceAll('%', '\\%')}`;
  const { begin, end } = marks(top);
  return ok(`${begin}\n${line}\n${end}\n`);
}

const marks = (top: string): { readonly begin: string; readonly end: string } => ({
  begin: `# pushpals begin ${top}`,
  end: `# pushpals end ${top}`,
});

/** A crontab with the block of a repository put in, in its place or at the end, or with null taken out. Every other line stays as it is. */
export function withBlock(crontab: string, top: string, block: string | null): Result<string> {
  const { begin, end } = marks(top);
  const lines = crontab.split('\n');
  const from = lines.indexOf(begin);
  const to = lines.indexOf(end);
  if (from === -1 && to === -1) {
    const whole = crontab === '' || crontab.endsWith('\n') ? crontab : `${crontab}\n`;
    return ok(whole + (block ?? ''));
  }
  if (to < from || from === -1 || lines.lastIndexOf(begin) !== from || lines.lastIndexOf(end) !== to)
    return fail({
      class: 'state-conflict',
      what: `the crontab has the lines "${begin}" and "${end}" otherwise than they were written`,
      hint: 'Take out what belongs to them with `crontab -e`, then try again.',
    });
  const kept = block === null ? [] : block.replace(/\n$/, '').split('\n');
  return ok([...lines.slice(0, from), ...kept, ...lines.slice(to + 1)].join('\n'));
}
