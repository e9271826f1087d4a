import type { Instant } from '../../core/ids.js';

/** Tells that something may have changed: in the inbox, or of the repository's branches. What it was has to be looked for. */
export interface Watcher {
  /**
   * Begins to watch. `changed` is called for each change, and once when it is ready; `failed` where a part cannot be watched, which only
   * makes the news late. Answers how to end.
   */
  start(changed: () => void, failed: (why: string) => void): () => Promise<void>;
}

/** A process that watches this repository, as it told of itself. */
export interface WatchMark {
  readonly claimant: {
    readonly host: string;
    readonly pid: number;
    readonly startedAt: string;
    readonly boot: string;
  };
  readonly since: Instant;
  /** How often it has looked. */
  readonly ticks: number;
}

/** The watches of this machine, alive or not. A cache: whoever deletes it hides them and changes nothing. */
export interface WatchMarks {
  read(): Promise<readonly WatchMark[]>;
  /** Takes the place of what the same process told before. */
  write(mark: WatchMark): Promise<void>;
  remove(mark: WatchMark): Promise<void>;
}
