import { validateAll } from '../../app/validate.js';
import { committedSource } from '../../app/connection.js';
import type { Exit, Invocation } from '../command.js';
import { describeProblem } from '../../core/describe-failure.js';
import { ok } from '../../core/failure.js';
import { printable } from '../output.js';

export async function run({ repo: open, out, flag }: Invocation): Promise<Exit> {
  const repo = await open();
  if (!repo.ok) return repo.failure;
  const source = flag('committed') ? await committedSource(repo.value) : ok(repo.value.folder);
  if (!source.ok) return source.failure;
  const { problems, notes, files } = await validateAll(source.value, repo.value.reading, repo.value.inboxFiles);
  if (out.traits.json) out.json({ valid: problems.length === 0, files, problems, notes });
  else {
    for (const line of problems.flatMap((problem) => [...describeProblem(problem), ''])) out.line(printable(line));
    for (const text of notes) out.line(`${out.paint('wait', 'note')}: ${printable(text)}`);
    const checked = `${String(files.length)} ${files.length === 1 ? 'file' : 'files'} checked`;
    if (problems.length === 0) out.line(`${out.paint('good', 'valid')}: ${checked}`);
    else
      out.line(
        `${out.paint('bad', `${String(problems.length)} ${problems.length === 1 ? 'problem' : 'problems'}`)}, ${checked}`,
      );
  }
  return problems.length === 0 ? 0 : 2;
}
