import { diagnose, type TestResult, type TestRun } from '../../core/diagnosis.js';
import { fail, ok, type Result } from '../../core/failure.js';
import type { Node, Statuses } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import { exceededText } from '../../core/step-limits.js';
import { executeOn, type StepExecution } from './command.js';
import type { RunContext } from './context.js';
import { variables } from './inputs.js';
import { searchValue } from './secret-scan.js';
import type { StepResult } from './step-result.js';
import type { Trees } from './trees.js';

const DEFAULT_RUNS = 5;
const MOST_RUNS = 50;

/**
 * Runs a command several times on the same commit, each time in a fresh sandbox on a fresh checkout, so that no run can make the
 * next one fail or pass. That tests fail is what it is here to see, and no failure of the step.
 */
export async function diagnoseStep(
  context: RunContext,
  trees: Trees,
  node: Node,
  statuses: Statuses,
  input: CommitId,
): Promise<Result<StepResult>> {
  const count = await runsOf(context, node, statuses, input);
  if (!count.ok) return count;
  const runs: TestRun[] = [];
  for (let number = 1; number <= count.value; number += 1) {
    const run = await once(context, trees, node, input, number, count.value);
    if (!run.ok) return run;
    // Reports are read from files, which no masker saw.
    runs.push(context.secrets.masked(run.value));
  }
  const diagnosis = diagnose(runs);
  const findings = diagnosis.findings.map((finding) => ({
    ...finding,
    // A name that is short and the same tomorrow, so that a follow-up is not filed twice.
    id: context.tools.sha256(finding.name).slice(0, 16),
  }));
  const outputs = { ...diagnosis, findings };
  const clean = await searchValue(context, node, `what step ${node.key} found`, outputs);
  return clean.ok ? ok({ snapshot: input, outputs }) : clean;
}

async function runsOf(context: RunContext, node: Node, statuses: Statuses, input: CommitId): Promise<Result<number>> {
  if (node.step.runs === undefined) return ok(DEFAULT_RUNS);
  const answer = context.tools.cel.evaluate(node.step.runs, await variables(context, statuses, node, input));
  const count = answer.ok ? Number(answer.value) : NaN;
  if (Number.isInteger(count) && count >= 2 && count <= MOST_RUNS) return ok(count);
  const why = answer.ok ? `it gives no whole number from 2 to ${String(MOST_RUNS)}` : answer.why;
  return fail({ class: 'output-invalid', step: node.key, why: `\`runs\`: ${why}` });
}

async function once(
  context: RunContext,
  trees: Trees,
  node: Node,
  input: CommitId,
  number: number,
  count: number,
): Promise<Result<TestRun>> {
  const taken = await trees.untouched(node, input);
  if (!taken.ok) return taken;
  try {
    const executed = await executeOn(context, trees, node, taken.value, `${node.key}-${String(number)}`, {
      headline: `--- run ${String(number)} of ${String(count)} ---\n`,
      env: { PUSHPALS_TEST_RUN: String(number) },
    });
    if (executed.ok)
      return ok({ passed: executed.value.end.exitCode === 0, ...(await reported(context, node, executed.value)) });
    // Tests that hang now and then are flaky as well; when the time of the whole run is over, there is no next one.
    if (executed.failure.class === 'timeout' && executed.failure.what === 'step')
      return ok({ passed: false, tests: null, notes: ['it took longer than the step may, and was ended'] });
    if (executed.failure.class === 'limit-exceeded')
      return ok({ passed: false, tests: null, notes: [`it was killed: ${exceededText(executed.failure)}`] });
    return executed;
  } finally {
    trees.close(taken.value);
  }
}

/** What the reports of one run name: those that it wrote, else what it printed. */
async function reported(
  { tools }: RunContext,
  node: Node,
  { outDir, text }: StepExecution,
): Promise<Pick<TestRun, 'tests' | 'notes'>> {
  const collected = await tools.runFiles.collect(outDir, node.key);
  if (!collected.ok) return { tests: null, notes: [`what it wrote cannot be used (${collected.failure.class})`] };
  const notes: string[] = [...collected.value.notes];
  const tests: TestResult[] = [];
  let isRead = false;
  for (const { name, bytes } of collected.value.files) {
    if (!tools.testReports.isReport(name)) continue;
    const report = await tools.testReports.read(name, bytes);
    if (report.ok) tests.push(...report.value);
    else notes.push(report.failure);
    isRead ||= report.ok;
  }
  if (isRead) return { tests, notes };
  return { tests: await tools.testReports.readPrinted(text), notes };
}
