/** The ops branch: the store of orders, runs and evidence, and the inbox where people drop orders. */
import type { CommitId, Instant } from '../../core/ids.js';
import type { Result } from '../../core/failure.js';

export interface Person {
  readonly name: string;
  readonly email: string;
}

/** What a tree holds at a path. */
export interface TreeEntry {
  readonly mode: string;
  readonly blob: string;
}

/** One commit on the ops branch. */
export interface OpsCommit {
  readonly subject: string;
  readonly body?: string;
  /** In order; a key may occur more than once. Values are made one-line by the store. */
  readonly trailers: readonly (readonly [key: string, value: string])[];
  readonly author: Person;
  readonly at: Instant;
  /** `content: null` removes the path; an entry is one that another commit has. Paths are relative to the top of the ops branch. */
  readonly files: readonly { readonly path: string; readonly content: string | Uint8Array | TreeEntry | null }[];
  /** Further parents: lines of the branch that come together here. */
  readonly merges?: readonly CommitId[];
  /** A branch that is to stand one commit above this one before the ops branch shows it. */
  readonly branch?: { readonly ref: string; readonly commit: OpsCommit };
}

/** The ops branch. Single writer per call; the compare-and-swap in `advance` is the only lock. */
export interface OpsStore {
  /** Full ref name, `refs/heads/ops`. */
  readonly ref: string;
  tip(): Promise<CommitId | null>;
  /**
   * Writes a chain of commits on top of `parent` (null makes an orphan) through `git fast-import`, objects synced to disk,
   * and moves no ref but those that the commits name as their `branch`. Returns the new tip.
   */
  append(parent: CommitId | null, commits: readonly OpsCommit[]): Promise<Result<CommitId>>;
  /** Moves the ops ref by compare-and-swap; false if somebody else moved it first. */
  advance(from: CommitId | null, to: CommitId): Promise<Result<boolean>>;
  /**
   * Brings the people's work tree to where the ref is, keeping whatever they have not committed. False: it could not follow now, and will
   * the next time. Whoever asks before it begins, or while it is being brought for somebody else, shares the next turn;
   * with `withinMs` it waits that long for them.
   */
  follow(withinMs?: number): Promise<boolean>;
  /** Removes half-written files that dead runners left in the repository; answers their paths. */
  sweep(): readonly string[];
}

/** A file in the people's `ops/inbox/`, or committed there. */
export interface InboxFile {
  /** Relative to the top of the ops branch: `inbox/fix.md`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** It is what the ops tip has at that path; another file of the same path may lie in the folder. */
  readonly committed: boolean;
  /** Since when it lies there, by this machine's clock; absent where nobody can tell. */
  readonly since?: Instant;
}

export interface InboxListing {
  readonly settled: readonly InboxFile[];
  /** Files that were still being written, with why; left for the next tick. */
  readonly unsettled: readonly {
    readonly path: string;
    readonly why: string;
    /** When it may have settled, if that is known. */
    readonly settlesInMs?: number;
  }[];
  /** Entries that are not plain files, or too large to read: answered without reading them. */
  readonly refused: readonly { readonly path: string; readonly why: string; readonly committed: boolean }[];
}

/** The people's work tree of the ops branch, as a place where orders are dropped. */
export interface Inbox {
  list(tip: CommitId): Promise<InboxListing>;
  /**
   * Removes a dropped file, only if its bytes are still the ones that were ingested. False: it had changed, and stays. Null for
   * `bytes`: an entry that `list` refused; it is taken out of the inbox unread, and kept in a local folder.
   */
  remove(path: string, bytes: Uint8Array | null): Promise<boolean>;
}
