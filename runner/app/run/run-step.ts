import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import type { Node, Statuses } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import { breaches } from '../../core/scope.js';
import { stepRef } from '../../core/record.js';
import { RUNNER } from '../tools.js';
import { keepCaches } from './caches.js';
import { executeOn, refusals } from './command.js';
import { SNAPSHOT_LIMITS, factsOf, type RunContext } from './context.js';
import { searchChange, searchOutputs, searchTree } from './secret-scan.js';
import type { Held, Trees } from './trees.js';

/** What a step that ended well leaves behind. */
export interface StepResult {
  readonly snapshot: CommitId;
  readonly outputs?: unknown;
  readonly leftIgnored?: boolean;
}

/** Runs a `run` step in the tree of the step before it, and makes its snapshot commit. */
export async function runStep(
  context: RunContext,
  trees: Trees,
  node: Node,
  statuses: Statuses,
  input: CommitId,
  attempt: number,
): Promise<Result<StepResult>> {
  const taken = attempt === 1 ? await trees.take(node, statuses, input) : await trees.fresh(node, input);
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
  const taken = await snapshot(context, node, held, input);
  if (!taken.ok) return taken;
  const forgotten = wasHanded ? await trees.forget(held, taken.value.snapshot) : ok(null);
  if (!forgotten.ok) return forgotten;
  await keepCaches(context, node, caches);
  return ok({ ...taken.value, ...(outputs.value === undefined ? {} : { outputs: outputs.value }) });
}

/** The step's `outputs.json`, checked against the step's schema. */
async function takeOutputs(context: RunContext, node: Node, outDir: string): Promise<Result<unknown>> {
  const collected = await context.tools.runFiles.collect(outDir, node.key);
  if (!collected.ok) return collected;
  const clean = await searchOutputs(context, node, collected.value);
  if (!clean.ok) return clean;
  const facts = factsOf(context, node.key);
  facts.files = [...collected.value.files];
  facts.notes.push(...collected.value.notes.map((note) => context.secrets.maskedText(note)));
  const { outputs } = collected.value;
  if (node.step.outputs === undefined) return ok(outputs);
  if (outputs === undefined)
    return fail({
      class: 'output-invalid',
      step: node.key,
      why: 'the step wrote no `outputs.json` into `$PUSHPALS_OUT`',
    });
  const check = await context.tools.formats.valueChecker(node.step.outputs);
  const faults = check(outputs);
  return faults.length === 0 ? ok(outputs) : fail({ class: 'output-invalid', step: node.key, why: faults.join('; ') });
}

/** The snapshot commit of a step, with the scopes checked on the resulting tree. */
async function snapshot(context: RunContext, node: Node, held: Held, input: CommitId): Promise<Result<StepResult>> {
  const { tools, journal, loaded } = context;
  const { record } = journal.order;
  const taken = await tools.workspaces.snapshot(held.workspace, {
    step: node.key,
    parents: [input],
    message: `${record.id}: ${node.key}\n\nPushPals-Order: ${record.id}\nPushPals-Run: ${context.run}\nPushPals-Step: ${node.key}\n`,
    author: RUNNER,
    at: tools.clock.now(),
    ref: stepRef(record.run, node.key),
    limits: SNAPSHOT_LIMITS,
    accept: (commit) => searchChange(context, node, input, commit),
  });
  if (!taken.ok) return taken.failure.class === 'scope-violation' ? fail({ ...taken.failure, step: node.key }) : taken;
  held.workspace = taken.value.workspace;
  const { commit, changed, leftIgnored } = taken.value.taken;
  if (changed) {
    const changes = await tools.repository.changes(input, commit);
    if (!changes.ok) return changes;
    const avoid = record.order.constraints?.avoid;
    const entries = breaches(changes.value, [
      loaded.formula.scope,
      node.step.scope,
      ...(avoid === undefined ? [] : [{ never: avoid }]),
    ]);
    const failure: Failure = { class: 'scope-violation', step: node.key, entries };
    if (entries.length > 0) return fail(failure);
  }
  return ok({ snapshot: commit, leftIgnored });
}
