import { deliveryOf, isOnto } from '../../../core/delivery.js';
import { fail, ok, type Result } from '../../../core/failure.js';
import { formulaFacts } from '../../../core/formula-facts.js';
import type { CommitId } from '../../../core/ids.js';
import { shipParents } from '../../../core/merge.js';
import { decide, isGovernance, raised, stricter, type Decision } from '../../../core/policy.js';
import { baseOf } from '../../../core/record.js';
import { reviewReasons, reviewsIn } from '../../../core/review/findings.js';
import type { Desired } from '../../desired.js';
import { changesWithDependencies } from '../../manifests.js';
import type { Tools } from '../../tools.js';
import { diffDigest } from '../../vault/require.js';
import { readRequest, recheck } from '../../vault/recheck.js';
import { targetTip } from '../../target.js';
import type { RunContext } from '../context.js';
import { isOpen } from '../deliver-onto.js';
import { undoneByMerge } from '../review/merge-guard.js';
import { heldBack, oddRun } from '../trust.js';
import { commitOf, type Member } from './member.js';
import { onItsWay } from './on-its-way.js';

/** A result as far as it is judged by what it would bring. */
export type Judged = Pick<Member, 'record' | 'loaded'> & {
  readonly context: Pick<RunContext, 'tools' | 'policy' | 'project' | 'nodes' | 'loaded'>;
};

/**
 * What in a record that waits to be merged no run of ours could have written: whoever may push to the ops branch can write one. Null if nothing is, else why
 * its order starts anew. Fails where the forge that has to say so does not answer, and where the target has fallen behind the project.
 */
export async function oddResult(
  { context, record, loaded }: Judged,
  desired: Desired,
  tip: CommitId,
): Promise<Result<string | null>> {
  const { repository } = context.tools;
  const { id, run, shipped } = record;
  const base = shipped.base as CommitId;
  const [parents, wanted] = [await repository.parents(commitOf({ record })), shipParents(run)];
  if (wanted[0] !== base || parents.length !== wanted.length || parents.some((parent, at) => parent !== wanted[at]))
    return ok('its result is not one commit on its base');
  const lines = new Set((await repository.commitMessage(commitOf({ record }))).split('\n'));
  if (!lines.has(`PushPals-Order: ${id}`) || !lines.has(`PushPals-Run: ${run.id}`))
    return ok('its result is not the commit of its run');
  const from = isOnto(shipped) || run.merge === undefined ? base : (run.merge.incoming as CommitId);
  if (!(await repository.isAncestor(from, tip))) return notHeld(context, shipped.into, from);
  if (isOnto(shipped)) {
    const project = await targetTip(context.tools, context.project.branch ?? 'main');
    const odd = project === null ? null : await oddRun(context.tools, desired, loaded, run, project);
    return odd === null ? heldBack(context.tools, desired, loaded, { state: 'active', record }) : ok(odd);
  }
  const odd = await oddMerge(context.tools, desired, record);
  if (!odd.ok || odd.value !== null) return odd;
  const since = await repository.changes(from, tip);
  if (!since.ok || since.value.some(({ path }) => isGovernance(path)))
    return ok('the project changed how it wants to be worked on');
  return heldBack(context.tools, desired, loaded, { state: 'active', record });
}

/** A result on a commit that its target does not hold: forged, or of a project that the target has fallen behind. That commit does not go in along with it. */
async function notHeld(
  { tools, project }: Judged['context'],
  into: string,
  base: CommitId,
): Promise<Result<string | null>> {
  const { branch = 'main' } = project;
  const tip = into === branch ? null : await targetTip(tools, branch);
  if (tip === null || !(await tools.repository.isAncestor(base, tip))) return ok(`its base is no commit of ${into}`);
  const what = `${into} does not hold ${base.slice(0, 12)} of ${branch}, which the result stands on`;
  const hint = `Merge ${branch} into ${into}; or say \`from: ${branch}\` beside \`into\` in pushpals.yml, and the runner keeps it in step.`;
  return fail({ class: 'state-conflict', what, hint });
}

