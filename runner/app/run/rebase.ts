import type { Round, RunRecord, StepStatus } from '../../generated/types.js';
import { ok, type Result } from '../../core/failure.js';
import { nodeOf, toCome, type Node } from '../../core/graph.js';
import type { CommitId, Instant, StepKey } from '../../core/ids.js';
import { baseOf, stepRef } from '../../core/record.js';
import type { Tools } from '../tools.js';
import { Rebuilt } from './rebuilt.js';

/** As many as its record names, the newest. */
const MOST_RESOLVED = 200;

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
  const rebuilt = new Rebuilt(repository, run.base as CommitId, base, run.claimedAt as Instant);
  const onBase = async (snapshot: string, key: string): Promise<Result<CommitId>> => {
    const made = await rebuilt.commit(snapshot as CommitId);
    if (!made.ok || made.value === base) return made;
    const ref = stepRef(run, key);
    const kept = await repository.moveRef(ref, await repository.resolve(ref), made.value);
    return kept.ok ? made : kept;
  };
  const gained = await repository.changes(run.base as CommitId, base);
  if (!gained.ok) return gained;
  const paths = new Set(gained.value.map(({ path }) => path));
  // A review holds as an approval does, while what is changed stays the same; where both sides changed a file it is looked at again.
  const met = async (snapshot: string): Promise<Result<boolean>> => {
    const own = await repository.changes(run.base as CommitId, snapshot as CommitId);
    return own.ok ? ok(own.value.some(({ path }) => paths.has(path))) : own;
  };
  for (const [key, status] of Object.entries(run.steps)) {
    const { kind } = nodeOf(nodes, key as StepKey);
    const meets = kind === 'review' && status.state === 'succeeded' ? await met(status.snapshot) : ok(false);
    if (!meets.ok) return meets;
    const looks = kind === 'check' || kind === 'diagnose' || meets.value;
    // Partial work of a step that failed, and was let fail, is nobody's to go on with.
    const partial = status.state === 'pending' ? status.partial : undefined;
    if (looks || (status.state !== 'succeeded' && partial === undefined)) {
      steps[key] = looks && status.state === 'succeeded' ? { state: 'pending' } : status;
      continue;
    }
    const commit = await onBase(status.state === 'succeeded' ? status.snapshot : (partial ?? ''), key);
    if (!commit.ok) return commit;
    steps[key] =
      status.state === 'succeeded'
        ? { ...status, snapshot: commit.value }
        : { ...toCome(status), partial: commit.value };
  }
  // A fix that is done again starts from what was reviewed, on the new base.
  const rounds: Round[] = [];
  for (const round of run.rounds ?? []) {
    const commit = round.snapshot === undefined ? null : await onBase(round.snapshot, round.review);
    if (commit?.ok === false) return commit;
    rounds.push(commit === null ? round : { ...round, snapshot: commit.value });
  }
  const resolved = [...(run.resolved ?? []), ...rebuilt.resolved.map((each) => ({ ...each, onto: base }))];
  return ok({
    ...run,
    base,
    steps,
    ...(rounds.length === 0 ? {} : { rounds }),
    ...(resolved.length === 0 ? {} : { resolved: resolved.slice(-MOST_RESOLVED) }),
  });
}
