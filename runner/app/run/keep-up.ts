import type { RunRecord } from '../../generated/types.js';
import { ok, type Result } from '../../core/failure.js';
import { isGovernance } from '../../core/policy.js';
import { baseOf, shipRef } from '../../core/record.js';
import { deliveryOf } from '../../core/delivery.js';
import type { Node, Statuses } from '../../core/graph.js';
import type { Tools } from '../tools.js';
import { isResultOfRun } from '../results.js';
import { projectTip } from '../world.js';
import type { RunContext } from './context.js';
import { decideOnChange } from './decide-on-change.js';
import { inputOf } from './inputs.js';
import { rebase } from './rebase.js';

/**
 * The run rebuilt on the project as it is now, with its checks to be run again, so that what ships was checked as it will be merged. Null where
 * nothing moved, or where a runner that died had shipped it already; `anew` where what says how to work is another now. Fails with
 * `merge-conflict` where the result does not fit any more.
 */
export async function keepUp(context: RunContext, statuses: Statuses): Promise<Result<RunRecord | 'anew' | null>> {
  const { tools, journal, nodes, merge, project } = context;
  const { record } = journal.order;
  const base = baseOf(record.run);
  const tip = await projectTip(tools, project.branch ?? 'main');
  // A branch that went away, or back, is nothing to go along with.
  if (merge !== null || tip === null || tip === base || !(await tools.repository.isAncestor(base, tip)))
    return ok(null);
  if (await hasShipped(tools, record.id, record.run)) return ok(null);
  const changes = await tools.repository.changes(base, tip);
  if (!changes.ok) return changes;
  if (changes.value.some(({ path }) => isGovernance(path))) return ok('anew');
  return rebase(tools, nodes, { ...record.run, steps: { ...statuses } }, tip);
}

/**
 * Whether a result that does not fit the project any more goes into the queue of its target as it is: where the runner merges it and nobody has to look at it
 * before. People are not asked about a change that cannot go in.
 */
export async function isForQueue(context: RunContext, statuses: Statuses, ship: Node): Promise<boolean> {
  const { project, policy } = context;
  if (project.integrate?.via !== 'merge') return false;
  const input = await inputOf(context, statuses, ship);
  const decided = input.ok ? await decideOnChange(context, statuses, input.value) : input;
  if (!decided.ok) return false;
  const { gate, tier } = decided.value.decision;
  return gate === 'auto' && deliveryOf(project, policy, tier, false).via === 'merge';
}

/**
 * Whether a run's result is on the order's branch already: a runner died before it could write that down. It is not rebuilt then, however the project moved on:
 * the same commit is made again and found there, and a run ships one.
 */
export async function hasShipped(
  { repository }: Pick<Tools, 'repository'>,
  order: string,
  run: Pick<RunRecord, 'id'>,
): Promise<boolean> {
  const found = await repository.resolve(shipRef(order));
  if (found === null) return false;
  return isResultOfRun(repository, run.id, found);
}