/** What is wrong with a result that brings that of another order together with the target; null if nothing is, or if it is no such merge. */
async function oddMerge(
  tools: Tools,
  desired: Desired,
  { run, shipped }: Member['record'],
): Promise<Result<string | null>> {
  const { merge } = run;
  if (merge === undefined) return ok(null);
  if (merge.into !== shipped.into) return ok('it is a merge of another branch, which nobody merges further');
  const found = await onItsWay(tools, desired, merge.branch);
  if (!found.ok) return found;
  const isThat = found.value?.record.shipped.commit === merge.head;
  return ok(isThat ? null : `${merge.branch} is not on its way as it was`);
}

/**
 * Why the change that a merge would bring may not go in without people looking at it again; null if it may: the policy lets it pass by itself, or people have
 * said yes to exactly this change. `way`: how the runner would have it merged.
 */
export async function notAllowed(
  member: Judged,
  before: CommitId,
  after: CommitId,
  way: 'merge' | 'pull-request' = 'merge',
): Promise<Result<string | null>> {
  const { tools, policy, project, nodes } = member.context;
  const { record } = member;
  const { run, shipped } = record;
  const decided = await decisionOn(member, before, after);
  if (!decided.ok) return decided;
  const decision = raised(decided.value, reviewReasons(nodes, run.steps, run.rounds), policy);
  if (decision.denied.length > 0) return ok('the policy denies what would be merged');
  const own = deliveryOf(project, policy, decision.tier, false);
  const onto = isOnto(shipped) && own.via !== 'branch' && (await isOpen(tools, shipped.into));
  const { into, via } = onto ? shipped : own;
  const isOurs = way === 'merge' || policy.tiers?.[decision.tier]?.['auto-merge'] === true;
  if (via !== way || into !== shipped.into || !isOurs) return ok('its tier is not merged by the runner');
  if (decision.gate === 'auto') {
    const blocked = reviewsIn(nodes, run.steps).some(([, { verdict }]) => verdict === 'blocked');
    if (blocked) return ok('a review holds it up');
    const undone = await undoneByMerge(member.context, run, commitOf(member), 'ship');
    if (!undone.ok) return undone;
    return ok(undone.value === null ? null : 'it would silently take back what was gained beside it');
  }
  const tip = await tools.ops.tip();
  const request =
    run.request === undefined || tip === null ? null : await readRequest(tools, tip, 'fired', run.request);
  if (request?.kind !== 'merge') return ok('nobody approved its result');
  const wrong = await recheck(tools, policy, request, { record });
  if (!wrong.ok) return wrong;
  if (wrong.value !== null) return ok(`its approval does not hold: ${wrong.value}`);
  if (run.merge !== undefined && isOnto(shipped)) {
    // What was approved of a merge is what the run made of it: that very tree, and nothing that came to the branch meanwhile.
    const isThat = after === commitOf(member) && (await tools.repository.tree(after)) === request.subject.tree;
    return ok(isThat && request.subject.into === into ? null : `${into} is not what it was in ${request.id}`);
  }
  const diff = await diffDigest(tools, before, after);
  if (!diff.ok) return diff;
  const isSame = diff.value !== null && diff.value === request.subject.diff && request.subject.into === into;
  return ok(isSame ? null : `what would be merged is not the change that was approved in ${request.id}`);
}

/**
 * What the policy says of what a merge would bring. What a run made of a branch that the project's was merged into is looked at from two sides, as when it ran: what is beyond that
 * merge, and all that the project would get by it.
 */
async function decisionOn(member: Judged, before: CommitId, after: CommitId): Promise<Result<Decision>> {
  const { context, record, loaded } = member;
  const { tools, policy } = context;
  const { merge } = record.run;
  const brought = merge !== undefined && isOnto(record.shipped) ? (merge.incoming as CommitId) : before;
  // Onto a branch that moved it is merged, and what came of that is looked at; of the target's own nothing is.
  const done = isOnto(record.shipped) ? after : commitOf(member);
  const sides: readonly (readonly [CommitId, CommitId])[] =
    merge === undefined
      ? [[before, after]]
      : [
          [baseOf(record.run), done],
          [brought, after],
        ];
  let decision: Decision | null = null;
  for (const [from, to] of sides) {
    const changes = await changesWithDependencies(tools.repository, from, to);
    if (!changes.ok) return changes;
    const decided = decide(record.order, formulaFacts(loaded.formula), changes.value, policy, tools.cel);
    decision = decision === null ? decided : stricter(decision, decided);
  }
  if (decision === null) throw new Error('a decision on nothing');
  return ok(decision);
}
