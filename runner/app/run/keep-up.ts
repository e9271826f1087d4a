import type { RunRecord } from '../../generated/types.js';
import { ok, type Result } from '../../core/failure.js';
import { isGovernance } from '../../core/policy.js';
import { baseOf, shipRef } from '../../core/record.js';
import type { Statuses } from '../../core/graph.js';
import { projectTip } from '../world.js';
import type { RunContext } from './context.js';
import { rebase } from './rebase.js';

/**
 * The run rebuilt on the project as it is now, with its checks to be run again, so that what ships was checked as it will be merged. Null where
 * nothing moved, or where the runner that died had shipped already; `anew` where what says how to work is another now. Fails with
 * `merge-conflict` where the result does not fit any more.
 */
export async function keepUp(context: RunContext, statuses: Statuses): Promise<Result<RunRecord | 'anew' | null>> {
  const { tools, journal, nodes, merge, project, run: id, resumed } = context;
  const { record } = journal.order;
  const base = baseOf(record.run);
  const tip = await projectTip(tools, project.branch ?? 'main');
  // A branch that went away, or back, is nothing to go along with.
  if (merge !== null || tip === null || tip === base || !(await tools.repository.isAncestor(base, tip)))
    return ok(null);
  if (resumed) {
    const shipped = await tools.repository.resolve(shipRef(record.id));
    const message = shipped === null ? '' : await tools.repository.commitMessage(shipped);
    if (message.split('\n').includes(`PushPals-Run: ${id}`)) return ok(null);
  }
  const changes = await tools.repository.changes(base, tip);
  if (!changes.ok) return changes;
  if (changes.value.some(({ path }) => isGovernance(path))) return ok('anew');
  return rebase(tools, nodes, { ...record.run, steps: { ...statuses } }, tip);
}
