import { fail, ok, type Result } from '../../core/failure.js';
import type { Node, Statuses } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import { stepRef } from '../../core/record.js';
import { breaches } from '../../core/scope.js';
import { inverseOn, resultOf } from '../inverse.js';
import { RUNNER } from '../tools.js';
import type { RunContext } from './context.js';
import { variables } from './inputs.js';
import { searchChange } from './secret-scan.js';
import { scopesOf } from './snapshot.js';
import type { StepResult } from './step-result.js';

/**
 * Takes back what an order shipped, on the tree so far, from objects alone: nothing runs. What comes of it is bounded and looked through as what a
 * command changes is, and goes the way of any change: checks, policy, approvals.
 */
export async function revertStep(
  context: RunContext,
  node: Node,
  statuses: Statuses,
  input: CommitId,
): Promise<Result<StepResult>> {
  const { tools, journal, project } = context;
  const { record } = journal.order;
  const answer = tools.cel.evaluate(node.step.revert ?? '', await variables(context, statuses, node, input));
  if (!answer.ok || typeof answer.value !== 'string')
    return fail({
      class: 'state-conflict',
      what: `\`revert\` of step ${node.key} names no order: ${answer.ok ? 'it does not give text' : answer.why}`,
      hint: 'Mend the expression in the formula, or the inputs of the order.',
    });
  const result = await resultOf(tools, answer.value);
  if (!result.ok) return result;
  const outputs = { ...result.value };
  const inverse = await inverseOn(tools, result.value, input, project.branch ?? 'main');
  if (!inverse.ok)
    return inverse.failure.class === 'merge-conflict' ? fail({ ...inverse.failure, step: node.key }) : inverse;
  if (inverse.value === (await tools.repository.tree(input))) return ok({ snapshot: input, outputs });
  const message = `${record.id}: ${node.key}\n\nPushPals-Order: ${record.id}\nPushPals-Run: ${context.run}\nPushPals-Step: ${node.key}\n`;
  const commit = await tools.repository.commitTree(inverse.value, [input], message, RUNNER, tools.clock.now());
  if (!commit.ok) return commit;
  const changes = await tools.repository.changes(input, commit.value);
  if (!changes.ok) return changes;
  const entries = breaches(changes.value, scopesOf(context, node));
  if (entries.length > 0) return fail({ class: 'scope-violation', step: node.key, entries });
  const clean = await searchChange(context, node, input, commit.value);
  if (!clean.ok) return clean;
  const ref = stepRef(record.run, node.key);
  const kept = await tools.repository.moveRef(ref, await tools.repository.resolve(ref), commit.value);
  return kept.ok ? ok({ snapshot: commit.value, outputs }) : kept;
}
