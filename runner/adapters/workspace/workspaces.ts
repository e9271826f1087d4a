import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { instant, type CommitId, type RunId } from '../../core/ids.js';
import { fail, ok, type Result } from '../../core/failure.js';
import type { Person } from '../../app/ports/ops.js';
import type { DriverName } from '../../app/ports/sandbox.js';
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
import { searchChanges } from './change-search.js';
import { copyTree } from './copy-tree.js';
import { Homes, type Free } from './homes.js';
import { StatCache, everyWriteShows } from './stat-cache.js';
import { SHIELD_MESSAGE, beyondShield, shieldOf, shieldingChanges, type Shield } from './instruction-shield.js';
import { TreeFiller, fileFailure, type TreeState } from './tree-filler.js';
import { ChangedWhileRead, TreeReader } from './tree-reader.js';
import { searchTree } from './tree-search.js';

/** Work trees under `.pushpals/`, reused from run to run. */
export class PooledWorkspaces implements Workspaces {
  readonly #held = new Map<string, TreeState>();
  readonly #shields = new Map<string, Shield>();
  readonly #homes: Homes;
  readonly #filler: TreeFiller;
  #everyWriteShows: boolean | null = null;

  constructor(
    private readonly places: GitPlaces,
    private readonly reader: CatFile,
    private readonly writer: FastImport,
    private readonly refs: RefSession,
    /** Whose sandboxes show the trees. */
    driver: DriverName,
    private readonly nowMs: () => number,
    private readonly self: Owner,
  ) {
    this.#homes = new Homes(places.stateDir, driver);
    this.#filler = new TreeFiller(places, reader, driver !== 'host', self);
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

  async shield(workspace: Workspace, base: CommitId, owner: Owner, by: Person): Promise<Result<Workspace>> {
    const [theirs, files] = [await this.#filler.files(base), await this.#filler.files(workspace.at)];
    const shield = await shieldOf(theirs, files, this.reader);
    const changes = shieldingChanges(shield, files);
    // A commit that nothing refers to: no result, only what the tree and its git directory are made from.
    const commit = { message: SHIELD_MESSAGE(base), author: by, committer: by, at: instant(0), changes };
    const made = changes.length === 0 ? ok(workspace.at) : await this.writer.commit(workspace.at, [commit]);
    if (!made.ok) return made;
    const cache = this.#held.get(workspace.dir)?.cache ?? new StatCache(this.#timesTell());
    const filled = await this.#fill(dirname(workspace.dir), { owner, cache }, made.value, { except: shield.covers });
    if (filled.ok && changes.length > 0) this.#shields.set(workspace.dir, shield);
    return filled;
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
    if (!this.#filler.hasOwnGitFile(workspace)) {
      return violation([{ path: '.git', why: 'it was changed or replaced: a step must not touch it' }]);
    }
    const base = await this.#filler.files(parent);
    const { objectFormat } = this.places;
    const read = new TreeReader(workspace.dir, base, objectFormat, cache, take.limits).read();
    if (read.refused.length > 0) return violation(read.refused);
    const shield = this.#shields.get(workspace.dir);
    cache.leave(this.nowMs());
    let commit = parent;
    try {
      const changes = shield === undefined ? read.changes : beyondShield(shield, read.changes, objectFormat);
      const { search } = take;
      const found = search === undefined ? [] : await searchChanges(changes, search.finder);
      if (search !== undefined && found.length > 0) return fail(search.found(found));
      if (changes.length > 0 || merges.length > 0) {
        const { message, author, at } = take;
        const written = await this.writer.commit(parent, [{ message, author, committer: author, at, changes, merges }]);
        if (!written.ok) return written;
        commit = written.value;
      }
    } catch (error) {
      if (error instanceof ChangedWhileRead)
        return violation([{ path: error.path, why: 'it changed while it was read' }]);
      throw error;
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
      // What is shown in a shielded tree is not what the commit has: whoever goes on in it has it moved there.
      workspace: shield === undefined ? { ...workspace, at: commit } : workspace,
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
    this.#shields.delete(dir);
    if (held !== undefined && this.#homes.hasRoom() && (await this.#clean(dir, at, held))) {
      this.#homes.put(home, { at, owner: held.owner }, held.cache);
    } else {
      this.#homes.discard(home);
    }
  }

  async sweep(
    alive: () => Promise<ReadonlySet<RunId>>,
    areGone: Parameters<Workspaces['sweep']>[1],
  ): Promise<readonly RunId[]> {
    // Listed first and asked about after: a run that starts in between is not in the list.
    const found = this.#homes.runs();
    this.#homes.emptyTrash();
    if (found.length === 0) return [];
    const living = await alive();
    const removed: RunId[] = [];
    for (const run of found) {
      if (living.has(run) || !(await areGone(run, this.#homes.driversOf(run)))) continue;
      // Not to the pool: nobody knows what state their steps left them in.
      this.#homes.discardRun(run);
      removed.push(run);
    }
    return removed;
  }

  /** Moves a tree from the pool to a commit. A tree that belongs to somebody else is not worth converting. */
  async #reuse(home: string, free: Free, commit: CommitId, owner: Owner): Promise<Result<Workspace>> {
    if (free.owner.uid !== owner.uid || free.owner.gid !== owner.gid)
      return fail({ class: 'git-failed', command: 'work tree', exitCode: null, stderr: 'it belongs to somebody else' });
    const cache = new StatCache(this.#timesTell(), () => this.#homes.savedCache(home));
    const state = { owner, cache };
    return this.#hold(home, state, await this.#filler.move(home, state, free.at, commit));
  }

  #refill(workspace: Workspace, commit: CommitId, owner: Owner, keepIgnored: boolean): Promise<Result<Workspace>> {
    const cache = this.#held.get(workspace.dir)?.cache ?? new StatCache(this.#timesTell());
    return this.#fill(dirname(workspace.dir), { owner, cache }, commit, keepIgnored);
  }

  async #fill(
    home: string,
    state: TreeState,
    commit: CommitId,
    keepIgnored: Parameters<TreeFiller['fill']>[3],
  ): Promise<Result<Workspace>> {
    return this.#hold(home, state, await this.#filler.fill(home, state, commit, keepIgnored));
  }

  #hold(home: string, state: TreeState, made: Result<Workspace>): Result<Workspace> {
    const dir = join(home, 'tree');
    this.#shields.delete(dir);
    if (made.ok) {
      state.cache.leave(this.nowMs());
      this.#held.set(dir, state);
    } else this.#held.delete(dir);
    return made;
  }

  async #clean(dir: string, at: CommitId, state: TreeState): Promise<boolean> {
    const cleaned = await this.#filler.clean(dir, at, state);
    if (cleaned) state.cache.leave(this.nowMs());
    return cleaned;
  }

  #timesTell(): boolean {
    return (this.#everyWriteShows ??= everyWriteShows(this.places.stateDir));
  }
}
