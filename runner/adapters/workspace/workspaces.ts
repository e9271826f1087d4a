import { randomUUID } from 'node:crypto';
import { constants, copyFileSync, lchownSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommitId, RunId } from '../../core/ids.js';
import { fail, ok, type Result } from '../../core/failure.js';
import type { Owner, SnapshotTaken, Workspace, Workspaces } from '../../app/ports.js';
import type { FastImport } from '../git/fast-import.js';
import type { CatFile } from '../git/object-reader.js';
import type { GitPlaces } from '../git/places.js';
import { moveRef } from '../git/refs.js';
import { hasCode, lstatIfThere, makeFolder, readLink, readRegular, writeLink, writeRegular } from './files.js';
import { MOUNTED_GIT, makePrivateGit } from './private-git.js';
import { StatCache } from './stat-cache.js';
import { TreeReader } from './tree-reader.js';
import { writeTree } from './tree-writer.js';

/** Work trees that are kept for the next run. */
const POOL = 8;

/**
 * Work trees under `.pushpals/`: `pool/<id>/` are free, `runs/<run>/trees/<n>/` belong to a run. Taking one is a rename, so that of two
 * processes one gets it.
 */
export class PooledWorkspaces implements Workspaces {
  readonly #caches = new Map<string, StatCache>();
  readonly #pool: string;
  readonly #runs: string;

  constructor(
    private readonly places: GitPlaces,
    private readonly reader: CatFile,
    private readonly writer: FastImport,
    /** The git directory is mounted at `/git` (isolating drivers), or seen at its real place. */
    private readonly mounted: boolean,
    private readonly nowMs: () => number,
    private readonly self: { readonly uid: number; readonly gid: number },
  ) {
    this.#pool = join(places.stateDir, 'pool');
    this.#runs = join(places.stateDir, 'runs');
  }

