import { createHash } from 'node:crypto';
import type { Change } from '../../../runner/core/change.js';
import { fail, ok, type Result } from '../../../runner/core/failure.js';
import { epochMs, instant, type BlobId, type CommitId, type Instant, type TreeId } from '../../../runner/core/ids.js';
import type { Person } from '../../../runner/app/ports/ops.js';
import type { AutoMerge, HistoryEntry, Repository, TreeFile } from '../../../runner/app/ports/repository.js';
import { gitFailed, throwing, type Carry } from '../carry.js';
import { changesOf, differences, patchOf } from './changes.js';
import { firstParents, isAncestor, lineOrigin, mergeBase } from './history.js';
import { autoMerge } from './merge.js';
import { entryAt, filesBelow, withFiles, type Entry, type FileMode, type Tree } from './objects.js';
import type { Store } from './store.js';
import { trailersOf } from './trailers.js';

/** A repository in memory, as `GitRepository` is one on disk. */
export class SimulatedRepository implements Repository {
  constructor(
    private readonly store: Store,
    private readonly carry: Carry,
  ) {}

  resolve(ref: string): Promise<CommitId | null> {
    return this.#read('resolve', ref, () => this.store.resolve(ref));
  }

  tree(commit: CommitId, folder = ''): Promise<TreeId | null> {
    return this.#read('tree', commit, () => {
      const found = this.#at(commit, folder);
      return found !== null && 'tree' in found ? found.tree.id : null;
    });
  }

  files(commit: CommitId, paths: readonly string[]): Promise<readonly TreeFile[]> {
    return this.#read('files', `${commit.slice(0, 8)} ${paths.join(' ')}`, () =>
      paths.flatMap((path) =>
        filesBelow(this.#at(commit, path), path).map(({ path: each, mode, blob }) => ({
          path: each,
          mode,
          blob: blob.id,
        })),
      ),
    );
  }

  blobs(ids: readonly BlobId[], maxBytes = Infinity): Promise<ReadonlyMap<BlobId, Uint8Array | null>> {
    return this.#read('blobs', String(ids.length), () => {
      const { blobs } = this.store.objects;
      return new Map(
        ids.map((id) => {
          const bytes = blobs.get(id)?.bytes;
          if (bytes === undefined) throw new Error(`blob ${id} is missing`);
          return [id, bytes.length > maxBytes ? null : bytes];
        }),
      );
    });
  }

  commitMessage(commit: CommitId): Promise<string> {
    return this.#read('commitMessage', commit, () => this.store.objects.get(commit).message);
  }

  parents(commit: CommitId): Promise<readonly CommitId[]> {
    return this.#read('parents', commit, () => this.store.objects.commits.get(commit)?.parents ?? []);
  }

  committer(commit: CommitId): Promise<string> {
    return Promise.resolve(this.store.objects.get(commit).committer.email);
  }

  committedAt(commit: CommitId): Promise<Instant> {
    return Promise.resolve(instant(this.store.objects.get(commit).seconds * 1000));
  }

  changes(from: CommitId, to: CommitId | TreeId): Promise<Result<readonly Change[]>> {
    return this.#ask('changes', to, () => ok(changesOf(this.#top(from), this.#topOf(to))));
  }

  differences(from: CommitId | TreeId, to: CommitId | TreeId): Promise<Result<ReadonlyMap<string, string | null>>> {
    return this.#ask('differences', to, () => {
      const found = differences(this.#topOf(from), this.#topOf(to));
      return ok(
        new Map(found.map(({ path, after }) => [path, after === null ? null : `${after.mode} ${after.blob.id}`])),
      );
    });
  }

  patch(from: CommitId, to: CommitId, maxBytes: number): Promise<Result<string>> {
    return this.#ask('patch', to, () => {
      const text = patchOf(this.#top(from), this.#top(to));
      return ok(
        text.length <= maxBytes
          ? text
          : `${text.slice(0, maxBytes)}\n[cut here: the diff is longer than ${String(maxBytes)} bytes]\n`,
      );
    });
  }

  commitTree(
    tree: TreeId,
    parents: readonly CommitId[],
    message: string,
    author: Person,
    at: Instant,
    committer = author,
  ): Promise<Result<CommitId>> {
    return this.#ask('commitTree', tree, () => {
      const seconds = Math.floor(epochMs(at) / 1000);
      const found = this.#treeById(tree);
      return ok(this.store.objects.commit({ tree: found, parents, author, committer, seconds, message }).id);
    });
  }

  async mergeTrees(ours: CommitId, theirs: CommitId): Promise<Result<TreeId>> {
    const merged = await this.autoMerge(ours, theirs);
    if (!merged.ok) return merged;
    const { tree, conflicts } = merged.value;
    return conflicts.length === 0
      ? ok(tree)
      : fail({ class: 'merge-conflict', step: '', paths: conflicts.map(({ path }) => path) });
  }

  autoMerge(ours: CommitId, theirs: CommitId): Promise<Result<AutoMerge>> {
    return this.#ask('autoMerge', `${ours} ${theirs}`, () => {
      const { commits } = this.store.objects;
      if (!commits.has(ours) || !commits.has(theirs)) return gitFailed('git merge-tree')();
      const { merged, tree } = autoMerge(this.store.objects, ours, theirs);
      this.store.objects.keep(tree);
      return ok(merged);
    });
  }

  mergeFile(
    current: Uint8Array,
    base: Uint8Array,
    other: Uint8Array,
    where: 'union' | 'conflict',
  ): Promise<Result<Uint8Array | null>> {
    const same = (one: Uint8Array, two: Uint8Array): boolean => Buffer.compare(one, two) === 0;
    if (same(current, other) || same(base, other)) return Promise.resolve(ok(current));
    if (same(base, current)) return Promise.resolve(ok(other));
    return Promise.resolve(ok(where === 'union' ? Buffer.concat([current, other]) : null));
  }

  replaceFiles(tree: TreeId, files: Parameters<Repository['replaceFiles']>[1]): Promise<Result<TreeId>> {
    return this.#ask('replaceFiles', tree, () => {
      const { objects } = this.store;
      const changes = new Map(
        files.map(({ path, mode, content }) => [path, { mode: mode as FileMode, blob: objects.blob(content) }]),
      );
      const made = withFiles(this.#treeById(tree), changes);
      objects.keep(made);
      return ok(made.id);
    });
  }

  digest(data: Uint8Array): string {
    return createHash('sha1').update(data).digest('hex');
  }

  mergeBase(one: CommitId, other: CommitId): Promise<CommitId | null> {
    return this.#read('mergeBase', one, () => mergeBase(this.store.objects, one, other));
  }

  lineOrigin(from: CommitId, to: CommitId, path: string, line: number): Promise<CommitId | null> {
    return this.#read('lineOrigin', path, () => lineOrigin(this.store.objects, from, to, path, line));
  }

  unmerged(folder: string, into: CommitId): Promise<readonly { ref: string; subject: string }[]> {
    return this.#read('unmerged', folder, () =>
      this.store
        .names()
        .filter((ref) => ref.startsWith(folder))
        .flatMap((ref) => {
          const tip = this.store.resolve(ref);
          if (tip === null || isAncestor(this.store.objects, tip, into)) return [];
          return [{ ref, subject: this.store.objects.get(tip).message.split('\n')[0] ?? '' }];
        }),
    );
  }

  recordedResolutions(): readonly [] {
    return [];
  }

  isAncestor(ancestor: CommitId, of: CommitId): Promise<boolean> {
    return this.#read('isAncestor', `${ancestor.slice(0, 8)} ${of.slice(0, 8)}`, () =>
      isAncestor(this.store.objects, ancestor, of),
    );
  }

  tipAt(tip: CommitId, at: Instant): Promise<CommitId | null> {
    return this.#read('tipAt', `${tip.slice(0, 8)} ${at}`, () => {
      for (const { commit } of firstParents(this.store.objects, tip))
        if (instant(commit.seconds * 1000) <= at) return commit.id;
      return null;
    });
  }

  moveRef(ref: string, from: CommitId | null, to: CommitId | null): Promise<Result<boolean>> {
    return this.carry({
      what: 'repository.moveRef',
      about: `${ref} ${from?.slice(0, 8) ?? 'none'} → ${to?.slice(0, 8) ?? 'none'}`,
      effect: () => moveRef(this.store, ref, from, to),
      failing: (done) => (done ? ok(false) : gitFailed('git update-ref')()),
    });
  }

  history(
    ref: string,
    { order, limit, without }: { readonly order?: string; readonly limit: number; readonly without?: CommitId },
  ): Promise<readonly HistoryEntry[]> {
    return this.#read('history', ref, () => {
      const tip = this.store.resolve(ref);
      const entries: HistoryEntry[] = [];
      for (const { commit } of tip === null ? [] : firstParents(this.store.objects, tip)) {
        if (without !== undefined && isAncestor(this.store.objects, commit.id, without)) break;
        const trailers = trailersOf(commit.message);
        const orders = trailers.flatMap(([key, value]) => (key === 'PushPals-Order' ? [value] : []));
        if (order !== undefined && !orders.includes(order)) continue;
        const event = trailers.find(([key]) => key === 'PushPals-Event')?.[1] ?? '';
        const at = new Date(commit.seconds * 1000).toISOString();
        entries.push({
          commit: commit.id,
          at,
          subject: commit.message.split('\n')[0] ?? '',
          order: orders[0] ?? '',
          event,
        });
        if (entries.length === limit) break;
      }
      return entries.reverse();
    });
  }

  #top(commit: string): Tree {
    return this.store.objects.get(commit).tree;
  }

  #at(commit: string, path: string): Entry | null {
    const found = this.store.objects.commits.get(commit);
    return found === undefined ? null : entryAt(found.tree, path);
  }

  /** Of a commit, or a tree itself. */
  #topOf(id: string): Tree {
    return this.store.objects.commits.get(id)?.tree ?? this.#treeById(id);
  }

  #treeById(id: string): Tree {
    const tree = this.store.objects.trees.get(id);
    if (tree === undefined) throw new Error(`tree ${id} is missing`);
    return tree;
  }

  /** What throws where git cannot answer. */
  #read<T>(what: string, about: string, effect: () => T): Promise<T> {
    return this.carry({
      what: `repository.${what}`,
      about: about.slice(0, 80),
      effect,
      failing: throwing(`git ${what}`),
    });
  }

  /** What fails by a value where git cannot answer. */
  #ask<T>(what: string, about: string, effect: () => Result<T>): Promise<Result<T>> {
    return this.carry({
      what: `repository.${what}`,
      about: about.slice(0, 40),
      effect,
      failing: gitFailed(`git ${what}`),
    });
  }
}

/** As git: a name that is a folder of other refs cannot be one, and says so. */
export function moveRef(store: Store, ref: string, from: CommitId | null, to: CommitId | null): Result<boolean> {
  if (to !== null && store.resolve(ref) === null && from === null && !store.canHold(ref))
    return gitFailed('git update-ref')();
  return ok(store.move(ref, from, to));
}
