import type { CommitId } from '../core/ids.js';
import type { Repository } from './ports/repository.js';
import { RUNNER } from './tools.js';

/** Whether a commit is what a run of that order came to, as the runner made it: whoever amends one has made it theirs, its trailers notwithstanding. */
export const isResultOf = (repository: Repository, order: string, commit: CommitId): Promise<boolean> =>
  isOurs(repository, commit, `PushPals-Order: ${order}`);

/** Whether a commit is what exactly that run came to. */
export const isResultOfRun = (repository: Repository, run: string, commit: CommitId): Promise<boolean> =>
  isOurs(repository, commit, `PushPals-Run: ${run}`);

async function isOurs(repository: Repository, commit: CommitId, trailer: string): Promise<boolean> {
  if ((await repository.committer(commit)) !== RUNNER.email) return false;
  return (await repository.commitMessage(commit)).split('\n').includes(trailer);
}
