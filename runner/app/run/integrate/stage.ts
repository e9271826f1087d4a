import { ok, type Result } from '../../../core/failure.js';
import { instant, epochMs, type CommitId, type Instant } from '../../../core/ids.js';
import { plainText, shorten } from '../../../core/template.js';
import { targetTip } from '../../target.js';
import { RUNNER } from '../../tools.js';
import type { RunContext } from '../context.js';
import { commitOf, type Member } from './member.js';

const TITLE_LENGTH = 100;

/** What results are merged onto: the target, with what the branch gained that it is kept in step with. `merge-conflict` where the two do not fit. */
export async function groundOf(
  { tools, project }: RunContext,
  into: string,
  target: CommitId,
): Promise<Result<CommitId>> {
  const { from } = project.integrate ?? {};
  const ahead = from === undefined || from === into ? null : await targetTip(tools, from);
  const { repository } = tools;
  if (ahead === null || from === undefined || (await repository.isAncestor(ahead, target))) return ok(target);
  if (await repository.isAncestor(target, ahead)) return ok(ahead);
  const tree = await repository.mergeTrees(target, ahead);
  if (!tree.ok) return tree;
  const times = await Promise.all([target, ahead].map((commit) => repository.committedAt(commit)));
  const at = times.sort().at(-1) ?? tools.clock.now();
  return repository.commitTree(tree.value, [target, ahead], `Merge ${from} into ${into}\n`, RUNNER, at);
}

/**
 * What the target becomes with a result: the result itself where it stands on the target, else a merge of the two, so that what was approved, and is named
 * in the evidence, is in the target as it is. Depends on nothing but both, so that who does it again comes to the same. `merge-conflict` where they do not fit.
 */
export async function merged({ context, record }: Member, target: CommitId): Promise<Result<CommitId>> {
  const { repository } = context.tools;
  const { id, run, shipped, formula } = record;
  const commit = commitOf({ record });
  if (shipped.base === target) return ok(commit);
  const tree = await repository.mergeTrees(target, commit);
  if (!tree.ok) {
    if (tree.failure.class !== 'merge-conflict') return tree;
    const { paths } = tree.failure;
    const sides = { branch: shipped.branch, into: shipped.into, places: [], count: paths.length };
    return { ok: false, failure: { class: 'merge-conflict', step: 'ship', paths, sides } };
  }
  const [title = ''] = (await repository.commitMessage(commit)).split('\n');
  const message = [
    shorten(`Merge ${shipped.branch}: ${plainText(title)}`, TITLE_LENGTH),
    '',
    `PushPals-Order: ${id}`,
    `PushPals-Run: ${run.id}`,
    `PushPals-Formula: ${plainText(formula)}`,
    '',
  ].join('\n');
  const before = await repository.committedAt(target);
  // A history that went back in time would be searched wrongly by date.
  const at = instant(Math.max(epochMs(before), epochMs(shipped.at as Instant)));
  return repository.commitTree(tree.value, [target, commit], message, RUNNER, at);
}
