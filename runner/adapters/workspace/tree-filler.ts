import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import type { TreeFile } from '../../app/ports/repository.js';
import type { Owner, Workspace } from '../../app/ports/workspaces.js';
import type { CatFile } from '../git/object-reader.js';
import type { GitPlaces } from '../git/places.js';
import { CommitIndex } from './commit-index.js';
import { unwritablePath } from './entry-names.js';
import { lstatIfThere, readRegular, writeRegular } from './files.js';
import { MOUNTED_GIT, makePrivateGit } from './private-git.js';
import { removeTree } from './remove-tree.js';
import { settled } from './settled.js';
import type { StatCache } from './stat-cache.js';
import { applyMove, moveBetween } from './tree-mover.js';
import { writeTree, type Target } from './tree-writer.js';

/** What is known of a tree while it is in use. */
export interface TreeState {
  readonly owner: Owner;
  readonly cache: StatCache;
}

/** Makes trees hold a commit, each with the private git directory that says so. */
export class TreeFiller {
  readonly #index: CommitIndex;
  #listed: { readonly commit: CommitId; readonly files: Promise<readonly TreeFile[]> } | null = null;

  constructor(
    private readonly places: GitPlaces,
    private readonly reader: CatFile,
    /** The git directory is mounted at `/git` (isolating drivers), or seen at its real place. */
    private readonly mounted: boolean,
    private readonly self: Owner,
  ) {
    this.#index = new CommitIndex(places);
  }

  /** What a commit holds. The steps of a run mostly start from the same few commits, so the last one is kept. */
  files(commit: CommitId): Promise<readonly TreeFile[]> {
    if (this.#listed?.commit === commit) return this.#listed.files;
    const files = this.reader.files(commit, ['']);
    const listed = { commit, files };
    this.#listed = listed;
    files.catch(() => {
      if (this.#listed === listed) this.#listed = null;
    });
    return files;
  }

  /** Makes a tree of any contents hold a commit. */
  fill(
    home: string,
    state: TreeState,
    commit: CommitId,
    keepIgnored: Target['keepIgnored'],
  ): Promise<Result<Workspace>> {
    return this.#finish(home, state, commit, async (dir) => {
      const files = await this.files(commit);
      const odd = oddPath(commit, files);
      if (odd !== null) return odd;
      if (lstatIfThere(dir)?.isDirectory() !== true) {
        removeTree(dir);
        mkdirSync(dir);
      }
      await writeTree({ dir, files, format: this.places.objectFormat, ...state, keepIgnored }, this.reader);
      return ok(null);
    });
  }

  /** The same for a tree that holds `from` and nothing else, by what differs. */
  move(home: string, state: TreeState, from: CommitId, commit: CommitId): Promise<Result<Workspace>> {
    return this.#finish(home, state, commit, async (dir) => {
      const move = await moveBetween(this.places, from, commit);
      if (!move.ok) return move;
      const odd = oddPath(commit, move.value.come);
      if (odd !== null) return odd;
      await applyMove(dir, move.value, state.owner, state.cache, this.reader);
      return ok(null);
    });
  }

  /** Makes a folder hold its commit and nothing else; false where what a step left cannot be cleaned away. */
  async clean(dir: string, at: CommitId, state: TreeState): Promise<boolean> {
    if (lstatIfThere(dir)?.isDirectory() !== true) return false;
    try {
      const files = await this.files(at);
      await writeTree({ dir, files, format: this.places.objectFormat, ...state, keepIgnored: false }, this.reader);
    } catch (error) {
      fileFailure(error);
      return false;
    }
    return true;
  }

  /** Whether the tree’s `.git` is the file that we wrote. */
  hasOwnGitFile({ dir, gitDir }: Workspace): boolean {
    return readRegular(join(dir, '.git'), 4096)?.toString('utf8') === this.#gitFile(gitDir);
  }

  async #finish(
    home: string,
    { owner }: TreeState,
    commit: CommitId,
    write: (dir: string) => Promise<Result<null>>,
  ): Promise<Result<Workspace>> {
    const [dir, gitDir] = [join(home, 'tree'), join(home, 'git')];
    try {
      // Beside each other: one is our work, the other git's.
      const [written, made] = await Promise.all([
        settled(write(dir)),
        settled(makePrivateGit(this.places, this.#index, gitDir, commit, owner, this.mounted)),
      ]);
      for (const result of [written(), made()]) if (!result.ok) return result;
      this.#writeGitFile(dir, gitDir);
    } catch (error) {
      return fail(fileFailure(error));
    }
    return ok({ dir, gitDir, objectDirs: this.places.objectDirs, at: commit });
  }

  #gitFile(gitDir: string): string {
    return `gitdir: ${this.mounted ? MOUNTED_GIT : gitDir}\n`;
  }

  /** Left alone where it is right: an open sandbox shows that very file. */
  #writeGitFile(dir: string, gitDir: string): void {
    const place = join(dir, '.git');
    const text = this.#gitFile(gitDir);
    if (readRegular(place, 4096)?.toString('utf8') === text) return;
    removeTree(place);
    writeRegular(place, Buffer.from(text), false, this.self);
  }
}

/** A failure of the file system (no space, no permission); anything else is a bug, and is thrown on. */
export function fileFailure(error: unknown): Failure {
  if (!(error instanceof Error && 'syscall' in error)) throw error;
  return { class: 'git-failed', command: 'work tree', exitCode: null, stderr: error.message };
}

function oddPath(
  commit: CommitId,
  files: readonly TreeFile[],
): { readonly ok: false; readonly failure: Failure } | null {
  const odd = unwritablePath(files.map(({ path }) => path));
  return odd === null
    ? null
    : fail({
        class: 'git-failed',
        command: 'work tree',
        exitCode: null,
        stderr: `${JSON.stringify(odd.path)} in ${commit} cannot be written: ${odd.why}`,
      });
}
