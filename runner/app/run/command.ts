import type { Command } from '../../generated/types.js';
import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import type { Node } from '../../core/graph.js';
import { durationMs } from '../../core/ids.js';
import type { StepLog } from '../ports/run-files.js';
import type { ExecEnd, Sandbox } from '../ports/sandbox.js';
import type { RunContext } from './context.js';

/** The script of a `run` or `check`. A named command was found by `validate`; one that is gone since is a failure, not a bug. */
export function scriptOf(command: Command, context: Pick<RunContext, 'project'>): Result<string> {
  if (typeof command === 'string') return ok(command);
  const script = context.project.commands?.[command.command];
  if (script !== undefined) return ok(script);
  // A project with nothing to set up need not say so.
  if (command.command === 'setup') return ok(':');
  const message = `pushpals.yml has no command \`${command.command}\``;
  return fail({
    class: 'config-invalid',
    problems: [{ file: 'pushpals.yml', line: 1, column: 1, excerpt: '', message, hint: `Add it under \`commands:\`.` }],
  });
}

/** Runs one script as a step, within the step's time and the run's. The failure of a script that ended badly is the caller's to name. */
export async function execute(
  context: RunContext,
  node: Node,
  sandbox: Sandbox,
  script: string,
  out: string,
  log: StepLog,
): Promise<Result<ExecEnd>> {
  const limitMs = durationMs(node.step.timeout ?? '30m');
  const remainingMs = Math.max(0, context.remainingMs());
  const end = await sandbox.exec({
    script,
    env: environment(context, node, sandbox, out),
    timeoutMs: Math.min(limitMs, remainingMs),
    signal: context.signal,
    onOutput: (chunk) => {
      log.write(chunk);
    },
  });
  if (!end.ok || !end.value.timedOut) return end;
  const failure: Failure =
    limitMs <= remainingMs
      ? { class: 'timeout', step: node.key, limitMs, what: 'step' }
      : { class: 'timeout', step: node.key, limitMs: remainingMs, what: 'run' };
  return fail(failure);
}

/** Order text and inputs reach a step as variables and as the file `order.json`, never as part of a command line. */
function environment(
  context: RunContext,
  node: Node,
  { paths }: Sandbox,
  out: string,
): Readonly<Record<string, string>> {
  const { record } = context.journal.order;
  const variable = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]/g, '_');
  const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  const inputs = Object.entries(context.inputs).map(([name, value]) => [
    `PUSHPALS_INPUT_${variable(name)}`,
    text(value),
  ]);
  const matrix = Object.entries(node.matrix).map(([name, value]) => [`MATRIX_${variable(name)}`, String(value)]);
  return {
    ...(Object.fromEntries([...inputs, ...matrix]) as Record<string, string>),
    ...node.step.env,
    PUSHPALS_ORDER: record.id,
    PUSHPALS_RUN: context.run,
    PUSHPALS_STEP: node.key,
    PUSHPALS_GOAL: record.order.goal.replaceAll('\0', ''),
    PUSHPALS_ORDER_FILE: `${paths.in}/order.json`,
    PUSHPALS_OUT: `${paths.out}/${out}`,
  };
}
