import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CommitId, RunId } from '../../core/ids.js';
import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import type { TreeFile } from '../../app/ports/repository.js';
import type {
  Owner,
  SearchLimits,
  SnapshotTaken,
  TreeSearch,
  Workspace,
  Workspaces,
} from '../../app/ports/workspaces.js';
import type { FastImport } from '../git/fast-import.js';
import type { CatFile } from '../git/object-reader.js';
import type { GitPlaces } from '../git/places.js';
import type { RefSession } from '../git/ref-session.js';
import { CommitIndex } from './commit-index.js';
import { copyTree } from './copy-tree.js';
import { unwritablePath } from './entry-names.js';
import { lstatIfThere, readRegular, writeRegular } from './files.js';
import { Homes, type Free } from './homes.js';
import { MOUNTED_GIT, makePrivateGit } from './private-git.js';
import { removeTree } from './remove-tree.js';
import { StatCache, everyWriteShows } from './stat-cache.js';
import { ChangedWhileRead, TreeReader } from './tree-reader.js';
import { applyMove, moveBetween } from './tree-mover.js';
import { settled } from './settled.js';
import { searchTree } from './tree-search.js';
import { writeTree } from './tree-writer.js';

/** What is known of a tree while it is in use. */
interface Held {
  readonly owner: Owner;
  readonly cache: StatCache;
}

/** Work trees under `.pushpals/`, reused from run to run. */
export class PooledWorkspaces implements Workspaces {
  readonly #held = new Map<string, Held>();
  readonly #homes: Homes;
  readonly #index: CommitIndex;
  #listed: { readonly commit: CommitId; readonly files: Promise<readonly TreeFile[]> } | null = null;
  #everyWriteShows: boolean | null = null;

  constructor(
    private readonly places: GitPlaces,
    private readonly reader: CatFile,
    private readonly writer: FastImport,
    private readonly refs: RefSession,
    /** The git directory is mounted at `/git` (isolating drivers), or seen at its real place. */
    private readonly mounted: boolean,
    private readonly nowMs: () => number,
    private readonly self: Owner,
  ) {
    this.#homes = new Homes(places.stateDir);
    this.#index = new CommitIndex(places);
  }

  async acquire(run: RunId, commit: CommitId, owner: Owner): Promise<Result<Workspace>> {
    const home = this.#homes.fresh(run);
    const free = this.#homes.take(home);
    if (free !== null) {
      const reused = await this.#reuse(home, free, commit, owner);
      if (reused.ok) return reused;
      // A new one is the answer, and shows whether the fault was the tree's.
      this.#homes.discard(home);
    }
    mkdirSync(home);
    return this.#fill(home, { owner, cache: new StatCache(this.#timesTell()) }, commit, false);
  }

