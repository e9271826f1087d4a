import { fail, ok, type Failure, type Result } from '../../../core/failure.js';
import type { CommitId } from '../../../core/ids.js';
import { isLanding } from '../../../core/delivery.js';
import { shipRef, type StoredOrder } from '../../../core/record.js';
import type { Desired } from '../../desired.js';
import { readOps, readOpsAt } from '../../observe.js';
import { heldBy, moveTarget, targetTip } from '../../target.js';
import type { Tools } from '../../tools.js';
import { notAllowed, oddResult } from './allowed.js';
import { bringResult, commitOf, type Member } from './member.js';
import { groundOf, merged, type Merged } from './stage.js';
import type { Tried, TryOuts } from './try-out.js';

/** A result with what the target becomes with it and all before it. */
interface Staged {
  readonly member: Member;
  readonly commit: CommitId;
}

/** What came of trying to merge the result of the order that leads. */
export type Landed =
  | { readonly is: 'landed'; readonly tip: CommitId; readonly members: readonly Member[] }
  /** By its own fault. */
  | { readonly is: 'failed'; readonly failure: Failure }
  /** Not now. `tried`: where the target was that is itself to blame. */
  | { readonly is: 'later'; readonly reason: string; readonly failure?: Failure; readonly tried?: CommitId }
  | { readonly is: 'anew'; readonly why: string };

/** How often the target may move while its next state is checked before the order gives way. */
const MOST_MOVES = 5;

/**
 * Merges the result of the order that leads, and those of others with it as far as they go: what comes of that passes the checks of all of them, and the target
 * moves to exactly that commit, or does not move. A failure says only that nobody knows: the claim was lost, or what is around the work is broken.
 */
export async function land(
  all: readonly [Member, ...Member[]],
  desired: Desired,
  tryOuts: TryOuts,
): Promise<Result<Landed>> {
  const [leader] = all;
  let members: readonly Member[] = all;
  const { tools, journal } = leader.context;
  const { into } = leader.record.shipped;
  for (let moves = 0; moves < MOST_MOVES; moves += 1) {
    const tip = await targetTip(tools, into);
    if (tip === null) return ok({ is: 'later', reason: `there is no branch ${into}` });
    // Whoever had it before, or a person, may have come to this.
    if (await tools.repository.isAncestor(commitOf(leader), tip)) return ok({ is: 'landed', tip, members: [leader] });
    const held = await heldBy(tools, into);
    // One that was taken over is looked at by whoever moves it: a runner may have died halfway.
    if (held !== null && !leader.context.resumed) return ok({ is: 'later', reason: held });
    const ground = await groundOf(leader.context, into, tip);
    if (ground.ok) tryOuts.resolved.push(...ground.value.resolved);
    if (!ground.ok) {
      const { failure } = ground;
      return ok({ is: 'later', reason: `${into} cannot be kept in step (${failure.class})`, failure });
    }
    const staged = await stage(members, desired, ground.value.commit, tryOuts);
    if ('is' in staged) return ok(staged);
    tools.report({ event: 'merging', orders: staged.map(({ member }) => member.record.id), into, target: tip });
    const passing = await longestPassing(staged, tryOuts);
    if (!passing.ok) return passing;
    if ('failing' in passing.value) return toBlame(leader, passing.value.failing, ground.value.commit, tryOuts);
    const good = passing.value.staged;
    const last = good.at(-1)?.commit ?? tip;
    const merging = good.map(({ member }) => member);
    const moved = await moveTarget(tools, into, tip, last, {
      results: new Map(merging.map((member) => [shipRef(member.record.id), commitOf(member)])),
      allowed: async (opsTip) => (await journal.held(opsTip)) && stillWait(tools, merging.slice(1), opsTip),
    });
    if (!(await journal.held())) return fail({ class: 'claim-lost', order: leader.record.id });
    if (!moved.ok)
      return ok({ is: 'later', reason: `${into} could not be moved (${moved.failure.class})`, failure: moved.failure });
    if (moved.value) return ok({ is: 'landed', tip: last, members: merging });
    // Others may have been cancelled, or begun anew, meanwhile.
    const waiting = await waitingOf(tools, members.slice(1));
    if (!waiting.ok) return waiting;
    members = [leader, ...waiting.value];
  }
  const what = `${into} moved ${String(MOST_MOVES)} times while its next state was checked`;
  const hint = `It is tried again by itself. See who moves ${into} so often.`;
  return ok({ is: 'later', reason: what, failure: { class: 'state-conflict', what, hint } });
}

/** Those of these orders that wait as they did, as the ops branch is now. */
async function waitingOf(tools: Tools, members: readonly Member[]): Promise<Result<readonly Member[]>> {
  const view = await readOps(tools);
  return view.ok ? ok(members.filter(({ record }) => waitsIn(view.value.live, record))) : view;
}

