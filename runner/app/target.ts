import type { OrderRecord, Project } from '../generated/types.js';
import { targetOf } from '../core/delivery.js';
import { ok, type Result } from '../core/failure.js';
import type { CommitId } from '../core/ids.js';
import type { SeenOnForge } from '../core/forge/seen.js';
import type { MergedAs, TargetView } from '../core/observed.js';
import type { StoredOrder } from '../core/record.js';
import { mergedAs } from './forge/results.js';
import type { Landing } from './ports/remote.js';
import type { Tools } from './tools.js';
import { branchTip } from './world.js';

type Git = Pick<Tools, 'repository' | 'sharing' | 'checkouts' | 'ops'>;

const branchRef = (branch: string): string => `refs/heads/${branch}`;

/** Where a branch is that results are merged into: as the remote has it where runners share one. Null where there is none. */
export const targetTip = (tools: Git, into: string): Promise<CommitId | null> => branchTip(tools, into);

/** Why a target cannot be moved from here, in words; null if it can. At a remote nobody has it checked out. */
export async function heldBy({ sharing, checkouts }: Git, into: string): Promise<string | null> {
  const held = sharing === null ? await checkouts.holding(branchRef(into)) : null;
  if (held === null || held.may === 'go') return null;
  const why = held.may === 'dirty' ? 'where something is not committed' : "and is not moved under anybody's feet";
  return `${into} is checked out in ${held.dir}, ${why}`;
}

/** On what terms a target is moved. */
export type Terms = Pick<Landing, 'results' | 'allowed'>;

/**
 * Moves a target by compare-and-swap to a commit that goes on from where it was: at the remote where runners share one, together with the ops branch, and then as seen
 * here. False: it was somewhere else by then, or the ops branch does not allow it any more. `state-conflict`: somebody has it checked out whose work tree
 * cannot go along; `remote-unavailable` also where the remote does not let us.
 */
export async function moveTarget(
  tools: Git,
  into: string,
  from: CommitId,
  to: CommitId,
  { results, allowed }: Terms,
): Promise<Result<boolean>> {
  if (!(await tools.repository.isAncestor(from, to))) throw new Error(`${into} would not be fast-forwarded to ${to}`);
  if (tools.sharing !== null) return tools.sharing.land({ ref: branchRef(into), from, to, results, allowed });
  const ops = await tools.ops.tip();
  if (ops === null || !(await allowed(ops))) return ok(false);
  return tools.checkouts.move(branchRef(into), from, to);
}

const NO_TERMS: Terms = { results: new Map(), allowed: () => Promise.resolve(true) };

/**
 * Brings a target along with the branch that it is kept in step with, where it only has to be fast-forwarded: what it comes to then is what people have there
 * already. Where the two parted, the next result brings them together. False: nothing was moved.
 */
export async function keepInStep(tools: Git, project: Project): Promise<Result<boolean>> {
  const { integrate: { from } = {} } = project;
  const into = targetOf(project);
  if (from === undefined || from === into) return ok(false);
  const [tip, ahead] = [await targetTip(tools, into), await targetTip(tools, from)];
  if (tip === null || ahead === null || tip === ahead || !(await tools.repository.isAncestor(tip, ahead)))
    return ok(false);
  const moved = await moveTarget(tools, into, tip, ahead, NO_TERMS);
  // A work tree that is in the way is told of where a result waits for it.
  return !moved.ok && moved.failure.class === 'state-conflict' ? ok(false) : moved;
}

/** The targets of results that are on their way, as they are now. */
export async function observeTargets(
  tools: Git,
  live: readonly StoredOrder[],
  seen: SeenOnForge | null,
): Promise<ReadonlyMap<string, TargetView>> {
  const targets = new Map<string, TargetView>();
  const shipped = live.flatMap(({ record: { id, shipped: result } }) => (result === undefined ? [] : [{ id, result }]));
  for (const into of new Set(shipped.map(({ result }) => result.into))) {
    const tip = await targetTip(tools, into);
    const ours = shipped.filter(({ result }) => result.into === into);
    const holds = tip === null ? new Set<string>() : await heldIn(tools, ours, tip);
    const merged = await mergedIn(tools, ours, seen, tip);
    targets.set(into, { tip, held: await heldBy(tools, into), holds, merged });
  }
  return targets;
}

async function mergedIn(
  tools: Git,
  orders: readonly { readonly id: string; readonly result: NonNullable<OrderRecord['shipped']> }[],
  seen: SeenOnForge | null,
  tip: CommitId | null,
): Promise<TargetView['merged']> {
  const merged = new Map<string, MergedAs>();
  for (const { id, result } of orders) {
    const pull = seen?.results.get(id);
    if (pull?.state === 'merged') merged.set(id, await mergedAs(tools, result, pull, tip));
  }
  return merged;
}

async function heldIn(
  { repository }: Git,
  orders: readonly { readonly id: string; readonly result: { readonly commit: string } }[],
  tip: CommitId,
): Promise<ReadonlySet<string>> {
  const held = await Promise.all(
    orders.map(async ({ id, result }) => ((await repository.isAncestor(result.commit as CommitId, tip)) ? [id] : [])),
  );
  return new Set(held.flat());
}
