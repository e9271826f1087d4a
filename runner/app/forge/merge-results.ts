import { ok, type Result } from '../../core/failure.js';
import { checksSay } from '../../core/forge/checks-say.js';
import type { PullRequest } from '../../core/forge/pull-request.js';
import { isByPull, waitsFor, type ToMerge } from '../../core/forge/results.js';
import { reviewsSay } from '../../core/forge/reviews-say.js';
import { graphOf } from '../../core/graph.js';
import type { CommitId, Instant } from '../../core/ids.js';
import { evidencePath } from '../../core/record.js';
import type { Desired } from '../desired.js';
import { readOps } from '../observe.js';
import type { Forge, ForgeUnavailable, Told } from '../ports/forge.js';
import { notAllowed, oddResult, type Judged } from '../run/integrate/allowed.js';
import { bringResult } from '../run/integrate/member.js';
import { targetTip } from '../target.js';
import { RUNNER, type Tools } from '../tools.js';
import { noteResults, type Noted, type Notes } from './note-results.js';
import { mergedAs } from './results.js';

/**
 * Merges the pull requests of results that the policy has the runner merge: of each only the commit that was decided on, once its checks have passed, and where what
 * comes of it is still let pass. The forge is never told to merge by itself later: what it would merge then nobody would have looked at. What it refuses is said, and tried again.
 */
export async function mergeResults(
  tools: Tools,
  desired: Desired,
  forge: Forge,
  merges: readonly ToMerge[],
): Told<null> {
  const notes: Notes = new Map();
  let stopped: ForgeUnavailable | null = null;
  for (const each of merges) {
    const { id, shipped } = each.order.record;
    const came = await mergeResult(tools, desired, forge, each);
    if (!came.ok) {
      stopped = came.failure;
      break;
    }
    const until = waitsFor(each.pull.url, shipped.into);
    const { value } = came;
    const noted: Noted = 'tip' in value ? value : { reason: value.why === null ? until : `${until}; ${value.why}` };
    notes.set(id, { commit: shipped.commit, noted });
  }
  await noteResults(tools, notes);
  return stopped === null ? ok(null) : { ok: false, failure: stopped };
}

/** That git sees it in the target, or why it is not there; null: nobody knows yet. */
type Came = { readonly why: string | null } | Extract<Noted, { readonly tip: CommitId }>;

async function mergeResult(tools: Tools, desired: Desired, forge: Forge, { order, pull }: ToMerge): Told<Came> {
  const { shipped } = order.record;
  const { number } = pull;
  const [head, into] = [shipped.commit as CommitId, shipped.into];
  const checks = await forge.checks(head, into);
  if (!checks.ok) return checks.failure.problem === 'refused' ? ok({ why: refused(checks.failure) }) : checks;
  const waits = checksSay(checks.value);
  if (waits !== null) return ok({ why: waits });
  const reviews = await forge.reviews(number);
  if (!reviews.ok) return reviews.failure.problem === 'refused' ? ok({ why: refused(reviews.failure) }) : reviews;
  const against = reviewsSay(reviews.value);
  if (against !== null) return ok({ why: against });
  const held = await whyNot(tools, desired, order);
  if (!held.ok) return ok({ why: `whether the runner may merge it cannot be told now (${held.failure.class})` });
  if (held.value !== null) return ok({ why: `people merge it: ${held.value}` });
  // Between the look and now somebody may have changed where it goes.
  const now = await forge.pull(number);
  if (!now.ok) return now;
  if (now.value === null || !isStill(now.value, pull)) return ok({ why: null });
  // All of that took its time, and so did what came before it in this round.
  if (!(await stillWanted(tools, order))) return ok({ why: null });
  const { method = 'merge' } = desired.project.integrate ?? {};
  tools.report({ event: 'merging', orders: [order.record.id], into, target: (await targetTip(tools, into)) ?? '' });
  const [title = '', ...rest] = (await tools.repository.commitMessage(head)).split('\n');
  const message = { title, body: rest.join('\n').trim() };
  const merged = await forge.mergePull(number, { method, head, message });
  if (!merged.ok) return merged.failure.problem === 'refused' ? ok({ why: refused(merged.failure) }) : merged;
  return ok((await inTarget(tools, order, now.value, merged.value)) ?? { why: null });
}

