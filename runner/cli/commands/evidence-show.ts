import { readEvidence } from '../../app/evidence.js';
import type { Exit, Invocation } from '../command.js';
import { markdownScreen, patchScreen } from '../screens/markdown.js';

export async function run({ connect, out, args, flag, page }: Invocation): Promise<Exit> {
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
  const { width } = out.traits;
  const report = markdownScreen(text('report.md'), width, out.paint);
  const diff = flag('diff') && files.has('diff.patch') ? ['', ...patchScreen(text('diff.patch'), out.paint)] : [];
  const whole = [...report, ...diff].join('\n');
  // A diff is for reading at length; a report fits on a screen.
  if (diff.length === 0 || flag('no-pager') || !(await page(`${whole}\n`))) out.line(whole);
  out.note(out.paint('dim', `evidence: ${folder} on the ops branch`));
  return 0;
}
