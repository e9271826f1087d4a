import { deliveryOf } from '../../../core/delivery.js';
import { ok, type Result } from '../../../core/failure.js';
import { formulaFacts } from '../../../core/formula-facts.js';
import type { CommitId } from '../../../core/ids.js';
import { decide, isGovernance, raised } from '../../../core/policy.js';
import { reviewReasons, reviewsIn } from '../../../core/review/findings.js';
import type { Desired } from '../../desired.js';
import { changesWithDependencies } from '../../manifests.js';
import { diffDigest } from '../../vault/require.js';
import { readRequest, recheck } from '../../vault/recheck.js';
import { heldBack } from '../trust.js';
import { commitOf, type Member } from './member.js';

/**
 * What in a record that waits to be merged no run of ours could have written: whoever may push to the ops branch can write one. Null if nothing is, else why
 * its order starts anew. Fails where the forge that has to say so does not answer.
 */
export async function oddResult(
  { context, record, loaded }: Member,
  desired: Desired,
  tip: CommitId,
): Promise<Result<string | null>> {
  const { repository } = context.tools;
  const { id, run, shipped } = record;
  const base = shipped.base as CommitId;
  const parents = await repository.parents(commitOf({ record }));
  if (parents.length !== 1 || parents[0] !== base) return ok('its result is not one commit on its base');
  const lines = new Set((await repository.commitMessage(commitOf({ record }))).split('\n'));
  if (!lines.has(`PushPals-Order: ${id}`) || !lines.has(`PushPals-Run: ${run.id}`))
    return ok('its result is not the commit of its run');
  if (!(await repository.isAncestor(base, tip))) return ok(`its base is no commit of ${shipped.into}`);
  const since = await repository.changes(base, tip);
  if (!since.ok || since.value.some(({ path }) => isGovernance(path)))
    return ok('the project changed how it wants to be worked on');
  return heldBack(context.tools, desired, loaded, { state: 'active', record });
}

/**
 * Why the change that a merge would bring may not go in without people looking at it again; null if it may: the policy lets it pass by itself, or people have
 * said yes to exactly this change.
 */
export async function notAllowed(member: Member, before: CommitId, after: CommitId): Promise<Result<string | null>> {
  const { tools, policy, project, nodes } = member.context;
  const { record, loaded } = member;
  const { run, shipped } = record;
  const changes = await changesWithDependencies(tools.repository, before, after);
  if (!changes.ok) return changes;
  const decided = decide(record.order, formulaFacts(loaded.formula), changes.value, policy, tools.cel);
  const decision = raised(decided, reviewReasons(nodes, run.steps, run.rounds), policy);
  if (decision.denied.length > 0) return ok('the policy denies what would be merged');
  const { into, via } = deliveryOf(project, policy, decision.tier, false);
  if (via !== 'merge' || into !== shipped.into) return ok('its tier is not merged by the runner');
  if (decision.gate === 'auto') {
    const blocked = reviewsIn(nodes, run.steps).some(([, { verdict }]) => verdict === 'blocked');
    return ok(blocked ? 'a review holds it up' : null);
  }
  const tip = await tools.ops.tip();
  const request =
    run.request === undefined || tip === null ? null : await readRequest(tools, tip, 'fired', run.request);
  if (request?.kind !== 'merge') return ok('nobody approved its result');
  const wrong = await recheck(tools, policy, request, { record });
  if (!wrong.ok) return wrong;
  if (wrong.value !== null) return ok(`its approval does not hold: ${wrong.value}`);
  const diff = await diffDigest(tools, before, after);
  if (!diff.ok) return diff;
  const isSame = diff.value !== null && diff.value === request.subject.diff && request.subject.into === into;
  return ok(isSame ? null : `what would be merged is not the change that was approved in ${request.id}`);
}
