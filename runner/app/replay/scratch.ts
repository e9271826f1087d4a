import type { RunRecord } from '../../generated/types.js';
import { ok, type Result } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import { REPLAY_REFS } from '../../core/replay/scratch.js';
import type { ActiveOrder } from '../../core/record.js';
import type { Tools } from '../tools.js';
import type { RunJournal } from '../run/journal.js';

/** A run's record that is only remembered. */
export class ScratchJournal implements RunJournal {
  constructor(public order: ActiveOrder) {}

  steps(progress: Pick<RunRecord, 'base' | 'steps' | 'rounds'>): Promise<Result<CommitId | null>> {
    const { record } = this.order;
    this.order = {
      state: 'active',
      record: { ...record, run: { ...record.run, ...progress, steps: { ...progress.steps } } },
    };
    return Promise.resolve(ok(null));
  }

  held(): Promise<boolean> {
    return Promise.resolve(true);
  }

  settle = nothing;
  renew = nothing;

  end(): Promise<never> {
    return Promise.reject(new Error('a replay ends nothing'));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const nothing = (): Promise<Result<CommitId | null>> => Promise.resolve(ok(null));

/** The tools of a runner that fills no cache and shares nothing. */
export const scratchTools = (tools: Tools): Tools => ({ ...tools, sharing: null, dryRun: true });

/** Removes the snapshots of a replay; of every one that `isOver` where none is named. Answers whose they were. */
export async function dropReplayRefs(
  { repository, ops }: Pick<Tools, 'repository' | 'ops'>,
  isOver: (run: string) => boolean,
): Promise<readonly string[]> {
  const tip = await ops.tip();
  if (tip === null) return [];
  const refs = (await repository.unmerged(REPLAY_REFS, tip)).map(({ ref }) => ref);
  const runOf = (ref: string): string => ref.slice(REPLAY_REFS.length).split('/')[0] ?? '';
  const over = refs.filter((ref) => isOver(runOf(ref)));
  for (const ref of over) {
    const commit = await repository.resolve(ref);
    if (commit !== null) await repository.moveRef(ref, commit, null);
  }
  return [...new Set(over.map(runOf))];
}
