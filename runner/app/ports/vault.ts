/** What the history of the ops branch tells of approvals. */
import type { Signature } from '../../core/vault/approval.js';
import type { CommitId } from '../../core/ids.js';
import type { Result } from '../../core/failure.js';
import type { Person } from './ops.js';

/** An SSH public key in the form of `authorized_keys`, and whose it is. */
export interface AllowedKey {
  readonly id: string;
  readonly key: string;
}

/** A commit of the ops branch. */
export interface VaultCommit {
  readonly commit: CommitId;
  /** Null for the branch's first commit. */
  readonly parent: CommitId | null;
  readonly author: Person;
  readonly committer: Person;
  readonly signature: Signature;
}

export interface VaultHistory {
  /**
   * The newest commit that added the path, against its first parent, with its signature by these keys; null if none did. One that only joins two lines of the
   * branch, one of which has it, is not the one.
   */
  added(tip: CommitId, path: string, keys: readonly AllowedKey[]): Promise<VaultCommit | null>;
  /** Whether any commit that `tip` goes back to added the path, on whatever line of the history. */
  wasAdded(tip: CommitId, path: string): Promise<boolean>;
  /**
   * A commit of the person who works here that merges a branch into the ops branch with exactly that tree, signed with their own key if asked. Moves
   * nothing. `git-failed` where their git cannot sign.
   */
  approve(tip: CommitId, branch: CommitId, tree: CommitId, message: string, sign: boolean): Promise<Result<CommitId>>;
}
