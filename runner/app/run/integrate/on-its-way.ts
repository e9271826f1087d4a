import { isLanding, targetOf, type LandingOrder } from '../../../core/delivery.js';
import { ok, type Result } from '../../../core/failure.js';
import type { CommitId } from '../../../core/ids.js';
import { shipRef } from '../../../core/record.js';
import type { Desired } from '../../desired.js';
import { readOps } from '../../observe.js';
import { targetTip } from '../../target.js';
import type { Tools } from '../../tools.js';
import { groundOf } from './stage.js';

/**
 * The order whose result is on a branch and on its way into the project's target by the runner's own merge; null where there is none. What is made of that
 * branch is then made for the target.
 */
export async function onItsWay(
  tools: Tools,
  { project }: Pick<Desired, 'project'>,
  branch: string,
): Promise<Result<LandingOrder | null>> {
  const view = await readOps(tools);
  if (!view.ok) return view;
  const into = targetOf(project);
  const found = view.value.live
    .filter(isLanding)
    .find(
      ({ record: { id, shipped } }) =>
        shipRef(id) === `refs/heads/${branch}` &&
        shipped.branch === branch &&
        shipped.into === into &&
        shipped.via === 'merge',
    );
  return ok(found ?? null);
}

/** Whether a commit is one of the project's target, or of what results are merged onto there. */
export async function isOfTarget(tools: Tools, desired: Desired, into: string, commit: CommitId): Promise<boolean> {
  if (into !== targetOf(desired.project)) return false;
  const tip = await targetTip(tools, into);
  if (tip === null) return false;
  if (await tools.repository.isAncestor(commit, tip)) return true;
  const ground = await groundOf({ tools, project: desired.project }, into, tip);
  return ground.ok && tools.repository.isAncestor(commit, ground.value.commit);
}
