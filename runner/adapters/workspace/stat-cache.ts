import type { Stats } from 'node:fs';

/** How a file looked when its contents were last known, and what they were. */
interface Known {
  readonly look: string;
  readonly ctimeMs: number;
  readonly id: string;
}

/**
 * What is known of a work tree's files, so that unchanged ones are never read. As in git's index, a file that changed within the
 * clock's grain of when the tree was left to others is not trusted: a later change could look the same.
 */
export class StatCache {
  #known: Map<string, Known>;
  #leftAtMs: number;

  constructor(saved?: { readonly leftAtMs: number; readonly files: readonly (readonly [string, string, number, string])[] }) {
    this.#known = new Map((saved?.files ?? []).map(([path, look, ctimeMs, id]) => [path, { look, ctimeMs, id }]));
    this.#leftAtMs = saved?.leftAtMs ?? 0;
  }

  /** The object id of a file that looks as it did; null if it has to be read. */
  idOf(path: string, stat: Stats): string | null {
    const known = this.#known.get(path);
    if (known === undefined || known.ctimeMs > this.#leftAtMs - GRAIN_MS || known.look !== lookOf(stat)) return null;
    return known.id;
  }

  learn(path: string, stat: Stats, id: string): void {
    this.#known.set(path, { look: lookOf(stat), ctimeMs: stat.ctimeMs, id });
  }

  forget(path: string): void {
    this.#known.delete(path);
  }

  /** From now on others may write to the tree. */
  leave(nowMs: number): void {
    this.#leftAtMs = nowMs;
  }

  toJSON(): unknown {
    return { leftAtMs: this.#leftAtMs, files: [...this.#known].map(([path, { look, ctimeMs, id }]) => [path, look, ctimeMs, id]) };
  }
}

/** Coarser than any file system's time stamps on the systems we run on (a kernel tick is at most 10 ms). */
const GRAIN_MS = 20;

const lookOf = (stat: Stats): string => [stat.mode, stat.size, stat.mtimeMs, stat.ctimeMs, stat.ino, stat.uid].join(' ');
