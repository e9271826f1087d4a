import type { RunRecord, StepStatus } from '../../generated/types.js';
import { ok, type Result } from '../../core/failure.js';
import { nodeOf, type Node } from '../../core/graph.js';
import type { CommitId, Instant, StepKey } from '../../core/ids.js';
import { baseOf, stepRef } from '../../core/record.js';
import { RUNNER, type Tools } from '../tools.js';

/**
 * A run whose base has moved on, rebuilt on it: what each step came to is merged into the new base, and what looked at the result (checks) is to be
 * done again. The run as it is where the base is the same, or is itself a merge. `merge-conflict` where it does not fit any more.
 */
export async function rebase(
  { repository }: Pick<Tools, 'repository'>,
  nodes: readonly Node[],
  run: RunRecord,
  base: CommitId,
): Promise<Result<RunRecord>> {
  if (run.merge !== undefined || base === baseOf(run)) return ok(run);
  const steps: Record<string, StepStatus> = {};
  const moved = new Map<string, CommitId>([[run.base, base]]);
  for (const [key, status] of Object.entries(run.steps)) {
    const { kind } = nodeOf(nodes, key as StepKey);
    const looks = kind === 'check' || kind === 'diagnose';
    if (status.state !== 'succeeded' || looks) {
      steps[key] = looks && status.state === 'succeeded' ? { state: 'pending' } : status;
      continue;
    }
    const { snapshot } = status;
    let commit = moved.get(snapshot);
    if (commit === undefined) {
      const tree = await repository.mergeTrees(base, snapshot as CommitId);
      if (!tree.ok) return tree;
      const message = `${snapshot} on ${base}\n`;
      const made = await repository.commitTree(tree.value, [base], message, RUNNER, run.claimedAt as Instant);
      if (!made.ok) return made;
      commit = made.value;
      moved.set(snapshot, commit);
      const ref = stepRef(run, key);
      const kept = await repository.moveRef(ref, await repository.resolve(ref), commit);
      if (!kept.ok) return kept;
    }
    steps[key] = { ...status, snapshot: commit };
  }
  return ok({ ...run, base, steps });
}
