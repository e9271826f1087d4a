import { fail, ok, type Result } from '../../core/failure.js';
import type { Node } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import { baselines } from '../../core/merge.js';
import { keepCaches } from './caches.js';
import { executeOn, refusals } from './command.js';
import { factsOf, type RunContext } from './context.js';
import type { StepResult } from './step-result.js';
import type { Trees } from './trees.js';

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
  return fail({ class: 'check-failed', step: node.key, expect, exitCode, tail, ...refusals(context, node.key) });
}

/**
 * Where a check that failed on the run's result fails as well, so that the run is not to blame: its base, or, of a merge, a side that
 * was broken before. Null: there it passes.
 */
export async function failsOnBase(
  context: RunContext,
  trees: Trees,
  node: Node,
  input: CommitId,
): Promise<Result<{ readonly commit: CommitId } | null>> {
  const { journal, loaded } = context;
  for (const commit of baselines(journal.order.record.run, loaded.formula.base?.mends)) {
    if (commit === input) return ok({ commit });
    const verdict = await tryOn(context, trees, node, commit, `${node.key}-base`);
    if (!verdict.ok) return verdict;
    if (!verdict.value.passed) return ok({ commit });
  }
  return ok(null);
}

/** Whether a check comes to what it expects on a commit, in a fresh sandbox of its own; nothing of it is kept in caches. `key` names the sandbox. */
export async function passesOn(
  context: RunContext,
  trees: Trees,
  node: Node,
  commit: CommitId,
  key: string,
): Promise<Result<Verdict>> {
  const verdict = await tryOn(context, trees, node, commit, key, `--- on ${commit.slice(0, 12)} ---\n`);
  if (!verdict.ok) return verdict;
  return ok({ ...verdict.value, passed: verdict.value.passed === ((node.step.expect ?? 'success') === 'success') });
}

async function tryOn(
  context: RunContext,
  trees: Trees,
  node: Node,
  commit: CommitId,
  key: string,
  above = `--- the same check on the base ${commit.slice(0, 12)} ---\n`,
): Promise<Result<Verdict>> {
  const isOwn = key === node.key;
  const taken = await (isOwn ? trees.untouched(node, commit) : trees.fresh(node, commit));
  if (!taken.ok) return taken;
  try {
    const headline = isOwn ? '' : above;
    const executed = await executeOn(context, trees, node, taken.value, key, { headline });
    if (!executed.ok) return executed;
    const { exitCode } = executed.value.end;
    if (isOwn) factsOf(context, key).exitCode = exitCode;
    if (isOwn && exitCode === 0) await keepCaches(context, node, executed.value.caches);
    return ok({ passed: exitCode === 0, exitCode, tail: executed.value.tail });
  } finally {
    trees.close(taken.value);
  }
}
