import { commitSource } from '../../app/desired.js';
import { validateAll } from '../../app/validate.js';
import { findProject } from '../../app/connection.js';
import type { Exit, Invocation } from '../command.js';
import { describeProblem } from '../../core/describe-failure.js';
import { printable } from '../output.js';

export async function run({ repo: open, out, flag }: Invocation): Promise<Exit> {
  const repo = await open();
  if (!repo.ok) return repo.failure;
  const { repository, formats, anchors, folder, reading, inboxFiles } = repo.value;
  let source = folder;
  if (flag('committed')) {
    const found = await findProject(repository, formats, await anchors());
    if (!found.ok) return found.failure;
    const tip = await repository.resolve(`refs/heads/${found.value.branch}`);
    if (tip === null) throw new Error(`branch ${found.value.branch} has gone`);
    source = commitSource(repository, tip);
  }
  const { problems, files } = await validateAll(source, reading, inboxFiles);
  if (out.traits.json) out.json({ valid: problems.length === 0, files, problems });
  else {
    for (const line of problems.flatMap((problem) => [...describeProblem(problem), ''])) out.line(printable(line));
    const checked = `${String(files.length)} ${files.length === 1 ? 'file' : 'files'} checked`;
    if (problems.length === 0) out.line(`${out.paint('good', 'valid')}: ${checked}`);
    else
      out.line(
        `${out.paint('bad', `${String(problems.length)} ${problems.length === 1 ? 'problem' : 'problems'}`)}, ${checked}`,
      );
  }
  return problems.length === 0 ? 0 : 2;
}
