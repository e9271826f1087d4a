/** What `doctor` asks of the machine and of git beyond what a tick does. */
import type { OpsTree } from '../../core/health.js';
import type { LockFile } from '../../core/locks.js';
import type { CommitId, Instant } from '../../core/ids.js';

export interface Examination {
  /** As `2.39.5`; null where git does not run. */
  gitVersion(): Promise<string | null>;
  /** Lock files in the repository's git directory, with their age. */
  locks(): Promise<readonly LockFile[]>;
  opsTree(branch: string, worktree: string, tip: CommitId): Promise<OpsTree>;
  /** Why refs or objects could not be written; null if they can. */
  unwritable(): Promise<string | null>;
  /** Whether git would find a program of that name. */
  hasProgram(name: string): boolean;
  remoteNames(): Promise<readonly string[]>;
  /** Why a branch could not be pushed there; null if it could. Writes nothing, asks nobody, takes at most 20 seconds. */
  remoteProblem(name: string, commit: CommitId): Promise<string | null>;
  /** When the newest of the branches' commits says that it was made. */
  newestCommit(refs: readonly string[]): Promise<Instant | null>;
}
