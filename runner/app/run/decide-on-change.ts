import type { Change } from '../../core/change.js';
import { ok, type Result } from '../../core/failure.js';
import { formulaFacts } from '../../core/formula-facts.js';
import type { Statuses } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import { decide, raised, stricter, type Decision } from '../../core/policy.js';
import { reviewReasons } from '../../core/review/findings.js';
import { changesWithDependencies } from '../manifests.js';
import type { RunContext } from './context.js';

/**
 * What the policy says of what was really changed, and reviews on top of it. A merge is looked at from two sides: what the run did beyond the automatic
 * merge, and all that the project's branch would get by it, so that nothing that was on the other branch passes as nobody's change.
 * What the project's branch itself brings in has been decided on before.
 */
export async function decideOnChange(
  { tools, base, journal, loaded, policy, merge, nodes }: RunContext,
  statuses: Statuses,
  input: CommitId,
): Promise<Result<{ readonly decision: Decision; readonly changes: readonly Change[] }>> {
  const { order, run } = journal.order.record;
  const formula = formulaFacts(loaded.formula);
  const reasons = reviewReasons(nodes, statuses, run.rounds);
  const done = await changesWithDependencies(tools.repository, base, input);
  if (!done.ok) return done;
  const decision = raised(decide(order, formula, done.value, policy, tools.cel), reasons, policy);
  if (merge === null) return ok({ decision, changes: done.value });
  const brought = await changesWithDependencies(tools.repository, merge.incoming as CommitId, input);
  if (!brought.ok) return brought;
  const both = stricter(decision, decide(order, formula, brought.value, policy, tools.cel));
  return ok({ decision: both, changes: brought.value });
}
