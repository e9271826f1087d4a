import { statfsSync, type Stats } from 'node:fs';

/** How a file looked when its contents were last known, and what they were. */
interface Known {
  readonly look: string;
  readonly ctimeMs: number;
  readonly id: string;
}

export type SavedCache = readonly (readonly [path: string, look: string, ctimeMs: number, id: string])[];

/**
 * What is known of a work tree's files, so that unchanged ones are never read. As in git's index, a file that changed within the
 * clock's grain of when the tree was left to others is not trusted: a later change could look the same. Not even that is enough
 * on a file system where a write through a memory map leaves no trace: there nothing is trusted that a step could reach since.
 */
export class StatCache {
  /** What was saved, until it is needed; reading it takes longer than taking a tree from the pool. */
  #saved: (() => SavedCache) | null;
  #known = new Map<string, Known>();
  /** Learned or forgotten since the tree was last left to others, or before what was saved was read. */
  #fresh = new Map<string, Known | null>();
  #reachable = false;

  constructor(
    private readonly everyWriteShows: boolean,
    saved?: () => SavedCache,
  ) {
    this.#saved = saved ?? null;
  }

  /** The object id of a file that looks as it did; null if it has to be read. */
  idOf(path: string, stat: Stats): string | null {
    if (this.#reachable && !this.everyWriteShows) return null;
    const fresh = this.#fresh.get(path);
    const known = fresh === undefined ? this.#load().get(path) : fresh;
    return known?.look === lookOf(stat) ? known.id : null;
  }

  /** Call it only while nobody else can write to the tree. */
  learn(path: string, stat: Stats, id: string): void {
    this.#fresh.set(path, { look: lookOf(stat), ctimeMs: stat.ctimeMs, id });
  }

  forget(path: string): void {
    this.#fresh.set(path, null);
  }

  /** From now on others may write to the tree. */
  leave(nowMs: number): void {
    for (const [path, known] of this.#fresh)
      if (known !== null && known.ctimeMs > nowMs - GRAIN_MS) this.#fresh.set(path, null);
    if (this.#saved === null) this.#settleFresh();
    this.#reachable = true;
  }

  toJSON(): SavedCache {
    this.#load();
    return [...this.#known].map(([path, { look, ctimeMs, id }]) => [path, look, ctimeMs, id]);
  }

  #load(): ReadonlyMap<string, Known> {
    if (this.#saved !== null) {
      for (const [path, look, ctimeMs, id] of this.#saved()) this.#known.set(path, { look, ctimeMs, id });
      this.#saved = null;
      // Only `leave` can have put anything here that is not to be kept, and it has taken that out.
      if (this.#reachable) this.#settleFresh();
    }
    return this.#known;
  }

  #settleFresh(): void {
    for (const [path, known] of this.#fresh) {
      if (known === null) this.#known.delete(path);
      else this.#known.set(path, known);
    }
    this.#fresh = new Map();
  }
}

/** Coarser than any of these file systems' time stamps on the systems we run on (a kernel tick is at most 10 ms). */
const GRAIN_MS = 20;

const lookOf = (stat: Stats): string =>
  `${String(stat.mode)} ${String(stat.size)} ${String(stat.mtimeMs)} ${String(stat.ctimeMs)} ${String(stat.ino)} ${String(stat.uid)} ${String(stat.nlink)}`;

/** ext2 to ext4, XFS, Btrfs, ZFS, F2FS, bcachefs; APFS, HFS+. (On tmpfs a page that was mapped and read before is written without a new ctime: tried.) */
const KEEPS_TIMES = new Set([0xef53, 0x58465342, 0x9123683e, 0x2fc12fc1, 0xf2f52010, 0xca451a4e, 0x1a, 0x11]);

/** Whether a file's times tell of every write on the file system that a folder is on. */
export const everyWriteShows = (folder: string): boolean => KEEPS_TIMES.has(statfsSync(folder).type);
