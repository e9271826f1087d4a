import { fail, ok, type Result } from '../../core/failure.js';
import type { Node, Statuses } from '../../core/graph.js';
import type { CommitId, StepKey } from '../../core/ids.js';
import { keepCaches } from './caches.js';
import { executeOn, refusals } from './command.js';
import { factsOf, type RunContext } from './context.js';
import { takeOutputs } from './outputs.js';
import { remade } from './remake.js';
import { searchTree } from './secret-scan.js';
import { takeSnapshot } from './snapshot.js';
import type { StepResult } from './step-result.js';
import type { Held, Trees } from './trees.js';

/** Runs a `run` step in the tree of the step before it, and makes its snapshot commit. */
export async function runStep(
  context: RunContext,
  trees: Trees,
  node: Node,
  statuses: Statuses,
  input: CommitId,
): Promise<Result<StepResult>> {
  const remake = (source: StepKey): ReturnType<typeof remade> => remade(context, trees, node, statuses, source);
  const taken = await trees.take(node, statuses, input, remake);
  if (!taken.ok) return taken;
  const held = taken.value;
  const result = await inTree(context, trees, node, held, input);
  if (result.ok) trees.leave(node, held, statuses);
  else trees.close(held);
  return result;
}

async function inTree(
  context: RunContext,
  trees: Trees,
  node: Node,
  held: Held,
  input: CommitId,
): Promise<Result<StepResult>> {
  const executed = await executeOn(context, trees, node, held, node.key);
  if (!executed.ok) return executed;
  const { end, tail, outDir, caches } = executed.value;
  factsOf(context, node.key).exitCode = end.exitCode;
  if (end.exitCode !== 0) {
    const { exitCode, signal } = end;
    return fail({
      class: 'step-failed',
      step: node.key,
      exitCode,
      tail,
      ...(signal === undefined ? {} : { signal }),
      ...refusals(context, node.key),
    });
  }
  const outputs = await takeOutputs(context, node, outDir);
  if (!outputs.ok) return outputs;
  const wasHanded = node.step.secrets !== undefined;
  const clean = wasHanded ? await searchTree(context, node, held) : ok(null);
  if (!clean.ok) return clean;
  const taken = await takeSnapshot(context, node, held, input);
  if (!taken.ok) return taken;
  const forgotten = wasHanded ? await trees.forget(held, taken.value.snapshot) : ok(null);
  if (!forgotten.ok) return forgotten;
  await keepCaches(context, node, caches);
  return ok({ ...taken.value, ...(outputs.value === undefined ? {} : { outputs: outputs.value }) });
}
