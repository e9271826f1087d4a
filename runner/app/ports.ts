/**
 * The ports: what `app/` needs of the world, as interfaces. Adapters implement them; `main.ts` hands them in.
 * Every port has a contract suite under `tests/contracts/` that its fakes pass as well as the real thing.
 */
import type { BlobId, CommitId, Instant, RunId, StepKey, TreeId } from '../core/ids.js';
import type { Failure, Result } from '../core/failure.js';
import type { Change } from '../core/change.js';

export interface Clock {
  now(): Instant;
  /** Resolves after `ms`, or at once when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A file in a commit's tree. */
export interface TreeFile {
  readonly path: string;
  readonly mode: '100644' | '100755' | '120000' | '160000';
  readonly blob: BlobId;
}

export interface Person {
  readonly name: string;
  readonly email: string;
}

/** One commit on the ops branch. */
export interface OpsCommit {
  readonly subject: string;
  readonly body?: string;
  /** In order; a key may occur more than once. Values are made one-line by the store. */
  readonly trailers: readonly (readonly [key: string, value: string])[];
  readonly author: Person;
  readonly at: Instant;
  /** `content: null` removes the path. Paths are relative to the top of the ops branch. */
  readonly files: readonly { readonly path: string; readonly content: string | Uint8Array | null }[];
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

/** The ops branch. Single writer per call; the compare-and-swap in `advance` is the only lock. */
export interface OpsStore {
  /** Full ref name, `refs/heads/ops`. */
  readonly ref: string;
  tip(): Promise<CommitId | null>;
  /**
   * Writes a chain of commits on top of `parent` (null makes an orphan) through `git fast-import`, objects synced to disk,
   * and moves no visible ref. Returns the new tip.
   */
  append(parent: CommitId | null, commits: readonly OpsCommit[]): Promise<Result<CommitId>>;
  /**
   * Moves the ops ref by compare-and-swap; false if somebody else moved it first. On success the people's work tree
   * follows, keeping whatever they have not committed. A work tree that could not follow is said in `followed`.
   */
  advance(
    from: CommitId | null,
    to: CommitId,
  ): Promise<Result<{ readonly moved: boolean; readonly followed: boolean }>>;
}

/** A file in the people's `ops/inbox/`, or committed there. */
export interface InboxFile {
  /** Relative to the top of the ops branch: `inbox/fix.md`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** In the ops tip as well (with the same or other bytes). */
  readonly committed: boolean;
}

export interface InboxListing {
  readonly settled: readonly InboxFile[];
  /** Files that were still being written, with why; left for the next tick. */
  readonly unsettled: readonly { readonly path: string; readonly why: string }[];
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

/** The project's repository: refs and commits, never porcelain, never a work tree. */
export interface Repository extends ObjectReader {
  /** What differs between two trees, read from objects: modes, kinds and line counts. */
  changes(from: CommitId, to: CommitId): Promise<Result<readonly Change[]>>;
  /** A patch between two commits as text with binary hunks; cut at `maxBytes`, saying so. */
  patch(from: CommitId, to: CommitId, maxBytes: number): Promise<Result<string>>;
  /** A commit object with the tree of another commit. Deterministic for equal arguments. */
  commitTree(
    tree: TreeId,
    parents: readonly CommitId[],
    message: string,
    author: Person,
    at: Instant,
  ): Promise<Result<CommitId>>;
  /** Three-way merge of two commits without a work tree; the failure is `merge-conflict` with `step: ''`. */
  mergeTrees(ours: CommitId, theirs: CommitId): Promise<Result<TreeId>>;
  isAncestor(ancestor: CommitId, of: CommitId): Promise<boolean>;
  commitMessage(commit: CommitId): Promise<string>;
  /** Compare-and-swap of a full ref name. `from: null` creates. `to: null` deletes. False if the ref was not at `from`. */
  moveRef(ref: string, from: CommitId | null, to: CommitId | null): Promise<Result<boolean>>;
  /** The newest commits of a branch by first parent, all or one order's (by its trailer), the newest last. */
  history(ref: string, of: { readonly order?: string; readonly limit: number }): Promise<readonly HistoryEntry[]>;
}

export interface HistoryEntry {
  readonly commit: CommitId;
  readonly at: string;
  readonly subject: string;
  /** The `PushPals-Order` and `PushPals-Event` trailers; empty where there are none. */
  readonly order: string;
  readonly event: string;
}

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

/** Work trees from a pool in `.pushpals/`; our own walk and writer, never git porcelain. */
export interface Workspaces {
  /** A clean work tree of that commit, taken from the pool if there is one. `owner` is the uid and gid that steps run as. */
  acquire(run: RunId, commit: CommitId, owner: Owner): Promise<Result<Workspace>>;
  /** A second work tree with the same files, ignored ones included. Its processes must be gone. */
  copy(run: RunId, from: Workspace, owner: Owner): Promise<Result<Workspace>>;
  /** Makes the tracked files hold another commit, keeping ignored ones. */
  move(workspace: Workspace, commit: CommitId, owner: Owner): Promise<Result<Workspace>>;
  /**
   * Commits what the files hold now on top of `parents[0]`, and keeps it under `ref`. Equal to the first parent: that commit itself.
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
    },
  ): Promise<Result<{ readonly workspace: Workspace; readonly taken: SnapshotTaken }>>;
  /** Back to the pool. Its processes must be gone. */
  release(workspace: Workspace): Promise<void>;
  /** Removes the work trees of runs that are not alive. It lists first and asks after, so that a run that starts meanwhile is safe. */
  sweep(alive: () => Promise<ReadonlySet<RunId>>): Promise<readonly RunId[]>;
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export type DriverName = 'docker' | 'bubblewrap' | 'host';

export interface SandboxSpec {
  readonly run: RunId;
  /** Unique within the run; with the run it gives the sandbox its deterministic name. */
  readonly key: string;
  /** Labels what was started here, so that another repository's runner leaves it alone: a digest of the repository's path. */
  readonly repositoryId: string;
  readonly workspace: Workspace;
  /** Host folder mounted read-only at `paths.in`: `order.json`. */
  readonly inDir: string;
  /** Host folder mounted writable at `paths.out`. */
  readonly outDir: string;
  readonly image: string | undefined;
  readonly network: 'none' | 'full';
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly pids: number;
}

export interface ExecSpec {
  /** Handed to `/bin/sh` as a script, never pasted into another command. */
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly onOutput: (chunk: Uint8Array) => void;
}

/** How a command ended. One shape for every end (as execa's results). */
export interface ExecEnd {
  readonly exitCode: number | null;
  readonly signal?: string;
  readonly timedOut: boolean;
  readonly cancelled: boolean;
  readonly outOfMemory: boolean;
  readonly durationMs: number;
}

export interface Sandbox {
  /** The step's own view: where work tree, inputs and outputs are. */
  readonly paths: { readonly workspace: string; readonly in: string; readonly out: string };
  /** The image's digest, where the driver has images. */
  readonly imageDigest: string | null;
  /**
   * Runs a script to its end. When it resolves, every process that the script started is gone, daemons too, whatever
   * the end was; so the host may read the work tree.
   */
  exec(spec: ExecSpec): Promise<Result<ExecEnd>>;
  /** Ends everything and removes what was made. Idempotent. */
  close(): Promise<void>;
}

export interface SandboxDriver {
  readonly name: DriverName;
  /** What a person must be told each run, such as that nothing is isolated. */
  readonly warning: string | null;
  /** The uid and gid that commands run as. */
  readonly owner: Owner;
  /** Cheap; null when sandboxes can be opened now. `image` is looked for where the driver has images. */
  unavailable(
    image: string | undefined,
  ): Promise<Extract<Failure, { class: 'sandbox-unavailable' | 'image-missing' | 'config-invalid' }> | null>;
  open(spec: SandboxSpec): Promise<Result<Sandbox>>;
  /** Ends and removes what runs that are not alive left behind; lists first and asks after. Returns what was removed, in words. */
  sweep(repositoryId: string, alive: () => Promise<ReadonlySet<RunId>>): Promise<readonly string[]>;
}

/** The processes of this machine. */
export interface Processes {
  self(): { readonly host: string; readonly pid: number; readonly startedAt: string; readonly boot: string };
  /** Whether that very process lives; null if it is on another machine. */
  alive(claimant: {
    readonly host: string;
    readonly pid: number;
    readonly startedAt: string;
    readonly boot: string;
  }): boolean | null;
}

/** What a step left in its output folder, read safely. */
export interface CollectedOutputs {
  /** The parsed `outputs.json`, or undefined if there is none. */
  readonly outputs: unknown;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** What was left out, and why. */
  readonly notes: readonly string[];
}

/** Machine-local files of a run under `.pushpals/runs/<run>/`: input, output and log folders. */
export interface RunFiles {
  /** Makes the in and out folders of a sandbox, empty, and writes `order.json`. */
  prepare(
    run: RunId,
    key: string,
    input: unknown,
    owner: Owner,
  ): Promise<{ readonly inDir: string; readonly outDir: string }>;
  /** Makes the empty output folder of a step inside the sandbox's out folder; returns its name. */
  stepOut(outDir: string, step: StepKey, owner: Owner): Promise<string>;
  /** Reads a step's output folder; fails with `output-invalid` or `scope-violation` on links, special files and bounds. */
  collect(outDir: string, step: StepKey): Promise<Result<CollectedOutputs>>;
  /** The live log of a step. */
  log(run: RunId, step: StepKey): StepLog;
  /** The logs that a run of this machine has written so far. */
  liveLogs(run: RunId): Promise<readonly { readonly step: string; readonly text: string }[]>;
  /** Removes the run's folder. */
  remove(run: RunId): Promise<void>;
}

/** Keeps the head and the tail of a step's output, names what it cut, and shows it live in a local file. */
export interface StepLog {
  write(chunk: Uint8Array): void;
  /** Ends the log and returns what is kept. `tail` is at most the last 20 lines. */
  end(): Promise<{ readonly text: string; readonly tail: string; readonly bytes: number }>;
}

/** Ops branch and base at which nothing was left to do but wait for a time. */
export interface Remembered {
  readonly ops: string;
  readonly base: string;
  readonly wakeAt: string | null;
}

/** A cache of this machine, null where nothing is remembered: whoever deletes it loses time and nothing else. */
export interface LocalState {
  read(): Promise<Remembered | null>;
  write(idle: Remembered | null): Promise<void>;
}
