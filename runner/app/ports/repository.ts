/** The project's repository: objects and refs, never porcelain, never a work tree. */
import type { BlobId, CommitId, Instant, TreeId } from '../../core/ids.js';
import type { Result } from '../../core/failure.js';
import type { Change } from '../../core/change.js';
import type { Person } from './ops.js';
import type { InputFile } from './run-files.js';

/** A file in a commit's tree. */
export interface TreeFile {
  readonly path: string;
  readonly mode: '100644' | '100755' | '120000' | '160000';
  readonly blob: BlobId;
}

/** Reads of committed objects, through one long-lived `git cat-file --batch-command`. */
export interface ObjectReader {
  /** The commit that a full ref name (`refs/heads/ops`) points at. */
  resolve(ref: string): Promise<CommitId | null>;
  /** The tree of a commit, or the tree at a folder of it; null where there is none. */
  tree(commit: CommitId, folder?: string): Promise<TreeId | null>;
  /** Every file at or below each of the paths; one that does not exist holds none. `''` is the top. */
  files(commit: CommitId, folders: readonly string[]): Promise<readonly TreeFile[]>;
  /** Contents. Throws if one is missing (a broken repository). Blobs over `maxBytes` (default 64 MB) come back as null. */
  blobs(ids: readonly BlobId[], maxBytes?: number): Promise<ReadonlyMap<BlobId, Uint8Array | null>>;
}

/** A path that could not be merged by itself. */
export interface ConflictedPath {
  readonly path: string;
  /** In git's words, such as `contents` or `modify/delete`. */
  readonly kind: string;
  /** What the index would hold: 1 is the common ancestor, 2 ours, 3 theirs. */
  readonly stages: readonly { readonly mode: string; readonly id: string; readonly stage: string }[];
}

/** The tree that a merge comes to, with conflict markers where the sides do not fit. */
export interface AutoMerge {
  readonly tree: TreeId;
  readonly conflicts: readonly ConflictedPath[];
}

/** The project's repository: refs and commits, never porcelain, never a work tree. */
export interface Repository extends ObjectReader {
  /** What differs between two trees, read from objects: modes, kinds and line counts. */
  changes(from: CommitId, to: CommitId | TreeId): Promise<Result<readonly Change[]>>;
  /** The paths that differ between two commits or trees, with what the second has there: `mode id`, or null where it has nothing. */
  differences(from: CommitId | TreeId, to: CommitId | TreeId): Promise<Result<ReadonlyMap<string, string | null>>>;
  /** A patch between two commits as text with binary hunks; cut at `maxBytes`, saying so. */
  patch(from: CommitId, to: CommitId, maxBytes: number): Promise<Result<string>>;
  /** A commit object with the tree of another commit. Deterministic for equal arguments. Without a committer, the author is. */
  commitTree(
    tree: TreeId,
    parents: readonly CommitId[],
    message: string,
    author: Person,
    at: Instant,
    committer?: Person,
  ): Promise<Result<CommitId>>;
  /** Three-way merge of two commits without a work tree; the failure is `merge-conflict` with `step: ''`. */
  mergeTrees(ours: CommitId, theirs: CommitId): Promise<Result<TreeId>>;
  /** The same, with what could not be merged marked in the tree. */
  autoMerge(ours: CommitId, theirs: CommitId): Promise<Result<AutoMerge>>;
  /** Three texts merged, as of no repository: null where they conflict, or both sides of each conflict with `union`. */
  mergeFile(
    current: Uint8Array,
    base: Uint8Array,
    other: Uint8Array,
    where: 'union' | 'conflict',
  ): Promise<Result<Uint8Array | null>>;
  /** A tree with other contents in some of its files, which are there already. */
  replaceFiles(
    tree: TreeId,
    files: readonly { readonly path: string; readonly mode: string; readonly content: Uint8Array }[],
  ): Promise<Result<TreeId>>;
  /** A digest by the repository's own algorithm, in lower-case hex. */
  digest(data: Uint8Array): string;
  /** A best common ancestor; null where the histories have nothing in common. */
  mergeBase(one: CommitId, other: CommitId): Promise<CommitId | null>;
  /** The commit that a line (from 1) of a file comes from, of those that `to` has and `from` has not; null where it is none of them. */
  lineOrigin(from: CommitId, to: CommitId, path: string, line: number): Promise<CommitId | null>;
  /** The branches below a folder of refs (with a slash at the end) whose tips `into` does not hold, at most 500, by name. */
  unmerged(folder: string, into: CommitId): Promise<readonly { readonly ref: string; readonly subject: string }[]>;
  /** What the project's people resolved before, as files `rr-cache/<id>/…` of `git rerere`; bounded, the newest first. */
  recordedResolutions(): readonly InputFile[];
  /** Where a branch that is at `tip` was at that time, along its first parents and by its committers' clocks; null where it had not begun. */
  tipAt(tip: CommitId, at: Instant): Promise<CommitId | null>;
  /** The parents of a commit, in their order; none where it is not there. */
  parents(commit: CommitId): Promise<readonly CommitId[]>;
  isAncestor(ancestor: CommitId, of: CommitId): Promise<boolean>;
  commitMessage(commit: CommitId): Promise<string>;
  /** The e-mail address of who committed it, which anybody may claim. */
  committer(commit: CommitId): Promise<string>;
  /** When it was committed, to the second, as its committer's clock had it. */
  committedAt(commit: CommitId): Promise<Instant>;
  /** Compare-and-swap of a full ref name. `from: null` creates. `to: null` deletes. False if the ref was not at `from`. */
  moveRef(ref: string, from: CommitId | null, to: CommitId | null): Promise<Result<boolean>>;
  /** The newest commits of a branch by first parent, all or one order's (by its trailer), none that `without` holds, the newest last. */
  history(
    ref: string,
    of: { readonly order?: string; readonly limit: number; readonly without?: CommitId },
  ): Promise<readonly HistoryEntry[]>;
}

export interface HistoryEntry {
  readonly commit: CommitId;
  readonly at: string;
  readonly subject: string;
  /** The `PushPals-Order` and `PushPals-Event` trailers; empty where there are none. */
  readonly order: string;
  readonly event: string;
}
