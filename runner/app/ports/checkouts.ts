/** Branches of this repository that people may have checked out in its work trees. */
import type { CommitId } from '../../core/ids.js';
import type { Result } from '../../core/failure.js';

/** A work tree that has a branch checked out, or is in the middle of a rebase or bisection of it. */
export interface Checkout {
  readonly dir: string;
  /** `go`: the tree may go along, and nothing in it is in the way. `dirty`: it may, and something is not committed. `stay`: it is not to be touched. */
  readonly may: 'go' | 'dirty' | 'stay';
}

export interface Checkouts {
  /** The work tree that holds a branch (a full ref name); null where none does. */
  holding(ref: string): Promise<Checkout | null>;
  /**
   * Moves a branch by compare-and-swap to a commit that goes on from where it was, together with the work tree that holds it, if one does and may go
   * along. False: it was elsewhere by then. `state-conflict`: its tree has to stay, and why. What a person has not committed is never touched.
   */
  move(ref: string, from: CommitId, to: CommitId): Promise<Result<boolean>>;
}
