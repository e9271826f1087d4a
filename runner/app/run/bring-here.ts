import type { RunRecord } from '../../generated/types.js';
import { ok, type Result } from '../../core/failure.js';
import { commitsOf } from '../../core/record.js';
import type { Tools } from '../tools.js';

/**
 * Gets what a run came to so far, where another machine had it, or another clone of this one's name that is gone. Null where it is here now; else why it cannot be
 * gone on with: it is nowhere to be found. Fails with `remote-unavailable`.
 */
export async function bringHere(
  { repository, sharing, processes }: Pick<Tools, 'repository' | 'sharing' | 'processes'>,
  run: RunRecord,
  order: string,
): Promise<Result<string | null>> {
  if (sharing === null) return ok(null);
  const missing = async (): Promise<string | undefined> => {
    const commits = commitsOf(run);
    const trees = await Promise.all(commits.map((commit) => repository.tree(commit)));
    return commits.find((_, index) => trees[index] === null);
  };
  // A run that was elsewhere may have shipped there as well, which no step says yet.
  const isOwn = run.claimant.host === processes.self().host;
  if (isOwn && (await missing()) === undefined) return ok(null);
  const fetched = await sharing.fetchRun(run.id, order);
  if (!fetched.ok) return fetched;
  const gone = await missing();
  return ok(
    gone === undefined ? null : `its commit ${gone.slice(0, 12)} is neither here nor at the remote among its snapshots`,
  );
}
