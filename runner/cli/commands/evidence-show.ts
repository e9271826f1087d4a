import { readEvidence } from '../../app/evidence.js';
import type { Exit, Invocation } from '../command.js';
import { printable } from '../output.js';

export async function run({ connect, out, args, flag }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const evidence = await readEvidence(connection.value.tools, args[0] ?? '');
  if (!evidence.ok) return evidence.failure;
  const { folder, files } = evidence.value;
  const text = (name: string): string => Buffer.from(files.get(name) ?? '').toString('utf8');
  if (out.traits.json) {
    out.json({
      folder,
      run: JSON.parse(text('run.json')) as unknown,
      report: text('report.md'),
      diff: text('diff.patch'),
    });
    return 0;
  }
  out.raw(printable(text('report.md')));
  if (flag('diff'))
    out.raw(
      `\n${printable(text('diff.patch'))
        .split('\n')
        .map((line) => colour(line, out))
        .join('\n')}`,
    );
  out.note(out.paint('dim', `evidence: ${folder} on the ops branch`));
  return 0;
}

function colour(line: string, out: Invocation['out']): string {
  if (line.startsWith('+') && !line.startsWith('+++')) return out.paint('good', line);
  if (line.startsWith('-') && !line.startsWith('---')) return out.paint('bad', line);
  return line;
}
