import { fail, ok, type Result } from '../../core/failure.js';
import type { Node } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import { execute, scriptOf } from './command.js';
import { factsOf, type RunContext } from './context.js';
import type { ExecEnd } from '../ports/sandbox.js';
import type { StepResult } from './run-step.js';
import type { Held, Trees } from './trees.js';

interface Verdict {
  readonly passed: boolean;
  readonly exitCode: number | null;
  readonly tail: string;
}

/** Runs a `check`: in a fresh sandbox on a fresh checkout, so that nothing a step left behind can fake it. */
export async function checkStep(
  context: RunContext,
  trees: Trees,
  node: Node,
  input: CommitId,
): Promise<Result<StepResult>> {
  const verdict = await tryOn(context, trees, node, input, node.key);
  if (!verdict.ok) return verdict;
  const expect = node.step.expect ?? 'success';
  const { passed, exitCode, tail } = verdict.value;
  if (passed === (expect === 'success')) return ok({ snapshot: input });
  return fail({ class: 'check-failed', step: node.key, expect, exitCode, tail });
}

/** Whether a check that failed fails on the base as well, so that the run is not to blame. */
export async function failsOnBase(
  context: RunContext,
  trees: Trees,
  node: Node,
  input: CommitId,
): Promise<Result<Verdict | null>> {
  if (input === context.base)
    return ok({ passed: false, exitCode: factsOf(context, node.key).exitCode ?? null, tail: '' });
  const verdict = await tryOn(context, trees, node, context.base, `${node.key}-base`);
  if (!verdict.ok) return verdict;
  return ok(verdict.value.passed ? null : verdict.value);
}

async function tryOn(
  context: RunContext,
  trees: Trees,
  node: Node,
  commit: CommitId,
  key: string,
): Promise<Result<Verdict>> {
  const script = scriptOf(node.step.check ?? '', context);
  if (!script.ok) return script;
  const taken = await trees.fresh(commit);
  if (!taken.ok) return taken;
  try {
    return await inTree(context, trees, node, taken.value, [...setupOf(context, node), script.value], key);
  } finally {
    await trees.close(taken.value);
  }
}

async function inTree(
  context: RunContext,
  trees: Trees,
  node: Node,
  held: Held,
  scripts: readonly string[],
  key: string,
): Promise<Result<Verdict>> {
  const { tools, run, driver } = context;
  const sandbox = await trees.sandbox(held, node, key);
  if (!sandbox.ok) return sandbox;
  const { opened, outDir } = sandbox.value;
  const out = await tools.runFiles.stepOut(outDir, node.key, driver.owner);
  const log = tools.runFiles.log(run, node.key);
  if (key !== node.key) log.write(Buffer.from(`--- the same check on the base ${context.base.slice(0, 12)} ---\n`));
  const end = await inTurn(scripts, (text) => execute(context, node, opened, text, out, log));
  const kept = await log.end();
  const facts = factsOf(context, node.key);
  facts.log += kept.text;
  facts.logBytes += kept.bytes;
  facts.imageDigest = opened.imageDigest;
  if (!end.ok) return end;
  if (end.value.cancelled) return fail({ class: 'claim-lost', order: context.journal.order.record.id });
  if (key === node.key) facts.exitCode = end.value.exitCode;
  return ok({ passed: end.value.exitCode === 0, exitCode: end.value.exitCode, tail: kept.tail });
}

/** Runs scripts one after the other until one does not succeed; answers the last end. */
async function inTurn(
  scripts: readonly string[],
  exec: (script: string) => Promise<Result<ExecEnd>>,
): Promise<Result<ExecEnd>> {
  let last: Result<ExecEnd> | null = null;
  for (const script of scripts) {
    last = await exec(script);
    if (!last.ok || last.value.exitCode !== 0) return last;
  }
  if (last === null) throw new RangeError('a check has at least one script');
  return last;
}

/** A named command finds the tree set up, as people run it; a command written out stands for itself. */
function setupOf({ project }: RunContext, { step }: Node): readonly string[] {
  const setup = project.commands?.['setup'];
  const named = typeof step.check === 'object' && step.check.command !== 'setup';
  return named && setup !== undefined ? [setup] : [];
}
