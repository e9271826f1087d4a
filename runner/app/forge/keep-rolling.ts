import type { Project } from '../../generated/types.js';
import { ok } from '../../core/failure.js';
import type { PullRequest } from '../../core/forge/pull-request.js';
import { MOST_AHEAD, isOutdated, rollingOf, rollingText, type Ahead, type Rolling } from '../../core/forge/rolling.js';
import type { CommitId } from '../../core/ids.js';
import type { Told } from '../ports/forge.js';
import { sharedRef } from '../ports/remote.js';
import { redacted } from '../redact.js';
import { targetTip } from '../target.js';
import type { Tools } from '../tools.js';

/** Where the integration branch is that is to be a pull request: what comes to it is looked after at once. */
export async function movedRolling(tools: Tools, project: Project): Promise<readonly string[]> {
  const rolling = rollingOf(project);
  const tip = rolling === null ? null : await targetTip(tools, rolling.head);
  return tip === null ? [] : [`rolling ${tip}`];
}

/**
 * Keeps the integration branch open as a pull request while merging it would change something, with a text that says what is in it. It is never merged here; one that people
 * closed is opened anew once the branch has moved.
 */
export async function keepRolling(tools: Tools, project: Project, open: PullRequest | null): Told<null> {
  const { forge } = tools;
  const rolling = rollingOf(project);
  if (forge === null || rolling === null) return ok(null);
  const [tip, into] = [await targetTip(tools, rolling.head), await targetTip(tools, rolling.base)];
  if (tip === null || into === null || !(await brings(tools, tip, into))) return ok(null);
  const text = await textOf(tools, rolling, into);
  if (open !== null) {
    if (!isOutdated(open, text.body)) return ok(null);
    const updated = await forge.updatePull(open.number, { body: text.body });
    return updated.ok ? ok(null) : updated;
  }
  const newest = await forge.pullOf(rolling.head);
  if (!newest.ok) return newest;
  if (newest.value?.state === 'closed' && newest.value.head.commit === tip) return ok(null);
  const { labels = [], reviewers = [] } = project.integrate ?? {};
  const opened = await forge.openPull({ ...rolling, ...text, labels, reviewers, draft: false });
  if (!opened.ok) return opened;
  const { pull, unmet } = opened.value;
  tools.report({ event: 'warning', text: `${rolling.head} is to be merged into ${rolling.base} at ${pull.url}` });
  for (const what of unmet) tools.report({ event: 'warning', text: `${pull.url}: ${what}` });
  return ok(null);
}

/** Whether merging a branch would change the other; what does not fit it would. */
async function brings({ repository }: Tools, tip: CommitId, into: CommitId): Promise<boolean> {
  if (await repository.isAncestor(tip, into)) return false;
  const merged = await repository.mergeTrees(into, tip);
  return !merged.ok || merged.value !== (await repository.tree(into));
}

async function textOf(
  { repository, sharing, scanner }: Tools,
  rolling: Rolling,
  without: CommitId,
): Promise<{ readonly title: string; readonly body: string }> {
  const own = `refs/heads/${rolling.head}`;
  const shared = sharing === null ? null : await repository.resolve(sharedRef(own));
  const ref = shared === null ? own : sharedRef(own);
  const commits: readonly Ahead[] = await repository.history(ref, { limit: MOST_AHEAD, without });
  const { title, body } = rollingText(rolling, commits);
  return { title, body: await redacted(scanner, 'pull-request.md', body) };
}
