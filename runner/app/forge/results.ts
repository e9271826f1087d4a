import { ok } from '../../core/failure.js';
import type { PullRequest } from '../../core/forge/pull-request.js';
import { isByPull } from '../../core/forge/results.js';
import type { SeenOnForge } from '../../core/forge/seen.js';
import type { CommitId } from '../../core/ids.js';
import type { MergedAs } from '../../core/observed.js';
import { PROPOSALS, type StoredOrder } from '../../core/record.js';
import type { LandingOrder } from '../../core/delivery.js';
import type { Forge, Told } from '../ports/forge.js';
import type { Tools } from '../tools.js';

/** The results whose pull requests are not known yet. */
export const unopenedResults = (live: readonly StoredOrder[]): readonly string[] =>
  live.flatMap((order) =>
    isByPull(order) && order.record.shipped.pull === undefined
      ? [`${order.record.id} ${order.record.shipped.commit}`]
      : [],
  );

const FOLDER = PROPOSALS.slice('refs/heads/'.length);

/**
 * The pull requests of results as the forge has them, of its open ones `pulls`. One that is written down counts while it is open, and else another that is open from the
 * same branch of the repository itself into the same target: whoever opened it, it is the result's.
 */
export async function seeResults(
  forge: Forge,
  pulls: readonly PullRequest[],
  live: readonly StoredOrder[],
): Told<Pick<SeenOnForge, 'results' | 'left'>> {
  const own = pulls.filter(({ head }) => head.isOwn && head.branch.startsWith(FOLDER));
  const results = new Map<string, PullRequest>();
  const landing = live.filter(isByPull);
  for (const { record } of landing) {
    const { branch, into, pull } = record.shipped;
    const from = own.filter(({ head }) => head.branch === branch);
    const open = from.find(({ number }) => number === pull?.number) ?? from.find(({ base }) => base === into);
    if (open !== undefined) results.set(record.id, open);
    if (open !== undefined || pull === undefined) continue;
    const known = await forge.pull(pull.number);
    if (!known.ok) return known;
    if (known.value?.head.branch === branch && known.value.head.isOwn) results.set(record.id, known.value);
  }
  const awaited = new Set(landing.map(({ record }) => record.shipped.branch));
  return ok({ results, left: own.filter(({ head }) => !awaited.has(head.branch)) });
}

/**
 * What git says of the commit that a forge names as what a pull request was merged as. It brought the result if what it made of the target is what merging the result makes of it, or
 * if nothing of the result is missing in it. Where others had added to the branch, it is their last commit that this is said of, and that has to go on from the result.
 */
export async function mergedAs(
  { repository }: Pick<Tools, 'repository'>,
  shipped: LandingOrder['record']['shipped'],
  { merged, head }: PullRequest,
  tip: CommitId | null,
): Promise<MergedAs> {
  if (merged === null || tip === null || !(await repository.isAncestor(merged.commit, tip))) return 'absent';
  const { commit: as } = merged;
  const [result, base] = [shipped.commit as CommitId, shipped.base as CommitId];
  // What was there before cannot have brought it.
  if (await repository.isAncestor(as, base)) return 'unlike';
  if (await repository.isAncestor(result, as)) return 'result';
  if ((await repository.tree(result)) === null) return 'unknown';
  const [before] = await repository.parents(as);
  if (before === undefined) return 'unlike';
  const tree = await repository.tree(as);
  for (const onto of [before, as]) {
    const whole = await repository.mergeTrees(onto, result);
    if (whole.ok && whole.value === tree) return head.commit === shipped.commit ? 'result' : 'others';
  }
  if (head.commit === shipped.commit) return 'unlike';
  if ((await repository.tree(head.commit)) === null) return 'unknown';
  if (!(await repository.isAncestor(result, head.commit))) return 'unlike';
  for (const onto of [before, as]) {
    const whole = await repository.mergeTrees(onto, head.commit);
    if (whole.ok && whole.value === tree) return 'others';
  }
  return 'unlike';
}
