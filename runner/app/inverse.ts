import { fail, ok, type Result } from '../core/failure.js';
import type { CommitId, Instant, TreeId } from '../core/ids.js';
import { conflictsLeft } from '../core/merge.js';
import { isShippedBy, shippedCommit, type Rollback, type TakenBack } from '../core/revert.js';
import { filesAt } from './run/conflicts.js';
import { findOrder } from './orders.js';
import { RUNNER, type Tools } from './tools.js';

/** Whatever the objects of a trial merge say of time, so that they are the same ones each time. */
const NO_TIME = '2000-01-01T00:00:00.000Z' as Instant;

const MOST_PATHS = 100;

type Reading = Pick<Tools, 'ops' | 'repository' | 'formats'>;

/** The result of an order, as one that can be taken back; `state-conflict` says why there is none. */
export async function resultOf(tools: Reading, id: string): Promise<Result<TakenBack>> {
  const found = await findOrder(tools, id);
  if (!found.ok) return found;
  const shipped = shippedCommit(found.value);
  if (!shipped.ok) return shipped;
  const commit = shipped.value;
  if (!/^[0-9a-f]{40,64}$/.test(commit) || (await tools.repository.tree(commit)) === null)
    return fail({
      class: 'state-conflict',
      what: `the commit ${commit.slice(0, 12)} that order ${id} shipped is not in this repository`,
      hint: `Fetch the branch that it was merged into, or \`pushpals/${id}\`${found.value.record.ended?.pull === undefined ? '' : `, or the commits of ${found.value.record.ended.pull.url}`}.`,
    });
  const message = await tools.repository.commitMessage(commit);
  if (!isShippedBy(message, id))
    return fail({
      class: 'state-conflict',
      what: `the commit ${commit.slice(0, 12)} does not say that order ${id} shipped it`,
      hint: 'Its record on the ops branch is not what a runner wrote: see `pushpals audit`.',
    });
  if ((await tools.repository.parents(commit)).length !== 1)
    return fail({
      class: 'state-conflict',
      what: `what order ${id} shipped is a merge, and which of its sides to go back to is not said`,
      hint: `Take it back by hand: \`git revert -m 1 ${commit.slice(0, 12)}\` goes back to the branch that was brought up to date.`,
    });
  return ok({ order: id, commit, title: message.split('\n', 1)[0] ?? '' });
}

/**
 * The tree of a commit without what a result changed: git's merge of it with the result's parent, as from the result on. Fails with
 * `merge-conflict`, naming the places, where later work changed the same lines.
 */
export async function inverseOn(
  { repository }: Pick<Tools, 'repository'>,
  { order, commit }: Pick<TakenBack, 'order' | 'commit'>,
  onto: CommitId,
  branch: string,
): Promise<Result<TreeId>> {
  const [before] = await repository.parents(commit);
  if (before === undefined) throw new Error(`commit ${commit} has no parent`);
  const [now, there, earlier] = await Promise.all([commit, onto, before].map((each) => repository.tree(each)));
  if (now == null || there == null || earlier == null) throw new Error(`a tree of ${commit} or ${onto} is missing`);
  if (now === there) return ok(earlier);
  // Git's plumbing takes the base of a merge from the commits' history, so it gets one that says so.
  const make = (tree: TreeId, parents: readonly CommitId[]): Promise<Result<CommitId>> =>
    repository.commitTree(tree, parents, `taking back ${commit}\n`, RUNNER, NO_TIME);
  const root = await make(now, []);
  if (!root.ok) return root;
  const [ours, theirs] = [await make(there, [root.value]), await make(earlier, [root.value])];
  if (!ours.ok) return ours;
  if (!theirs.ok) return theirs;
  const merged = await repository.autoMerge(ours.value, theirs.value);
  if (!merged.ok) return merged;
  const { tree, conflicts } = merged.value;
  if (conflicts.length === 0) return ok(tree);
  const marked = await make(tree, [root.value]);
  if (!marked.ok) return marked;
  const paths = conflicts.map(({ path }) => path);
  const files = await filesAt(repository, marked.value, paths);
  const left = conflictsLeft({ conflicts: conflicts.map(({ path, kind }) => ({ path, kind })) }, files, files);
  const sides = { branch, into: `what was before ${order}`, ...left, reverts: { order, commit } };
  return fail({ class: 'merge-conflict', step: '', paths, sides });
}

/**
 * Takes back a result that is about to ship, on the branch as it would be with it, so that how it is rolled back is known and not hoped for. Where the
 * branch stands at the result's parent that costs nothing.
 */
export async function tryRollback(
  tools: Pick<Tools, 'repository'>,
  result: Pick<TakenBack, 'order' | 'commit'>,
  on: CommitId,
  branch: string,
): Promise<Result<Rollback>> {
  const { repository } = tools;
  const merged = await mergedWith(repository, result.commit, on);
  if (!merged.ok) return conflictOr(merged, on);
  const inverse = await inverseOn(tools, result, merged.value, branch);
  if (!inverse.ok) return conflictOr(inverse, on);
  const differs = await repository.differences(on, inverse.value);
  if (!differs.ok) return differs;
  const paths = [...differs.value.keys()];
  return ok({ outcome: paths.length === 0 ? 'restores' : 'differs', on, paths: paths.slice(0, MOST_PATHS) });
}

async function mergedWith(repository: Tools['repository'], commit: CommitId, tip: CommitId): Promise<Result<CommitId>> {
  if ((await repository.parents(commit))[0] === tip) return ok(commit);
  const tree = await repository.mergeTrees(tip, commit);
  return tree.ok ? repository.commitTree(tree.value, [tip, commit], `${commit} on ${tip}\n`, RUNNER, NO_TIME) : tree;
}

const conflictOr = (failed: Extract<Result<never>, { ok: false }>, on: CommitId): Result<Rollback> =>
  failed.failure.class === 'merge-conflict'
    ? ok({ outcome: 'conflicts', on, paths: failed.failure.paths.slice(0, MOST_PATHS) })
    : failed;
