/** Work trees that steps work in. */
import type { CommitId, Instant, RunId } from '../../core/ids.js';
import type { Failure, Result } from '../../core/failure.js';
import type { Project } from '../../generated/types.js';
import type { Person } from './ops.js';

/** A folder holding one commit's files, owned by one step at a time. */
export interface Workspace {
  /** Absolute path of the files. */
  readonly dir: string;
  /** Absolute path of the private git directory that the sandbox sees as `/git`. */
  readonly gitDir: string;
  /** Absolute paths of the object stores that the private git directory borrows from, for read-only mounts. */
  readonly objectDirs: readonly string[];
  /** The commit that the files were last known to hold. */
  readonly at: CommitId;
}

export interface SnapshotTaken {
  readonly commit: CommitId;
  readonly changed: boolean;
  /** Files that git ignores were seen; the commit does not hold them. */
  readonly leftIgnored: boolean;
}

/** Bounds on what a snapshot takes in. */
export interface SnapshotLimits {
  readonly maxFileBytes: number;
  readonly maxFiles: number;
  readonly maxTotalBytes: number;
}

export interface SearchLimits {
  readonly maxBytes: number;
  readonly maxFiles: number;
}

export interface Finding {
  readonly path: string;
  /** Counted from 1; null where it is the name, or a link's text. */
  readonly line: number | null;
}

export interface TreeSearch {
  /** The first of what was found. */
  readonly found: readonly Finding[];
  /** False where not all of it could be looked through. */
  readonly whole: boolean;
}

/** A driver whose sandboxes show a tree: ports of sandboxes know trees, and not the other way round. */
export type ShownBy = NonNullable<NonNullable<Project['sandbox']>['driver']>;

/** What must not stand in anything that is written for others to read. */
export interface ChangeSearch {
  /** Makes what looks through one file or name: it is told the bytes in parts, and answers with the line of what it looks for. */
  readonly finder: () => (bytes: Uint8Array) => number | null;
  /** The failure of what was found. */
  readonly found: (findings: readonly Finding[]) => Failure;
}

/** Work trees from a pool in `.pushpals/`; our own walk and writer, never git porcelain. */
export interface Workspaces {
  /** A clean work tree of that commit, taken from the pool if there is one. `owner` is the uid and gid that steps run as. */
  acquire(run: RunId, commit: CommitId, owner: Owner): Promise<Result<Workspace>>;
  /** A second work tree with the same files, ignored ones included. Its processes must be gone. */
  copy(run: RunId, from: Workspace, owner: Owner): Promise<Result<Workspace>>;
  /** Makes the tracked files hold another commit, keeping ignored ones. */
  move(workspace: Workspace, commit: CommitId, owner: Owner): Promise<Result<Workspace>>;
  /** Makes the work tree what `acquire` gives: that commit and nothing else. Its processes must be gone; a sandbox may be open on it. */
  renew(workspace: Workspace, commit: CommitId, owner: Owner): Promise<Result<Workspace>>;
  /**
   * Has the tree show the files that tell agents how to work (`core/agents/instruction-files.ts`) as `base` has them, and takes those that git ignores away, until it
   * is moved or made new. A snapshot leaves such a file as its parent has it, unless the step changed what it was shown. Its processes must be gone.
   */
  shield(workspace: Workspace, base: CommitId, owner: Owner, by: Person): Promise<Result<Workspace>>;
  /**
   * Commits what the files hold now on top of `parents[0]`, and keeps it under `ref`. Equal to the first parent: that commit itself, kept by whoever made it.
   * Fails with `scope-violation` (entries that git treats as `.git`, devices, FIFOs, sockets, new submodule links, bounds).
   */
  snapshot(
    workspace: Workspace,
    take: {
      readonly step: string;
      readonly parents: readonly CommitId[];
      readonly message: string;
      readonly author: Person;
      readonly at: Instant;
      readonly ref: string;
      readonly limits: SnapshotLimits;
      /** What is looked for in all that would be written, before any of it is: other steps read every object that there is. */
      readonly search?: ChangeSearch;
      /** Looks at the commit before anybody else can; where it fails, nothing is kept under `ref`. */
      readonly accept?: (commit: CommitId) => Promise<Result<null>>;
    },
  ): Promise<Result<{ readonly workspace: Workspace; readonly taken: SnapshotTaken }>>;
  /**
   * Looks through every file, ignored ones too, through names and the texts of links. `finder` makes what looks through one of them: it is told the bytes in
   * parts, and answers with the line of what it looks for. Its processes must be gone.
   */
  search(
    workspace: Workspace,
    finder: () => (bytes: Uint8Array) => number | null,
    limits: SearchLimits,
  ): Promise<TreeSearch>;
  /** Back to the pool. Its processes must be gone. */
  release(workspace: Workspace): Promise<void>;
  /**
   * Removes the work trees of runs that are not alive. It lists first and asks after, so that a run that starts meanwhile is safe; and then, by the drivers whose
   * sandboxes have shown them, whether these are known to be gone. Where they are not, a tree stays for the next time: nobody may write to what is being removed.
   */
  sweep(
    alive: () => Promise<ReadonlySet<RunId>>,
    areGone: (run: RunId, drivers: readonly ShownBy[]) => Promise<boolean>,
  ): Promise<readonly RunId[]>;
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}
