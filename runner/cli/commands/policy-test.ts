import { committedSource } from '../../app/connection.js';
import { testPolicy } from '../../app/validate.js';
import { describeProblem } from '../../core/describe-failure.js';
import type { Exit, Invocation } from '../command.js';
import { ok } from '../../core/failure.js';
import { printable } from '../output.js';

export async function run({ repo: open, out, flag }: Invocation): Promise<Exit> {
  const repo = await open();
  if (!repo.ok) return repo.failure;
  const source = flag('committed') ? await committedSource(repo.value) : ok(repo.value.folder);
  if (!source.ok) return source.failure;
  const tested = await testPolicy(source.value, repo.value.reading);
  if (!tested.ok) return tested.failure;
  const { files, cases, problems } = tested.value;
  if (out.traits.json) out.json({ passed: problems.length === 0, files, cases, problems });
  else {
    for (const line of problems.flatMap((problem) => [...describeProblem(problem), ''])) out.line(printable(line));
    const count = `${String(cases)} ${cases === 1 ? 'case' : 'cases'} in ${String(files.length)} ${files.length === 1 ? 'file' : 'files'}`;
    if (files.length === 0) out.line('There are no tests: put cases into policy/tests/*.yml.');
    else if (problems.length === 0) out.line(`${out.paint('good', 'passed')}: ${count}`);
    else out.line(`${out.paint('bad', `${String(problems.length)} failed`)} of ${count}`);
  }
  return problems.length === 0 ? 0 : 2;
}