  async acquire(run: RunId, commit: CommitId, owner: Owner): Promise<Result<Workspace>> {
    const trees = join(this.#runs, run, 'trees');
    mkdirSync(trees, { recursive: true });
    const home = join(trees, randomUUID());
    if (!this.#takeFree(home)) mkdirSync(join(home, 'tree'), { recursive: true });
    return this.#hold(home, commit, owner, false);
  }

  async copy(run: RunId, from: Workspace, owner: Owner): Promise<Result<Workspace>> {
    const home = join(this.#runs, run, 'trees', randomUUID());
    mkdirSync(home, { recursive: true });
    copyFolder(from.dir, join(home, 'tree'), this.#foreign(owner));
    return this.#hold(home, from.at, owner, true);
  }

  async move(workspace: Workspace, commit: CommitId, owner: Owner): Promise<Result<Workspace>> {
    return this.#hold(homeOf(workspace), commit, owner, true);
  }

  async snapshot(workspace: Workspace, take: Parameters<Workspaces['snapshot']>[1]): Promise<Result<{ workspace: Workspace; taken: SnapshotTaken }>> {
    const [parent, ...merges] = take.parents;
    if (parent === undefined) throw new RangeError('a snapshot has a parent');
    const violation = (entries: readonly { path: string; why: string }[]): Result<never> => fail({ class: 'scope-violation', step: take.step, entries });
    const gitFile = readRegular(join(workspace.dir, '.git'), 4096);
    if (gitFile === null || gitFile.toString('utf8') !== this.#gitFile(workspace.gitDir)) {
      return violation([{ path: '.git', why: 'it was changed or replaced: a step must not touch it' }]);
    }
    const base = await this.reader.files(parent, ['']);
    const cache = this.#cacheOf(workspace);
    const read = new TreeReader(workspace.dir, base, this.places.objectFormat, cache, take.limits).read();
    cache.leave(this.nowMs());
    if (read.refused.length > 0) return violation(read.refused);
    let commit = parent;
    if (read.changes.length > 0 || merges.length > 0) {
      const written = await this.writer.commit(parent, [{ message: take.message, author: take.author, committer: take.author, at: take.at, changes: read.changes, merges }]);
      if (!written.ok) return written;
      commit = written.value;
    }
    const before = await this.reader.resolve(take.ref);
    const kept = before === commit ? ok(true) : await moveRef(this.places, take.ref, before, commit);
    if (!kept.ok) return kept;
    if (!kept.value) return fail({ class: 'git-failed', command: 'git update-ref', exitCode: null, stderr: `${take.ref} was moved by somebody else` });
    return ok({ workspace: { ...workspace, at: commit }, taken: { commit, changed: commit !== parent, leftIgnored: read.leftIgnored } });
  }

  release(workspace: Workspace): Promise<void> {
    const home = homeOf(workspace);
    const cache = this.#cacheOf(workspace);
    this.#caches.delete(workspace.dir);
    mkdirSync(this.#pool, { recursive: true });
    if (readdirSync(this.#pool).length >= POOL) {
      rmSync(home, { recursive: true, force: true });
    } else {
      writeFileSync(join(home, 'stat.json'), JSON.stringify(cache));
      renameSync(home, join(this.#pool, randomUUID()));
    }
    return Promise.resolve();
  }

  async sweep(alive: () => Promise<ReadonlySet<RunId>>): Promise<readonly RunId[]> {
    // Listed first and asked about after: a run that starts in between is not in the list.
    const found = namesIn(this.#runs) as RunId[];
    if (found.length === 0) return [];
    const living = await alive();
    const dead = found.filter((run) => !living.has(run));
    for (const run of dead) rmSync(join(this.#runs, run), { recursive: true, force: true });
    return dead;
  }

  #takeFree(home: string): boolean {
    for (const name of namesIn(this.#pool)) {
      try {
        renameSync(join(this.#pool, name), home);
        return true;
      } catch (error) {
        // Another process took it first.
        if (!hasCode(error, 'ENOENT')) throw error;
      }
    }
    return false;
  }

  async #hold(home: string, commit: CommitId, owner: Owner, keepIgnored: boolean): Promise<Result<Workspace>> {
    const dir = join(home, 'tree');
    const gitDir = join(home, 'git');
    const cache = this.#caches.get(dir) ?? savedCache(join(home, 'stat.json'));
    this.#caches.set(dir, cache);
    const foreign = this.#foreign(owner);
    if (foreign !== null) lchownSync(dir, foreign.uid, foreign.gid);
    const files = await this.reader.files(commit, ['']);
    const odd = files.find(({ path }) => path.includes('\ufffd'));
    if (odd !== undefined) return fail({ class: 'git-failed', command: 'checkout', exitCode: null, stderr: `${odd.path} in ${commit} has a name that is not valid UTF-8` });
    await writeTree({ dir, files, format: this.places.objectFormat, owner: foreign, keepIgnored, cache }, this.reader);
    this.#writeGitFile(dir, gitDir);
    const made = await makePrivateGit(this.places, gitDir, commit, foreign, this.mounted);
    if (!made.ok) return made;
    cache.leave(this.nowMs());
    return ok({ dir, gitDir, objectDirs: this.places.objectDirs, at: commit });
  }

  #gitFile(gitDir: string): string {
    return `gitdir: ${this.mounted ? MOUNTED_GIT : gitDir}\n`;
  }

  #writeGitFile(dir: string, gitDir: string): void {
    const place = join(dir, '.git');
    rmSync(place, { recursive: true, force: true });
    writeRegular(place, Buffer.from(this.#gitFile(gitDir)), false, null);
  }

  /** The owner to give files to; null where they belong to this process's user already. */
  #foreign(owner: Owner): Owner | null {
    return owner.uid === this.self.uid && owner.gid === this.self.gid ? null : owner;
  }

  #cacheOf({ dir }: Workspace): StatCache {
    const cache = this.#caches.get(dir) ?? new StatCache();
    this.#caches.set(dir, cache);
    return cache;
  }
}

const homeOf = ({ dir }: Workspace): string => join(dir, '..');

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** A cache that cannot be read is an empty one: every file is then read again. */
function savedCache(path: string): StatCache {
  try {
    return new StatCache(JSON.parse(readFileSync(path, 'utf8')) as ConstructorParameters<typeof StatCache>[0]);
  } catch (error) {
    if (hasCode(error, 'ENOENT') || error instanceof SyntaxError) return new StatCache();
    throw error;
  }
}

function copyFolder(from: string, to: string, owner: Owner | null): void {
  makeFolder(to, owner);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, place] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyFolder(source, place, owner);
    else if (entry.isSymbolicLink()) writeLink(place, readLink(source).toString('utf8'), owner);
    else if (entry.isFile() && lstatIfThere(source) !== null) {
      copyFileSync(source, place, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      if (owner !== null) lchownSync(place, owner.uid, owner.gid);
    }
  }
}
