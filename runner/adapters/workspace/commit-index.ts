import { readFileSync, rmSync } from 'node:fs';
import type { CommitId } from '../../core/ids.js';
import { ok, type Result } from '../../core/failure.js';
import { git } from '../git/command.js';
import type { GitPlaces } from '../git/places.js';
import { temporaryPlace } from '../git/temporary.js';

/** The index file of a commit, as git makes it. The steps of a run mostly start from the same few, so the last one is kept. */
export class CommitIndex {
  #last: { readonly commit: CommitId; readonly bytes: Promise<Result<Uint8Array>> } | null = null;

  constructor(private readonly places: GitPlaces) {}

  /** `git-failed` if git cannot read the commit. */
  async of(commit: CommitId): Promise<Result<Uint8Array>> {
    if (this.#last?.commit !== commit) this.#last = { commit, bytes: this.#make(commit) };
    const { bytes } = this.#last;
    const made = await bytes;
    if (!made.ok && this.#last?.bytes === bytes) this.#last = null;
    return made;
  }

  async #make(commit: CommitId): Promise<Result<Uint8Array>> {
    const place = temporaryPlace(this.places);
    try {
      const end = await git(this.places, ['read-tree', commit], {
        env: { ...this.places.runnerEnv, GIT_INDEX_FILE: place },
        cwd: this.places.runnerDir,
      });
      return end.ok ? ok(readFileSync(place)) : end;
    } finally {
      rmSync(place, { force: true });
    }
  }
}
