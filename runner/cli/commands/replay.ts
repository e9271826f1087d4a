import { replayRun, type Replayed } from '../../app/replay/replay.js';
import type { Compared, Difference } from '../../core/replay/compare.js';
import type { Exit, Invocation } from '../command.js';
import { printable, type Output } from '../output.js';
import { patchScreen } from '../screens/markdown.js';
import { table } from '../table.js';

/** Characters of an output that are shown of each side. */
const SHOWN = 2000;

export async function run({ connect, out, args, option, flag, signal }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools, branch } = connection.value;
  const wanted = { step: option('step') ?? null, network: flag('network'), live: flag('live') };
  const replayed = await replayRun(tools, branch, args[0] ?? '', wanted, signal);
  if (!replayed.ok) return replayed.failure;
  const first = replayed.value.steps.find(({ difference }) => difference !== null)?.difference ?? null;
  if (out.traits.json) out.json({ ...replayed.value, same: first === null, first });
  else show(replayed.value, first, out);
  return first === null ? 0 : 1;
}

function show({ run: name, base, formula, steps, diff }: Replayed, first: Difference | null, out: Output): void {
  out.line(`${name}: ${formula} on ${base.slice(0, 12)}, from the record`);
  const rows = steps.map(({ step, is, notes }) => [`  ${step}`, is, notes.map(printable).join('; ')]);
  for (const line of table(rows, out.traits.width)) out.line(line);
  out.line();
  if (first === null) {
    const same = steps.filter(({ is }) => is === 'same').length;
    out.line(
      out.paint(
        'good',
        `no difference: ${same === 1 ? 'one step' : `${String(same)} steps`} came out the same${takenText(steps)}`,
      ),
    );
    return;
  }
  out.line(out.paint('bad', `first difference: step ${first.step}, ${first.what}`));
  for (const line of sideLines('recorded', first.recorded)) out.line(line);
  for (const line of sideLines('replayed', first.replayed)) out.line(line);
  if (first.what !== 'tree') return;
  out.line();
  if (diff === null) out.line('What was recorded is known by its digest alone: snapshots go when an order is done.');
  else for (const line of patchScreen(diff, out.paint)) out.line(line);
}

const takenText = (steps: readonly Compared[]): string => {
  const taken = steps.filter(({ is }) => is === 'taken').length;
  return taken === 0 ? '' : `, ${String(taken)} taken from the record`;
};

function sideLines(side: string, text: string): readonly string[] {
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return printable(shown)
    .split('\n')
    .map((line, index) => `  ${index === 0 ? side : ' '.repeat(side.length)}  ${line}`);
}
