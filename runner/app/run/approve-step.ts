import { ok, type Result } from '../../core/failure.js';
import { formulaFacts } from '../../core/formula-facts.js';
import type { Node, Statuses } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import { decide } from '../../core/policy.js';
import { taskText } from '../../core/ship-text.js';
import { changesWithDependencies } from '../manifests.js';
import { requireApproval } from '../vault/require.js';
import type { RunContext } from './context.js';
import { proposedOrders } from './proposed-orders.js';
import type { StepResult } from './step-result.js';

/** A gate in the formula: the run goes on when people have said yes to what it has come to so far, or report what they did outside. */
export async function approveStep(
  context: RunContext,
  node: Node,
  statuses: Statuses,
  input: CommitId,
): Promise<Result<StepResult>> {
  const { tools, base, journal, loaded, policy } = context;
  const changes = await changesWithDependencies(tools.repository, base, input);
  if (!changes.ok) return changes;
  const formula = formulaFacts(loaded.formula);
  const decision = decide(journal.order.record.order, formula, changes.value, policy, tools.cel);
  const { id, order } = journal.order.record;
  const facts = { id, goal: order.goal, outside: order.outside, inputs: context.inputs, statuses };
  const allowed = await requireApproval(context, node, {
    input,
    changes: changes.value,
    decision,
    orders: await proposedOrders(context, node, statuses, input),
    task: taskText(node.step.task ?? '', facts),
  });
  if (!allowed.ok) return allowed;
  const by = (context.approved?.approvals ?? []).map((approval) => approval.by);
  const answer = context.approved?.answer;
  return ok({ snapshot: input, outputs: { approvedBy: by, ...(answer === undefined ? {} : { answer }) } });
}
