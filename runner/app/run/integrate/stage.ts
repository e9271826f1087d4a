import { isOnto } from '../../../core/delivery.js';
import { ok, type Result } from '../../../core/failure.js';
import { instant, epochMs, type CommitId, type Instant } from '../../../core/ids.js';
import { plainText, shorten } from '../../../core/template.js';
import type { ResolvedIn } from '../../../core/merge-evidence.js';
import { targetTip } from '../../target.js';
import { RUNNER } from '../../tools.js';
import type { RunContext } from '../context.js';
import { mergeResolved } from '../resolve.js';
import { commitOf, type Member } from './member.js';

const TITLE_LENGTH = 100;
/** A merge's message names no more files that were resolved; its evidence names all. */
const MOST_NAMED = 20;

/** What the target becomes, with the conflicts on the way that the same rules resolve as on a base that moved. */
export interface Merged {
  readonly commit: CommitId;
  readonly resolved: readonly ResolvedIn[];
}

/** What results are merged onto: the target, with what the branch gained that it is kept in step with. `merge-conflict` where the two do not fit. */
export async function groundOf(
  { tools, project }: Pick<RunContext, 'tools' | 'project'>,
  into: string,
  target: CommitId,
): Promise<Result<Merged>> {
  const whole = (commit: CommitId): Result<Merged> => ok({ commit, resolved: [] });
  const { from } = project.integrate ?? {};
  const ahead = from === undefined || from === into || isOnto({ into }) ? null : await targetTip(tools, from);
  const { repository } = tools;
  if (ahead === null || from === undefined || (await repository.isAncestor(ahead, target))) return whole(target);
  if (await repository.isAncestor(target, ahead)) return whole(ahead);
  const merge = await mergeResolved(repository, target, ahead);
  if (!merge.ok) return merge;
  const resolved = merge.value.resolved.map((each) => ({ ...each, of: from, onto: target }));
  const times = await Promise.all([target, ahead].map((commit) => repository.committedAt(commit)));
  const at = times.sort().at(-1) ?? tools.clock.now();
  const message = [`Merge ${from} into ${into}`, '', ...namesOf(resolved)].join('\n');
  const commit = await repository.commitTree(merge.value.tree, [target, ahead], message, RUNNER, at);
  return commit.ok ? ok({ commit: commit.value, resolved }) : commit;
}

/**
 * What the target becomes with a result: the result itself where it stands on the target, else a merge of the two, so that what was approved, and is named
 * in the evidence, is in the target as it is. Depends on nothing but both, the target's rules and what people have recorded, so that who does it again comes to the same.
 * `merge-conflict` where they do not fit.
 */
export async function merged({ context, record }: Member, target: CommitId): Promise<Result<Merged>> {
  const { repository } = context.tools;
  const { id, run, shipped, formula } = record;
  const commit = commitOf({ record });
  if (shipped.base === target) return ok({ commit, resolved: [] });
  const merge = await mergeResolved(repository, target, commit);
  if (!merge.ok) {
    if (merge.failure.class !== 'merge-conflict') return merge;
    const { paths } = merge.failure;
    const sides = { branch: shipped.branch, into: shipped.into, places: [], count: paths.length };
    return { ok: false, failure: { class: 'merge-conflict', step: 'ship', paths, sides } };
  }
  const resolved = merge.value.resolved.map((each) => ({ ...each, of: shipped.branch, onto: target }));
  const [title = ''] = (await repository.commitMessage(commit)).split('\n');
  const message = [
    shorten(`Merge ${shipped.branch}: ${plainText(title)}`, TITLE_LENGTH),
    '',
    ...namesOf(resolved),
    `PushPals-Order: ${id}`,
    `PushPals-Run: ${run.id}`,
    `PushPals-Formula: ${plainText(formula)}`,
    '',
  ].join('\n');
  const before = await repository.committedAt(target);
  // A history that went back in time would be searched wrongly by date.
  const at = instant(Math.max(epochMs(before), epochMs(shipped.at as Instant)));
  const made = await repository.commitTree(merge.value.tree, [target, commit], message, RUNNER, at);
  return made.ok ? ok({ commit: made.value, resolved }) : made;
}

/** The files that were resolved, for whoever reads the history. */
function namesOf(resolved: readonly ResolvedIn[]): readonly string[] {
  if (resolved.length === 0) return [];
  const named = resolved
    .slice(0, MOST_NAMED)
    .map(({ path, by }) => `- ${shorten(plainText(path), TITLE_LENGTH)} (${RESOLVED_BY[by]})`);
  const more = resolved.length > MOST_NAMED ? [`- and ${String(resolved.length - MOST_NAMED)} more`] : [];
  return ['Conflicts resolved:', ...named, ...more, ''];
}

const RESOLVED_BY = { recorded: 'as people did before', union: 'both sides, by merge=union' } as const;
