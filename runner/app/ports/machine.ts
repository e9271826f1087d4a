/** The machine that the runner is on: clock, processes, a cache. */
import type { Instant } from '../../core/ids.js';
import type { ForgeNote } from '../../core/forge/when.js';
import type { PullNote } from '../../core/images.js';
import type { MirrorNote } from '../../core/mirrors.js';
import type { RemoteHealth } from './remote.js';

export interface Clock {
  now(): Instant;
  /** Resolves after `ms`, or at once when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
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

/** What of this machine is the runner's. */
export interface Machine {
  /** Space that is left where work trees are made, in bytes. */
  freeBytes(): Promise<number>;
  /** Notes that a tick ran. */
  ticked(): Promise<void>;
  /** When the last tick began; null where none is known. */
  lastTick(): Promise<Instant | null>;
  /** What is known of the remote; null where nothing is. */
  remoteHealth(): Promise<RemoteHealth | null>;
  noteRemote(health: RemoteHealth): Promise<void>;
  /** What is known of the forge; null where it was never asked. */
  forgeNote(): Promise<ForgeNote | null>;
  noteForge(note: ForgeNote): Promise<void>;
  /** What the issues of a forge were told last, by their numbers. `where`: the forge's address. */
  issueNotes(where: string): Promise<ReadonlyMap<number, IssueNote>>;
  noteIssues(where: string, notes: ReadonlyMap<number, IssueNote>): Promise<void>;
  /** What is remembered of mirrors, by what the project calls them. */
  mirrorNotes(): Promise<ReadonlyMap<string, MirrorNote>>;
  /** Null forgets it. */
  noteMirror(remote: string, note: MirrorNote | null): Promise<void>;
  /** What is remembered of images that were asked for, by their names. */
  pulls(): Promise<ReadonlyMap<string, PullNote>>;
  /** Null forgets it. */
  notePull(image: string, note: PullNote | null): Promise<void>;
}

/** What an issue was told last. */
export interface IssueNote {
  /** A digest of it. */
  readonly told: string;
  /** A digest of the files of its orders, if all of them had ended by then; else empty. */
  readonly ends: string;
  /** The text, as a digest, that the forge did not take, and when. */
  readonly untaken?: { readonly text: string; readonly at: Instant };
}

/** A moment at which nothing was left to do but wait for a time. */
export interface Remembered {
  /** When this was concluded: a clock that shows less was put back, and the times below may be far off. */
  readonly at: Instant;
  /** The refs that this was concluded from, by their full names, with what they pointed at; empty for one that there was not. */
  readonly refs: Readonly<Record<string, string>>;
  readonly wakeAt: Instant | null;
  /** When to look at everything anew all the same; null: not before something moves. */
  readonly againAt: Instant | null;
}

/** A cache of this machine: whoever deletes it loses time and nothing else. */
export interface LocalState {
  /** Null forgets what was remembered. */
  write(idle: Remembered | null): Promise<void>;
}
