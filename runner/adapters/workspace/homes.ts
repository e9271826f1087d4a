import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommitId, RunId } from '../../core/ids.js';
import type { DriverName } from '../../app/ports/sandbox.js';
import type { Owner } from '../../app/ports/workspaces.js';
import { readIfThere } from '../git/small-files.js';
import { hasCode, namesIn } from './files.js';
import { removeTree } from './remove-tree.js';
import type { SavedCache, StatCache } from './stat-cache.js';

/** Work trees that are kept for the next run. */
const POOL = 8;
const SHOWN_BY = 'shown-by-';

/** What is noted of a free tree. */
export interface Free {
  /** The commit that it holds, exactly: nobody could write to it since it was made to. */
  readonly at: CommitId;
  readonly owner: Owner;
}

/**
 * Where work trees live under `.pushpals/`: `pool/<id>/` are free, `runs/<run>/trees/<id>/` belong to a run, and `trash/` is being removed. Each
 * home holds `tree/` and `git/`, and in the pool what is known of it. Every move is a rename, so that of two processes one gets it.
 */
export class Homes {
  readonly #pool: string;
  readonly #runs: string;
  readonly #trash: string;

  /** `driver`: whose sandboxes show the trees. */
  constructor(
    stateDir: string,
    private readonly driver: DriverName,
  ) {
    this.#pool = join(stateDir, 'pool');
    this.#runs = join(stateDir, 'runs');
    this.#trash = join(stateDir, 'trash');
  }

  /** A new home's path; nothing is there yet. */
  fresh(run: RunId): string {
    const trees = join(this.#runs, run, 'trees');
    mkdirSync(trees, { recursive: true });
    // Whoever sweeps asks it, though the project may have another one by then.
    writeFileSync(join(this.#runs, run, `${SHOWN_BY}${this.driver}`), '');
    return join(trees, randomUUID());
  }

  /** Moves a free home to that path; null if none is free. */
  take(home: string): Free | null {
    for (const name of namesIn(this.#pool)) {
      try {
        renameSync(join(this.#pool, name), home);
      } catch (error) {
        // Another process took it first.
        if (hasCode(error, 'ENOENT')) continue;
        throw error;
      }
      const state = readIfThere(join(home, 'state.json'));
      if (state !== null) return JSON.parse(state) as Free;
      this.discard(home);
    }
    return null;
  }

  hasRoom(): boolean {
    return namesIn(this.#pool).length < POOL;
  }

  /** Frees a home for the next run. */
  put(home: string, free: Free, cache: StatCache): void {
    try {
      writeFileSync(join(home, 'stat.json'), JSON.stringify(cache));
      writeFileSync(join(home, 'state.json'), JSON.stringify(free));
      mkdirSync(this.#pool, { recursive: true });
      renameSync(home, join(this.#pool, randomUUID()));
    } catch (error) {
      // Its order has ended by now, so that another runner that sweeps may have taken it away.
      if (!hasCode(error, 'ENOENT')) throw error;
    }
  }

  savedCache(home: string): SavedCache {
    return JSON.parse(readFileSync(join(home, 'stat.json'), 'utf8')) as SavedCache;
  }

  runs(): readonly RunId[] {
    return namesIn(this.#runs) as RunId[];
  }

  /** The drivers whose sandboxes may show trees of a run. */
  driversOf(run: RunId): readonly DriverName[] {
    return namesIn(join(this.#runs, run)).flatMap((name) =>
      name.startsWith(SHOWN_BY) ? [name.slice(SHOWN_BY.length) as DriverName] : [],
    );
  }

  discardRun(run: RunId): void {
    this.discard(join(this.#runs, run));
  }

  /** Out of everybody's way first, by a rename; then removed. */
  discard(home: string): void {
    mkdirSync(this.#trash, { recursive: true });
    const place = join(this.#trash, randomUUID());
    try {
      renameSync(home, place);
    } catch (error) {
      // Another process was faster.
      if (hasCode(error, 'ENOENT')) return;
      throw error;
    }
    this.#remove(place);
  }

  /** Removes what an earlier process had no time to. */
  emptyTrash(): void {
    for (const name of namesIn(this.#trash)) this.#remove(join(this.#trash, name));
  }

  /** What belongs to another user, or is being removed by another process, stays in the trash for the next time. */
  #remove(place: string): void {
    try {
      removeTree(place);
    } catch (error) {
      if (!hasCode(error, 'EACCES', 'EPERM', 'EBUSY', 'ENOTEMPTY', 'ENOENT')) throw error;
    }
  }
}
