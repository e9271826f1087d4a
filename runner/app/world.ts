import { fail, ok, type Result } from '../core/failure.js';
import type { CommitId } from '../core/ids.js';
import { commitSource, readDesired, type Desired } from './desired.js';
import { withBuild } from './image-build.js';
import { sharedRef } from './ports/remote.js';
import type { Tools } from './tools.js';

/** Desired state at the commit that work is based on. */
export interface World {
  readonly base: CommitId;
  readonly desired: Desired;
}

/**
 * The commit that work is based on: the tip of the project's branch, as the remote has it where several runners share one. What was only committed here
 * would be decided on differently by each of them.
 */
export async function projectTip(
  { repository, sharing }: Pick<Tools, 'repository' | 'sharing'>,
  branch: string,
): Promise<CommitId | null> {
  const ref = `refs/heads/${branch}`;
  const shared = sharing === null ? null : await repository.resolve(sharedRef(ref));
  return shared ?? repository.resolve(ref);
}

/**
 * Where another branch is that runners look at together: as the remote has it where they share one, and then null where it has none, whatever branch of that name is here.
 * What each of them has of its own would be decided on differently by each.
 */
export function branchTip(
  { repository, sharing }: Pick<Tools, 'repository' | 'sharing'>,
  branch: string,
): Promise<CommitId | null> {
  const ref = `refs/heads/${branch}`;
  return repository.resolve(sharing === null ? ref : sharedRef(ref));
}

/** Reads the desired state from the committed tip of the project's branch. */
export async function readWorld(tools: Tools, branch: string): Promise<Result<World>> {
  const base = await projectTip(tools, branch);
  if (base === null)
    return fail({
      class: 'state-conflict',
      what: `there is no branch ${branch}`,
      hint: 'Make a first commit, or name another `branch` in pushpals.yml.',
    });
  const desired = await readDesired(commitSource(tools.repository, base), tools);
  if (!desired.ok) return desired;
  const built = await withBuild(tools, base, desired.value);
  return built.ok ? ok({ base, desired: built.value }) : built;
}
