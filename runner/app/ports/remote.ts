/** The git remote that several runners share, and how one of them keeps in step with it. */
import type { CommitId, Instant } from '../../core/ids.js';
import type { Failure, Result } from '../../core/failure.js';

/** Below it lies what the remote was last seen to hold: `refs/heads/ops` as `refs/pushpals/shared/heads/ops`. */
export const SHARED = 'refs/pushpals/shared/';

/** Below it lies what the last fetch brought of the branches of requests, until it is taken over: `refs/heads/vault/x` as `refs/pushpals/incoming/heads/vault/x`. */
export const INCOMING = 'refs/pushpals/incoming/';

/** Where that of a ref is kept: of a branch, or of a run's snapshots. */
export const sharedRef = (ref: string): string => ref.replace(/^refs\/(?:pushpals\/)?/, SHARED);

/** The ref that is kept there. */
export const ownRef = (shared: string): string =>
  shared.replace(SHARED, shared.startsWith(`${SHARED}heads/`) ? 'refs/' : 'refs/pushpals/');

/** A ref that the remote is to move; `from` is what it was seen to hold. Null: there is none, or there is to be none. */
export interface RefUpdate {
  readonly ref: string;
  readonly from: CommitId | null;
  readonly to: CommitId | null;
  /** It is moved only while it is exactly there, and not from anywhere that `to` goes on from. What an order shipped before gives way so, also to what does not go on from it. */
  readonly exact?: true;
}

export interface Remote {
  readonly name: string;
  /**
   * Sees what the remote holds: the ops branch, the project's branches, others by their short names, and, as incoming ones, the branches of requests. What the remote does
   * not have any more is forgotten. Fails with `remote-unavailable`, and with `state-conflict` where the ops branch is not where it was or further on.
   */
  fetch(others: readonly string[]): Promise<Result<null>>;
  /** Gets what a run on another machine has come to. Fails as `fetch`. */
  fetchRun(run: string, order: string): Promise<Result<null>>;
  /**
   * Moves refs at the remote, all or none, and none but from where they were seen to be. False: somebody else was faster. `remote-unavailable`
   * also where it does not let us. No branch is forced; a request's own is replaced only while it is what was seen.
   */
  push(updates: readonly RefUpdate[]): Promise<Result<boolean>>;
  /** The refs of this repository below these prefixes. */
  refs(prefixes: readonly string[]): Promise<ReadonlyMap<string, CommitId>>;
}

/** A branch of the project that is to be moved. */
export interface Landing {
  readonly ref: string;
  readonly from: CommitId;
  readonly to: CommitId;
  /** Results that go along, by their refs: another machine knows by them what was done. */
  readonly results: ReadonlyMap<string, CommitId>;
  /** Whether the ops branch, as it is at that commit, allows it. */
  readonly allowed: (opsTip: CommitId) => Promise<boolean>;
}

/** What a runner shares with others through the remote. */
export interface Sharing {
  /**
   * Brings both sides in step; whoever calls while that is under way shares the next time. `remote-unavailable` where it cannot, at once while a remote that
   * failed is left alone; `state-conflict` where a person has to look first.
   */
  sync(): Promise<Result<null>>;
  /** Sees what others did, unless that was within the last `ms`. What waits here goes along if nobody is in the way. Fails as `sync`. */
  fresh(ms: number): Promise<Result<null>>;
  /**
   * Has each look at the remote from now on be at these branches as well, by their short names, and at no others beside the project's; looks at once where the last one was not at all
   * of them. Fails as `sync`. Not to be called by who writes to the ops branch just then, since it may bring that along.
   */
  watch(branches: readonly string[]): Promise<Result<null>>;
  /** Whether the last look at the remote was at this branch as well, because it is watched. */
  watches(branch: string): boolean;
  /** Has what was just written shared within some seconds; nobody waits for it. */
  soon(): void;
  /**
   * Moves a branch of the project at the remote, from exactly where it was seen to a commit that goes on from there, in one push with the ops branch as it is here
   * and what it speaks of: so it moves only where what is known here of the orders is what everybody is told, and nobody sees it moved who does not see by whom.
   * False: somebody moved it before, or the ops branch does not allow it any more. `remote-unavailable` also where it does not let us.
   */
  land(update: Landing): Promise<Result<boolean>>;
  /** Shares what still waits, now. */
  flush(): Promise<void>;
  /** Why the last time did not work; null if it did. */
  failure(): Failure | null;
  fetchRun(run: string, order: string): Promise<Result<null>>;
}

/** What this machine remembers of the remote, for people; it can be deleted. */
export interface RemoteHealth {
  /** When both sides were last in step. */
  readonly inStep: Instant | null;
  readonly failing: { readonly since: Instant; readonly failure: Failure } | null;
}
