import type { AuditCommit } from '../../core/audit.js';
import type { CommitId } from '../../core/ids.js';

/** Reads the whole history of the ops branch. */
export interface AuditHistory {
  /** The commits that a tip goes back to, each after its parents. */
  commits(tip: CommitId): Promise<readonly AuditCommit[]>;
  /** The texts that a file had on a branch, by first parent, the newest first. */
  versions(tip: CommitId, path: string): Promise<readonly CommitId[]>;
}
