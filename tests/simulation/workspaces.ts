import { fail, ok, type Result } from '../../runner/core/failure.js';
import { epochMs, type CommitId, type RunId } from '../../runner/core/ids.js';
import type { SnapshotTaken, TreeSearch, Workspace, Workspaces } from '../../runner/app/ports/workspaces.js';
import { gitFailed, type Carry } from './carry.js';
import { fileMap } from './git/changes.js';
import { withFiles, type Blob, type FileMode } from './git/objects.js';
import { moveRef } from './git/repository.js';
import type { Store } from './git/store.js';
import { IGNORED } from './job.js';
import type { Folder, SimulatedMachine } from './machine.js';

const failed = gitFailed('work tree');

/** Work trees on a simulated machine. */
export class SimulatedWorkspaces implements Workspaces {
  constructor(
    private readonly machine: SimulatedMachine,
    private readonly store: Store,
    private readonly carry: Carry,
  ) {}

  acquire(run: RunId, commit: CommitId): Promise<Result<Workspace>> {
    return this.#make('acquire', run, commit, () => this.#checkout(commit));
  }

  copy(run: RunId, from: Workspace): Promise<Result<Workspace>> {
    return this.#make('copy', run, from.at, () => {
      const folder = this.machine.workTrees.get(from.dir);
      return folder === undefined ? null : new Map(folder);
    });
  }

  move(workspace: Workspace, commit: CommitId): Promise<Result<Workspace>> {
    return this.#fill('move', workspace, commit, (folder) => [...folder].filter(([path]) => path.startsWith(IGNORED)));
  }

  renew(workspace: Workspace, commit: CommitId): Promise<Result<Workspace>> {
    return this.#fill('renew', workspace, commit, () => []);
  }

  /** No step of a simulated project is a command-line agent's. */
  shield(workspace: Workspace): Promise<Result<Workspace>> {
    return Promise.resolve(ok(workspace));
  }

  /** As many calls as the real one makes that somebody could see: the commit, then the ref that keeps it. */
  async snapshot(
    workspace: Workspace,
    take: Parameters<Workspaces['snapshot']>[1],
  ): Promise<Result<{ workspace: Workspace; taken: SnapshotTaken }>> {
    const taken = await this.carry<Result<SnapshotTaken>>({
      what: 'workspaces.snapshot',
      about: take.ref,
      effect: () => {
        const folder = this.machine.workTrees.get(workspace.dir);
        // Its order was cancelled while this process stood still, and another one took the tree away.
        const gone = { path: '.git', why: 'it was changed or replaced: a step must not touch it' };
        if (folder === undefined) return fail({ class: 'scope-violation', step: take.step, entries: [gone] });
        return ok(this.#commit(folder, take));
      },
      failing: failed,
    });
    if (!taken.ok) return taken;
    const { commit } = taken.value;
    const accepted = commit === take.parents[0] || take.accept === undefined ? ok(null) : await take.accept(commit);
    if (!accepted.ok) return accepted;
    const kept = await this.carry<Result<boolean>>({
      what: 'workspaces.keep',
      about: take.ref,
      effect: () => {
        const before = this.store.resolve(take.ref);
        const isKept = before === commit || (before === null && commit === take.parents[0]);
        return isKept ? ok(true) : moveRef(this.store, take.ref, before, commit);
      },
      failing: failed,
    });
    if (!kept.ok) return kept;
    return kept.value ? ok({ workspace: { ...workspace, at: commit }, taken: taken.value }) : failed();
  }

  /** No step of a simulated project gets secrets. */
  search(): Promise<TreeSearch> {
    return Promise.resolve({ found: [], whole: true });
  }

  release(workspace: Workspace): Promise<void> {
    return this.carry({
      what: 'workspaces.release',
      about: workspace.dir,
      effect: () => {
        this.machine.workTrees.delete(workspace.dir);
      },
    });
  }

  async sweep(
    alive: () => Promise<ReadonlySet<RunId>>,
    areGone: Parameters<Workspaces['sweep']>[1],
  ): Promise<readonly RunId[]> {
    const found = await this.carry({
      what: 'workspaces.list',
      effect: () => [...new Set([...this.machine.workTrees.keys()].map(runOf))],
    });
    if (found.length === 0) return [];
    const living = await alive();
    const gone = new Set<RunId>();
    for (const run of found) if (!living.has(run) && (await areGone(run, ['host']))) gone.add(run);
    return this.carry({
      what: 'workspaces.sweep',
      effect: () => {
        const dead = found.filter((run) => gone.has(run));
        for (const dir of [...this.machine.workTrees.keys()])
          if (dead.includes(runOf(dir))) this.machine.workTrees.delete(dir);
        return dead;
      },
    });
  }

  #make(what: string, run: RunId, at: CommitId, contents: () => Folder | null): Promise<Result<Workspace>> {
    return this.carry<Result<Workspace>>({
      what: `workspaces.${what}`,
      about: `${run} ${at.slice(0, 8)}`,
      effect: () => {
        this.machine.count += 1;
        const dir = `/${run}/${String(this.machine.count)}`;
        const folder = contents();
        if (folder === null) return failed();
        this.machine.workTrees.set(dir, folder);
        return ok({ dir, gitDir: `${dir}.git`, objectDirs: [], at });
      },
      failing: failed,
    });
  }

  #fill(
    what: string,
    workspace: Workspace,
    commit: CommitId,
    kept: (folder: Folder) => Iterable<[string, string]>,
  ): Promise<Result<Workspace>> {
    return this.carry<Result<Workspace>>({
      what: `workspaces.${what}`,
      about: `${workspace.dir} ${commit.slice(0, 8)}`,
      effect: () => {
        const folder = new Map([
          ...kept(this.machine.workTrees.get(workspace.dir) ?? new Map<string, string>()),
          ...this.#checkout(commit),
        ]);
        this.machine.workTrees.set(workspace.dir, folder);
        return ok({ ...workspace, at: commit });
      },
      failing: failed,
    });
  }

  #checkout(commit: CommitId): Folder {
    const files = fileMap(this.store.objects.get(commit).tree);
    return new Map([...files].map(([path, { blob }]) => [path, Buffer.from(blob.bytes).toString('utf8')]));
  }

  #commit(folder: Folder, take: Parameters<Workspaces['snapshot']>[1]): SnapshotTaken {
    const { objects } = this.store;
    const [parent, ...merges] = take.parents;
    if (parent === undefined) throw new RangeError('a snapshot has a parent');
    const before = objects.get(parent).tree;
    const was = fileMap(before);
    const tracked = [...folder].filter(([path]) => !path.startsWith(IGNORED));
    const changes: [string, { mode: FileMode; blob: Blob } | null][] = [
      ...[...was.keys()].filter((path) => !folder.has(path)).map((path): [string, null] => [path, null]),
      ...tracked.map(([path, text]): [string, { mode: FileMode; blob: Blob }] => [
        path,
        { mode: was.get(path)?.mode ?? '100644', blob: objects.blob(text) },
      ]),
    ];
    const tree = withFiles(before, changes);
    const leftIgnored = tracked.length < folder.size;
    if (tree.id === before.id && merges.length === 0) return { commit: parent, changed: false, leftIgnored };
    const { message, author, at } = take;
    const seconds = Math.floor(epochMs(at) / 1000);
    const { id } = objects.commit({ tree, parents: take.parents, author, committer: author, seconds, message });
    return { commit: id, changed: id !== parent, leftIgnored };
  }
}

const runOf = (dir: string): RunId => (dir.split('/')[1] ?? '') as RunId;