async function stillWait(tools: Tools, members: readonly Member[], opsTip: CommitId): Promise<boolean> {
  const { live } = await readOpsAt(opsTip, tools);
  return members.every(({ record }) => waitsIn(live, record));
}

const waitsIn = (live: readonly StoredOrder[], { id, run, shipped }: Member['record']): boolean =>
  live.some(
    (order) =>
      isLanding(order) &&
      order.record.id === id &&
      order.record.run.id === run.id &&
      order.record.shipped.commit === shipped.commit,
  );

/** The chain of what the target becomes, result after result. One that does not fit is left out, but for the first: then that is the answer. */
async function stage(
  members: readonly Member[],
  desired: Desired,
  tip: CommitId,
  tryOuts: TryOuts,
): Promise<readonly Staged[] | Exclude<Landed, { is: 'landed' }>> {
  const staged: Staged[] = [];
  for (const member of members) {
    const before: CommitId = staged.at(-1)?.commit ?? tip;
    const fits = await fitsOn(member, desired, before);
    if ('commit' in fits) {
      staged.push({ member, commit: fits.commit });
      tryOuts.resolved.push(...fits.resolved);
    } else if (staged.length === 0) return fits;
  }
  return staged;
}

async function fitsOn(
  member: Member,
  desired: Desired,
  before: CommitId,
): Promise<Merged | Exclude<Landed, { is: 'landed' }>> {
  const brought = await bringResult(member.context, member);
  if (!brought.ok) return notNow(brought.failure);
  // What goes in before it may be what changes how the project is worked on.
  const odd = await oddResult(member, desired, before);
  if (!odd.ok) return notNow(odd.failure);
  if (odd.value !== null) return { is: 'anew', why: odd.value };
  const becomes = await merged(member, before);
  if (!becomes.ok) return notNow(becomes.failure);
  const held = await notAllowed(member, before, becomes.value.commit);
  if (!held.ok) return notNow(held.failure);
  return held.value === null ? becomes.value : { is: 'anew', why: held.value };
}

const notNow = (failure: Failure): Exclude<Landed, { is: 'landed' }> =>
  failure.class === 'merge-conflict'
    ? { is: 'failed', failure }
    : { is: 'later', reason: `it could not be merged (${failure.class})`, failure };

/**
 * The longest part of the chain whose end passes its checks, found by halving, with the first that fails right after it; or what the first of the chain fails
 * at. That the target itself passes is not taken for granted.
 */
async function longestPassing(
  staged: readonly Staged[],
  tryOuts: TryOuts,
): Promise<Result<{ readonly staged: readonly Staged[] } | { readonly failing: Tried }>> {
  let [good, bad] = [0, staged.length + 1];
  let failing: Tried | null = null;
  for (let next = staged.length; bad - good > 1; next = Math.floor((good + bad) / 2)) {
    const part = staged.slice(0, next);
    const end = part.at(-1);
    if (end === undefined) break;
    const tried = await tryOuts.failing(
      part.map(({ member }) => member),
      end.commit,
    );
    if (!tried.ok) return tried;
    if (tried.value === null) good = next;
    else [bad, failing] = [next, tried.value];
  }
  if (good > 0) return ok({ staged: staged.slice(0, good) });
  if (failing === null) throw new Error('a chain of nothing');
  return ok({ failing });
}

/** Who a check fails for that fails on the merge of the first result: the result, or the target, on which it fails as well. */
async function toBlame(leader: Member, failing: Tried, target: CommitId, tryOuts: TryOuts): Promise<Result<Landed>> {
  const { into } = leader.record.shipped;
  const { step, exitCode, tail, commit } = failing;
  const node = leader.checks.find(({ key }) => key === step);
  if (node === undefined) throw new Error(`${step} is no check of ${leader.record.id}`);
  const expect = node.step.expect ?? 'success';
  // A branch that it was to mend is no excuse for it.
  const isExcuse = expect === 'success' && leader.loaded.formula.base?.mends !== true;
  const before = isExcuse ? await tryOuts.once(leader, node, target) : null;
  if (before?.ok === false) return before;
  if (before?.value.passed === false) {
    const failure: Failure = { class: 'baseline-broken', step, base: target, exitCode, tail };
    const reason = `the check ${step} fails on ${into} itself: it is merged once ${into} has moved`;
    // One that is kept in step may be mended where it comes from, and need not move for that.
    const isOwn = leader.context.project.integrate?.from === undefined;
    return ok({ is: 'later', reason, failure, ...(isOwn ? { tried: target } : {}) });
  }
  const tree = (await leader.context.tools.repository.tree(commit)) ?? '';
  return ok({
    is: 'failed',
    failure: { class: 'check-failed', step, expect, exitCode, tail, merged: { into, target, commit, tree } },
  });
}
