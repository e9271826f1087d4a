/** Folders that outlive a run, on this machine, by the digest of what they depend on. */
import type { Owner } from './workspaces.js';

export interface CacheStore {
  /** Shows what is kept at a path where nothing is yet, to be mounted read-only: it may be the very same files. False: nothing is kept. */
  show(digest: string, place: string, owner: Owner): Promise<boolean>;
  /** A copy of what is kept, or an empty folder, at a path where nothing is yet; the owner may write to it. False: it is empty. */
  copy(digest: string, place: string, owner: Owner): Promise<boolean>;
  /** Keeps a copy of a folder, unless something is kept already: the first that wrote it wins. Why it was not kept, in words; null if it was, or if there was nothing to keep. */
  keep(digest: string, place: string, owner: Owner, mostBytes: number): Promise<string | null>;
  /** Removes what was not used for longest until the rest takes at most so many bytes. */
  sweep(mostBytes: number): Promise<void>;
}
