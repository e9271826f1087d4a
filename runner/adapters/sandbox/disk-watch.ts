import { lstatSync, statfsSync, utimesSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { LEAST_FREE_BYTES } from '../../core/health.js';
import type { Exceeded, StepLimits } from '../../core/step-limits.js';
import { hasCode } from '../workspace/files.js';
import { writtenSince, type DiskUse } from './disk-use.js';
import { heldFiles } from './held-files.js';

/** However little seems to be written, somebody else may free as much meanwhile. */
const LONGEST_MS = 10_000;
/** The share of the time that goes into looking is at most one in so many. */
const PACE = 10;
/** On a disk that is full, whoever wrote less than this is not to blame. */
const BLAMELESS_BYTES = 64 * 1024 * 1024;

/** The clock of files ticks every few milliseconds, and not with the one that everybody reads. Whatever times are set, the kernel notes when. */
function touched(folder: string): number {
  utimesSync(folder, 0, 0);
  return lstatSync(folder).ctimeMs;
}

interface Free {
  readonly bytes: number;
  readonly files: number;
}

/**
 * Bounds what a command writes below some folders of one file system, and what it keeps open there without a name. The kernel is asked how much of it is free, which costs nothing; only where that fell
 * by as much as could matter, the folders are looked through.
 */
export class DiskWatch {
  readonly #begin: Free | null;
  readonly #sinceMs: number;
  #lookedAt = performance.now();
  #tookMs = 0;

  /** From now on. `clock` is a folder of the same file system that no step can write: by it is told what time it is there. */
  constructor(
    private readonly folders: readonly string[],
    private readonly clock: string,
    private readonly limits: Pick<StepLimits, 'diskBytes' | 'files'>,
    /** Who writes, as far as that can be told: what they keep of files that they have deleted counts as well. */
    private readonly writers: () => readonly number[] | Promise<readonly number[]> = () => [],
  ) {
    this.#begin = this.#free();
    this.#sinceMs = this.#begin === null ? 0 : touched(clock);
  }

  /** The limit that was reached; null while none is known to be. */
  async look(): Promise<Exceeded | null> {
    const sinceMs = performance.now() - this.#lookedAt;
    if (sinceMs < this.#tookMs * PACE || (sinceMs < LONGEST_MS && !this.#mayMatter())) return null;
    return this.#exceeded();
  }

  /** As `look`, for when nothing writes any more. */
  async last(): Promise<Exceeded | null> {
    return this.#mayMatter() ? this.#exceeded() : null;
  }

  #mayMatter(): boolean {
    const free = this.#free();
    const { diskBytes, files } = this.limits;
    if (free === null || this.#begin === null) return false;
    return (
      free.bytes < LEAST_FREE_BYTES ||
      this.#begin.bytes - free.bytes > diskBytes / 2 ||
      this.#begin.files - free.files > files / 2
    );
  }

  async #exceeded(): Promise<Exceeded | null> {
    const { diskBytes, files } = this.limits;
    const begun = performance.now();
    const named = await writtenSince(this.folders, this.#sinceMs, { bytes: diskBytes, files });
    const most = { bytes: diskBytes - named.bytes, files: files - named.files };
    const nameless = await heldFiles(await this.writers(), most);
    const use = {
      bytes: named.bytes + nameless.bytes,
      files: named.files + nameless.files,
      blind: named.blind || nameless.blind,
    };
    this.#lookedAt = performance.now();
    this.#tookMs = this.#lookedAt - begun;
    if (use.files > files) return { limit: 'files', most: files, used: use.files };
    if (use.bytes > diskBytes) return { limit: 'disk', most: diskBytes, used: use.bytes };
    if (this.#begin === null || !this.#fills(use)) return null;
    return { limit: 'disk', most: Math.max(0, this.#begin.bytes - LEAST_FREE_BYTES), used: use.bytes };
  }

  /** Whether the disk is full, and by this command. */
  #fills({ bytes, blind }: DiskUse): boolean {
    return (this.#free()?.bytes ?? Infinity) < LEAST_FREE_BYTES && (blind || bytes > BLAMELESS_BYTES);
  }

  /** Null where the folder is gone: on the host, a step can take it away. */
  #free(): Free | null {
    try {
      const { bavail, bsize, ffree } = statfsSync(this.clock);
      return { bytes: bavail * bsize, files: ffree };
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return null;
      throw error;
    }
  }
}
