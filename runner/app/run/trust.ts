import type { RunRecord } from '../../generated/types.js';
import type { CommitId } from '../../core/ids.js';
import { ok, type Result } from '../../core/failure.js';
import { formulaFacts } from '../../core/formula-facts.js';
import type { LoadedFormula } from '../../core/observed.js';
import { decide } from '../../core/policy.js';
import { baseOf, type ActiveOrder } from '../../core/record.js';
import type { Desired } from '../desired.js';
import { driverOf } from '../observe.js';
import { isOfTarget } from './integrate/on-its-way.js';
import type { Tools } from '../tools.js';
import { readRequest, recheck } from '../vault/recheck.js';

/**
 * What in a run's record no claim of ours could have written: whoever may push to the ops branch can write one. Null if nothing is. Steps that it says
 * are done are judged by what they came to, before anything ships.
 */
export async function oddRun(
  tools: Tools,
  desired: Desired,
  { formula, digest }: LoadedFormula,
  run: RunRecord,
  tip: CommitId,
): Promise<string | null> {
  const { repository } = tools;
  if (run.driver !== driverOf(desired)) return `it ran in ${run.driver}, and the project says ${driverOf(desired)}`;
  if (run.formulaDigest !== digest) return 'the formula is another one now';
  if ((run.merge === undefined) !== (formula.base === undefined)) return 'its base is not what the formula says';
  if (run.merge === undefined)
    return (await repository.isAncestor(baseOf(run), tip)) ? null : 'its base is no commit of the project';
  const [head, incoming] = [run.merge.head as CommitId, run.merge.incoming as CommitId];
  const { into } = run.merge;
  const isOurs =
    into === undefined ? await repository.isAncestor(incoming, tip) : await isOfTarget(tools, desired, into, incoming);
  if (!isOurs) return 'it merges what is no commit of the project';
  if (run.base === run.merge.head) return null;
  const merged = await repository.autoMerge(head, incoming);
  const isMerge = merged.ok && (await repository.tree(baseOf(run))) === merged.value.tree;
  return isMerge ? null : 'its base is not the merge that it says';
}

/** Why an order may not have been started at all; null if it may. Fails where the forge that has to say so does not answer. */
export async function heldBack(
  tools: Tools,
  { policy }: Desired,
  { formula }: LoadedFormula,
  order: ActiveOrder,
): Promise<Result<string | null>> {
  const named = formulaFacts(formula);
  const { denied, gate } = decide(order.record.order, named, null, policy, tools.cel);
  if (denied.length > 0) return ok('the policy denies it');
  if (gate !== 'proposal') return ok(null);
  const id = order.record.run.start;
  const tip = await tools.ops.tip();
  const request = id === undefined || tip === null ? null : await readRequest(tools, tip, 'fired', id);
  if (request?.kind !== 'start') return ok('nobody approved its start');
  return recheck(tools, policy, request, order);
}