  async copy(run: RunId, from: Workspace, owner: Owner): Promise<Result<Workspace>> {
    const home = this.#homes.fresh(run);
    mkdirSync(home);
    const known = this.#held.get(from.dir)?.cache;
    const cache = new StatCache(this.#timesTell());
    try {
      copyTree(from.dir, join(home, 'tree'), owner, (path, before, after) => {
        const id = known?.idOf(path, before) ?? null;
        if (id !== null) cache.learn(path, after, id);
      });
    } catch (error) {
      return fail(fileFailure(error));
    }
    return this.#fill(home, { owner, cache }, from.at, true);
  }

  move(workspace: Workspace, commit: CommitId, owner: Owner): Promise<Result<Workspace>> {
    return this.#refill(workspace, commit, owner, true);
  }

  renew(workspace: Workspace, commit: CommitId, owner: Owner): Promise<Result<Workspace>> {
    return this.#refill(workspace, commit, owner, false);
  }

  async snapshot(
    workspace: Workspace,
    take: Parameters<Workspaces['snapshot']>[1],
  ): Promise<Result<{ workspace: Workspace; taken: SnapshotTaken }>> {
    const [parent, ...merges] = take.parents;
    if (parent === undefined) throw new RangeError('a snapshot has a parent');
    const { owner, cache } = this.#held.get(workspace.dir) ?? {
      owner: this.self,
      cache: new StatCache(this.#timesTell()),
    };
    const violation = (entries: readonly { path: string; why: string }[]): Result<never> => {
      // What was not looked at would otherwise count as looked at from now on.
      this.#held.set(workspace.dir, { owner, cache: new StatCache(this.#timesTell()) });
      return fail({ class: 'scope-violation', step: take.step, entries });
    };
    const gitFile = readRegular(join(workspace.dir, '.git'), 4096);
    if (gitFile?.toString('utf8') !== this.#gitFile(workspace.gitDir)) {
      return violation([{ path: '.git', why: 'it was changed or replaced: a step must not touch it' }]);
    }
    const base = await this.#files(parent);
    const read = new TreeReader(workspace.dir, base, this.places.objectFormat, cache, take.limits).read();
    if (read.refused.length > 0) return violation(read.refused);
    cache.leave(this.nowMs());
    let commit = parent;
    if (read.changes.length > 0 || merges.length > 0) {
      try {
        const { message, author, at } = take;
        const written = await this.writer.commit(parent, [
          { message, author, committer: author, at, changes: read.changes, merges },
        ]);
        if (!written.ok) return written;
        commit = written.value;
      } catch (error) {
        if (error instanceof ChangedWhileRead)
          return violation([{ path: error.path, why: 'it changed while it was read' }]);
        throw error;
      }
    }
    const accepted = commit === parent || take.accept === undefined ? ok(null) : await take.accept(commit);
    if (!accepted.ok) return accepted;
    const before = await this.reader.resolve(take.ref);
    // What the step started from is kept already.
    const isKept = before === commit || (before === null && commit === parent);
    const kept = isKept ? ok(true) : await this.refs.move(take.ref, before, commit);
    if (!kept.ok) return kept;
    if (!kept.value)
      return fail({
        class: 'git-failed',
        command: 'git update-ref',
        exitCode: null,
        stderr: `${take.ref} was moved by somebody else`,
      });
    return ok({
      workspace: { ...workspace, at: commit },
      taken: { commit, changed: commit !== parent, leftIgnored: read.leftIgnored },
    });
  }

  search(
    { dir }: Workspace,
    finder: () => (bytes: Uint8Array) => number | null,
    limits: SearchLimits,
  ): Promise<TreeSearch> {
    return searchTree(dir, finder, limits);
  }

  /**
   * The tree is made to hold its commit and nothing else now, where nobody waits for it, and not when it is taken again: then only what
   * differs between two commits is left to do.
   */
  async release(workspace: Workspace): Promise<void> {
    const { dir, at } = workspace;
    const home = dirname(dir);
    const held = this.#held.get(dir);
    this.#held.delete(dir);
    if (held !== undefined && this.#homes.hasRoom() && (await this.#clean(dir, at, held))) {
      this.#homes.put(home, { at, owner: held.owner }, held.cache);
    } else {
      this.#homes.discard(home);
    }
  }

  async sweep(alive: () => Promise<ReadonlySet<RunId>>): Promise<readonly RunId[]> {
    // Listed first and asked about after: a run that starts in between is not in the list.
    const found = this.#homes.runs();
    this.#homes.emptyTrash();
    if (found.length === 0) return [];
    const living = await alive();
    const dead = found.filter((run) => !living.has(run));
    // Not to the pool: what their steps left running may still write.
    for (const run of dead) this.#homes.discardRun(run);
    return dead;
  }

  /** Moves a tree from the pool to a commit. A tree that belongs to somebody else is not worth converting. */
  async #reuse(home: string, free: Free, commit: CommitId, owner: Owner): Promise<Result<Workspace>> {
    if (free.owner.uid !== owner.uid || free.owner.gid !== owner.gid)
      return fail({ class: 'git-failed', command: 'work tree', exitCode: null, stderr: 'it belongs to somebody else' });
    const cache = new StatCache(this.#timesTell(), () => this.#homes.savedCache(home));
    return this.#finish(home, { owner, cache }, commit, async (dir) => {
      const move = await moveBetween(this.places, free.at, commit);
      if (!move.ok) return move;
      const odd = oddPath(commit, move.value.come);
      if (odd !== null) return odd;
      await applyMove(dir, move.value, owner, cache, this.reader);
      return ok(null);
    });
  }

  /** What a commit holds. The steps of a run mostly start from the same few commits, so the last one is kept. */
  #files(commit: CommitId): Promise<readonly TreeFile[]> {
    if (this.#listed?.commit === commit) return this.#listed.files;
    const files = this.reader.files(commit, ['']);
    const listed = { commit, files };
    this.#listed = listed;
    files.catch(() => {
      if (this.#listed === listed) this.#listed = null;
    });
    return files;
  }

  #refill(workspace: Workspace, commit: CommitId, owner: Owner, keepIgnored: boolean): Promise<Result<Workspace>> {
    const cache = this.#held.get(workspace.dir)?.cache ?? new StatCache(this.#timesTell());
    return this.#fill(dirname(workspace.dir), { owner, cache }, commit, keepIgnored);
  }

  /** Makes a tree of any contents hold a commit. */
  #fill(home: string, held: Held, commit: CommitId, keepIgnored: boolean): Promise<Result<Workspace>> {
    return this.#finish(home, held, commit, async (dir) => {
      const files = await this.#files(commit);
      const odd = oddPath(commit, files);
      if (odd !== null) return odd;
      if (lstatIfThere(dir)?.isDirectory() !== true) {
        removeTree(dir);
        mkdirSync(dir);
      }
      await writeTree({ dir, files, format: this.places.objectFormat, ...held, keepIgnored }, this.reader);
      return ok(null);
    });
  }

  async #finish(
    home: string,
    held: Held,
    commit: CommitId,
    write: (dir: string) => Promise<Result<null>>,
  ): Promise<Result<Workspace>> {
    const [dir, gitDir] = [join(home, 'tree'), join(home, 'git')];
    try {
      // Beside each other: one is our work, the other git's.
      const [written, made] = await Promise.all([
        settled(write(dir)),
        settled(makePrivateGit(this.places, this.#index, gitDir, commit, held.owner, this.mounted)),
      ]);
      for (const result of [written(), made()]) if (!result.ok) return result;
      this.#writeGitFile(dir, gitDir);
    } catch (error) {
      this.#held.delete(dir);
      return fail(fileFailure(error));
    }
    held.cache.leave(this.nowMs());
    this.#held.set(dir, held);
    return ok({ dir, gitDir, objectDirs: this.places.objectDirs, at: commit });
  }

  /** False where what a step left cannot be cleaned away. */
  async #clean(dir: string, at: CommitId, held: Held): Promise<boolean> {
    if (lstatIfThere(dir)?.isDirectory() !== true) return false;
    try {
      const files = await this.#files(at);
      await writeTree({ dir, files, format: this.places.objectFormat, ...held, keepIgnored: false }, this.reader);
    } catch (error) {
      fileFailure(error);
      return false;
    }
    held.cache.leave(this.nowMs());
    return true;
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

  #timesTell(): boolean {
    return (this.#everyWriteShows ??= everyWriteShows(this.places.stateDir));
  }
}

/** A failure of the file system (no space, no permission); anything else is a bug, and is thrown on. */
function fileFailure(error: unknown): Failure {
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
