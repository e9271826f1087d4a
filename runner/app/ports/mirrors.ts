/** Remotes that only follow the project. */
import type { CommitId } from '../../core/ids.js';
import type { Result } from '../../core/failure.js';
import type { MirrorTrouble } from '../../core/mirrors.js';

type Refs = ReadonlyMap<string, CommitId>;

export interface Mirrors {
  /** The branches and tags of a mirror, by their full names, as the person's own git reaches it. */
  refs(remote: string): Promise<Result<Refs, MirrorTrouble>>;
  /** The branches and tags of the project that are wanted: as the remote that runners share has them, where there is one. Their commits may be away yet. */
  sources(wanted: (ref: string) => boolean): Promise<Result<Refs, MirrorTrouble>>;
  /** Gets what these refs of the project point at. */
  bring(refs: readonly string[]): Promise<Result<null, MirrorTrouble>>;
  /** Pushes refs, each by itself, and none by force. */
  push(remote: string, refs: Refs): Promise<Result<null, MirrorTrouble>>;
}
