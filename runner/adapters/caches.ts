import { linkSync, lutimesSync, mkdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CacheStore } from '../app/ports/caches.js';
import type { Owner } from '../app/ports/workspaces.js';
import { sizeText } from '../core/size-text.js';
import { readIfThere } from './git/small-files.js';
import { copyTree } from './workspace/copy-tree.js';
import { hasCode, lstatIfThere, makeFolder, namesIn, readLink, writeLink } from './workspace/files.js';
import { listFolder } from './workspace/listing.js';
import { removeTree } from './workspace/remove-tree.js';

const MOST_ENTRIES = 500_000;
/** A run that was shown a cache may go on with it for so long. */
const IN_USE_MS = 3_600_000;

/**
 * Caches under `.pushpals/cache/<digest>/`: `content/` and `bytes`, whose time is that of the last use. What is kept is a copy that no sandbox ever had, moved into
 * place as a whole; so nothing that still runs can change it.
 */
export class LocalCaches implements CacheStore {
  readonly #home: string;
  #made = 0;

  constructor(
    stateDir: string,
    private readonly now: () => number,
  ) {
    this.#home = join(stateDir, 'cache');
  }

  show(digest: string, place: string, owner: Owner): Promise<boolean> {
    const content = this.#use(digest);
    if (content === null) return Promise.resolve(false);
    linkTree(content, place, owner);
    return Promise.resolve(true);
  }

  copy(digest: string, place: string, owner: Owner): Promise<boolean> {
    const content = this.#use(digest);
    if (content === null) makeFolder(place, owner);
    else copyTree(content, place, owner, () => undefined);
    return Promise.resolve(content !== null);
  }

  keep(digest: string, place: string, owner: Owner, mostBytes: number): Promise<string | null> {
    if (lstatIfThere(join(this.#home, digest)) !== null || lstatIfThere(place)?.isDirectory() !== true)
      return Promise.resolve(null);
    this.#made += 1;
    const aside = join(this.#home, `.${String(process.pid)}-${String(this.#made)}`);
    try {
      const { bytes, entries, nameless } = sizeOf(place, mostBytes);
      if (entries === 0) return Promise.resolve(null);
      if (bytes > mostBytes) return Promise.resolve(`it is larger than ${sizeText(mostBytes)}`);
      // A copy would be without it, and a cache that is not whole is worse than none.
      if (nameless > 0) return Promise.resolve('a file in it has a name that is not valid UTF-8');
      if (entries > MOST_ENTRIES) return Promise.resolve(`it has more than ${String(MOST_ENTRIES)} files`);
      mkdirSync(aside, { recursive: true });
      copyTree(place, join(aside, 'content'), owner, () => undefined);
      writeFileSync(join(aside, 'bytes'), String(bytes));
      renameSync(aside, join(this.#home, digest));
      return Promise.resolve(null);
    } catch (error) {
      removeTree(aside);
      // Another run was first.
      if (hasCode(error, 'EEXIST', 'ENOTEMPTY')) return Promise.resolve(null);
      // What a step may leave to stop us, or a machine that has no room for what it can do without.
      if (hasCode(error, 'EACCES', 'EPERM', 'ENAMETOOLONG', 'ENOSPC', 'EDQUOT', 'EMLINK', 'EILSEQ', 'ENOENT'))
        return Promise.resolve((error as Error).message);
      throw error;
    }
  }

  sweep(mostBytes: number): Promise<void> {
    const now = this.now();
    const kept = namesIn(this.#home).flatMap((name) => {
      const used = lstatIfThere(join(this.#home, name, 'bytes'))?.mtimeMs;
      const place = join(this.#home, name);
      const half = lstatIfThere(place);
      // What a runner that died was about to keep.
      if (used === undefined) {
        if (half !== null && now - half.mtimeMs > IN_USE_MS) removeTree(place);
        return [];
      }
      return [{ place, used, bytes: Number(readIfThere(join(place, 'bytes'))) || 0 }];
    });
    let left = kept.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { place, used, bytes } of kept.sort((a, b) => a.used - b.used)) {
      if (left <= mostBytes) break;
      if (now - used < IN_USE_MS) continue;
      this.#made += 1;
      const aside = join(this.#home, `.${String(process.pid)}-${String(this.#made)}`);
      try {
        renameSync(place, aside);
      } catch (error) {
        // Another tick removes it.
        if (!hasCode(error, 'ENOENT')) throw error;
      }
      removeTree(aside);
      left -= bytes;
    }
    return Promise.resolve();
  }

  /** Where the content is, noting that it was used; null where there is none. */
  #use(digest: string): string | null {
    const home = join(this.#home, digest);
    if (lstatIfThere(join(home, 'bytes')) === null) return null;
    const now = this.now() / 1000;
    utimesSync(join(home, 'bytes'), now, now);
    return join(home, 'content');
  }
}

/** The same files in other folders. */
function linkTree(from: string, to: string, owner: Owner): void {
  makeFolder(to, owner);
  for (const entry of listFolder(from).entries) {
    const [source, place] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, place, owner);
    else if (entry.isFile()) linkSync(source, place);
    else if (entry.isSymbolicLink()) {
      writeLink(place, readLink(source), owner);
      const { atime, mtime } = lstatIfThere(source) ?? { atime: 0, mtime: 0 };
      lutimesSync(place, atime, mtime);
    }
  }
}

/** Sizes of files and numbers of entries below a folder, of whose name is no text as well, until either is more than may be. */
function sizeOf(
  folder: string,
  mostBytes: number,
): { readonly bytes: number; readonly entries: number; readonly nameless: number } {
  let [bytes, entries, nameless] = [0, 0, 0];
  const folders = [folder];
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    const listed = listFolder(at);
    nameless += listed.nameless.length;
    entries += listed.nameless.length;
    for (const entry of listed.entries) {
      entries += 1;
      const place = join(at, entry.name);
      if (entry.isDirectory()) folders.push(place);
      else bytes += lstatIfThere(place)?.size ?? 0;
    }
    if (bytes > mostBytes || entries > MOST_ENTRIES) break;
  }
  return { bytes, entries, nameless };
}
