import type { RunRecord } from '../../generated/types.js';
import { ok, type Result } from '../../core/failure.js';
import type { CommitId, Instant, TreeId } from '../../core/ids.js';
import { isNeeded, type Merge } from '../../core/merge.js';
import { baseOf } from '../../core/record.js';
import { plainText } from '../../core/template.js';
import { RUNNER, type Tools } from '../tools.js';

/** The automatic merge that a run starts from, with conflict markers in its files. */
export const mergeCommit = (
  { repository }: Pick<Tools, 'repository'>,
  { branch, head, incoming }: Merge,
  tree: TreeId,
  at: Instant,
): Promise<Result<CommitId>> => {
  const message = `Merge ${incoming} into ${plainText(branch)}, as far as it goes by itself\n`;
  return repository.commitTree(tree, [head, incoming] as CommitId[], message, RUNNER, at);
};

/** Makes the automatic merge again that a run on another machine started from: nobody shares it once the run is over. */
export async function remakeMerge({ repository }: Pick<Tools, 'repository'>, run: RunRecord): Promise<Result<null>> {
  const { merge } = run;
  if (merge === undefined || !isNeeded(run) || (await repository.tree(baseOf(run))) !== null) return ok(null);
  const merged = await repository.autoMerge(merge.head as CommitId, merge.incoming as CommitId);
  if (!merged.ok) return merged;
  const made = await mergeCommit({ repository }, merge, merged.value.tree, run.claimedAt as Instant);
  return made.ok ? ok(null) : made;
}