/** Whether the order still waits for this very result to be merged, as everybody sees it now, and nothing is paused. */
async function stillWanted(tools: Tools, { record: { id, run, shipped } }: ToMerge['order']): Promise<boolean> {
  const shared = await tools.sharing?.sync();
  if (shared?.ok === false) return false;
  const view = await readOps(tools);
  if (!view.ok || view.value.pause !== null) return false;
  return view.value.live.some(
    (order) =>
      isByPull(order) &&
      order.record.id === id &&
      order.record.run.id === run.id &&
      order.record.shipped.commit === shipped.commit,
  );
}

const refused = ({ why }: ForgeUnavailable): string => `the forge does not merge it now: ${why}`;

const isStill = (now: PullRequest, seen: PullRequest): boolean =>
  now.state === 'open' && !now.isDraft && now.base === seen.base && now.head.commit === seen.head.commit;

/** Why the runner may not merge a result; null if it may. Fails where that cannot be told now. */
async function whyNot(tools: Tools, desired: Desired, { record }: ToMerge['order']): Promise<Result<string | null>> {
  const { repository } = tools;
  const { run, shipped } = record;
  const loaded = await desired.formula(run.formula);
  if (loaded?.ok !== true || loaded.value.digest !== run.formulaDigest) return ok('the formula is another one now');
  const brought = await bringResult({ tools }, { record });
  if (!brought.ok) return brought;
  const tip = await targetTip(tools, shipped.into);
  if (tip === null) return ok(`there is no branch ${shipped.into}`);
  const { project, policy } = desired;
  const nodes = graphOf(loaded.value.formula, record.order.checks);
  const judged: Judged = {
    record,
    loaded: loaded.value,
    context: { tools, project, policy, nodes, loaded: loaded.value },
  };
  const odd = await oddResult(judged, desired, tip);
  if (!odd.ok || odd.value !== null) return odd;
  const commit = shipped.commit as CommitId;
  if (shipped.base === tip) return notAllowed(judged, tip, commit, 'pull-request');
  const tree = await repository.mergeTrees(tip, commit);
  if (!tree.ok) return tree.failure.class === 'merge-conflict' ? ok(`it does not fit ${shipped.into} as it is`) : tree;
  const after = await repository.commitTree(
    tree.value,
    [tip, commit],
    `${commit} on ${tip}\n`,
    RUNNER,
    shipped.at as Instant,
  );
  return after.ok ? notAllowed(judged, tip, after.value, 'pull-request') : after;
}

/** Where the target is that holds what the forge has just merged, if git sees that; else the next look does. */
async function inTarget(
  tools: Tools,
  { record: { id, run, shipped } }: ToMerge['order'],
  pull: PullRequest,
  commit: CommitId,
): Promise<Extract<Noted, { readonly tip: CommitId }> | null> {
  const seen = await tools.sharing?.fresh(0);
  const tip = seen?.ok === false ? null : await targetTip(tools, shipped.into);
  const { number, url } = pull;
  const at = tools.clock.now();
  const merged = { ...pull, merged: { by: '', at, commit } };
  if (tip === null || (await mergedAs(tools, shipped, merged, tip)) !== 'result') return null;
  const isSame = await tools.repository.isAncestor(shipped.commit as CommitId, tip);
  const { branch, into } = shipped;
  const told = { order: id, outcome: 'merged', branch, commit: shipped.commit, into, evidence: evidencePath(run) };
  tools.report({ event: 'ended', ...told });
  return { tip, by: { number, url, ...(isSame ? {} : { as: commit }) } };
}
