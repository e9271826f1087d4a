import { fail, ok, type Result } from '../../core/failure.js';
import { formulaFacts } from '../../core/formula-facts.js';
import { inputSnapshots, soFar, type Node, type Statuses } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import { mergeFacts } from '../../core/merge.js';
import { reviewReasons } from '../../core/review/findings.js';
import { reviewedBefore } from '../../core/review/rounds.js';
import { decide, raised, summary } from '../../core/policy.js';
import type { Tier } from '../../generated/types.js';
import { RUNNER } from '../tools.js';
import { snapshotRef, type RunContext } from './context.js';

/** The commit that a step starts from: what a review sent back to it, or its needs' snapshots, merged where there are several. */
export async function inputOf(context: RunContext, statuses: Statuses, node: Node): Promise<Result<CommitId>> {
  const { repository } = context.tools;
  const reviewed = reviewedBefore(context.journal.order.record.run.rounds, node.key);
  if (reviewed !== null) return ok(reviewed);
  const snapshots = inputSnapshots(context.nodes, statuses, node.key, context.base);
  let merged = snapshots[0] ?? context.base;
  let made = false;
  for (const other of snapshots.slice(1)) {
    if (await repository.isAncestor(other, merged)) continue;
    if (await repository.isAncestor(merged, other)) {
      merged = other;
      continue;
    }
    const tree = await repository.mergeTrees(merged, other);
    if (!tree.ok) return tree.failure.class === 'merge-conflict' ? fail({ ...tree.failure, step: node.key }) : tree;
    const at = context.tools.clock.now();
    const commit = await repository.commitTree(
      tree.value,
      [merged, other],
      `${context.run}: what ${node.key} starts from\n`,
      RUNNER,
      at,
    );
    if (!commit.ok) return commit;
    merged = commit.value;
    made = true;
  }
  // Steps that change nothing have it as their snapshot. What an agent has done of the step is kept there already.
  if (!made || soFar(statuses[node.key]).partial !== undefined) return ok(merged);
  const ref = snapshotRef(context, node.key);
  const kept = await repository.moveRef(ref, await repository.resolve(ref), merged);
  return kept.ok ? ok(merged) : kept;
}

/** Whether a step's `when` holds. */
export async function isWanted(
  context: RunContext,
  statuses: Statuses,
  node: Node,
  input: CommitId,
): Promise<Result<boolean>> {
  if (node.step.when === undefined) return ok(true);
  const answer = context.tools.cel.evaluate(node.step.when, await variables(context, statuses, node, input));
  const why = answer.ok ? 'it does not give true or false' : answer.why;
  if (!answer.ok || typeof answer.value !== 'boolean')
    return fail({ class: 'output-invalid', step: node.key, why: `\`when\`: ${why}` });
  return ok(answer.value);
}

/** The tier of an order by the policy in force, and by what reviews have made of it. */
export function tierSoFar({ tools, journal, loaded, policy, nodes }: RunContext, statuses: Statuses): Tier {
  const { order, run } = journal.order.record;
  const decision = decide(order, formulaFacts(loaded.formula), null, policy, tools.cel);
  return raised(decision, reviewReasons(nodes, statuses, run.rounds), policy).tier;
}

/** What expressions see. Steps with a matrix have a list of outputs, in the order of their combinations. */
export async function variables(
  context: RunContext,
  statuses: Statuses,
  node: Node,
  input: CommitId,
): Promise<Readonly<Record<string, unknown>>> {
  const changes = input === context.base ? ok([]) : await context.tools.repository.changes(context.base, input);
  const steps: Record<string, { state: string; outputs: unknown }> = {};
  for (const { step } of context.nodes) {
    const all = context.nodes.filter((other) => other.step === step).map(({ key }) => statuses[key]);
    const states = all.map((status) => status?.state ?? 'pending');
    const outputs = all.map((status) => (status?.state === 'succeeded' ? (status.outputs ?? null) : null));
    steps[step.id] = {
      state: states.find((state) => state !== 'succeeded') ?? 'succeeded',
      outputs: step.matrix === undefined ? outputs[0] : outputs,
    };
  }
  const { id, order } = context.journal.order.record;
  return {
    order: { id, ...order },
    inputs: context.inputs,
    matrix: node.matrix,
    steps,
    changes: summary(changes.ok ? changes.value : []),
    merge: mergeFacts(context.journal.order.record.run),
    tier: tierSoFar(context, statuses),
  };
}
