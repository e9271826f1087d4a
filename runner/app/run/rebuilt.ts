import { fail, ok, type Result } from '../../core/failure.js';
import type { CommitId, Instant } from '../../core/ids.js';
import { RUNNER, type Tools } from '../tools.js';
import { mergeResolved, type Resolved } from './resolve.js';

/** More commits than this between a snapshot and the base of its run are none of a run. */
const MOST_COMMITS = 1000;

/**
 * The commits of a run, each merged into another base, with the ancestors that they had: two that went on from a third do so here as well, so that what either
 * of them took back of it is not brought back by the other where they are merged.
 */
export class Rebuilt {
  readonly #resolved = new Map<string, Resolved['by']>();
  readonly #made = new Map<CommitId, Promise<Result<CommitId>>>();

  /** `from` is the base that they have, `base` the one that they are to have. */
  constructor(
    private readonly repository: Tools['repository'],
    private readonly from: CommitId,
    private readonly base: CommitId,
    private readonly at: Instant,
  ) {}

  /** The rebuilt commit; the same however often it is asked for. `merge-conflict` where it does not fit the new base. */
  commit(commit: CommitId): Promise<Result<CommitId>> {
    if (commit === this.from) return Promise.resolve(ok(this.base));
    const known = this.#made.get(commit);
    if (known !== undefined) return known;
    const made = this.#make(commit);
    this.#made.set(commit, made);
    return made;
  }

  /** The conflicts on the way that were resolved by what people recorded, or by the target's rules. */
  get resolved(): readonly Resolved[] {
    return [...this.#resolved].map(([path, by]) => ({ path, by })).sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async #make(commit: CommitId): Promise<Result<CommitId>> {
    if (this.#made.size > MOST_COMMITS)
      return fail({
        class: 'state-conflict',
        what: `${commit} is more than ${String(MOST_COMMITS)} commits away from the base of its run`,
        hint: 'No run leaves such commits: `pushpals audit` says what else is wrong with the record.',
      });
    const merged = await mergeResolved(this.repository, this.base, commit);
    if (!merged.ok) return merged;
    for (const { path, by } of merged.value.resolved) this.#resolved.set(path, by);
    const parents: CommitId[] = [];
    for (const parent of await this.repository.parents(commit)) {
      const rebuilt = await this.#parent(parent);
      if (!rebuilt.ok) return rebuilt;
      parents.push(...rebuilt.value);
    }
    const distinct = [...new Set(parents)].filter((parent) => parent !== this.base);
    return this.repository.commitTree(
      merged.value.tree,
      distinct.length === 0 ? [this.base] : distinct,
      `${commit} on ${this.base}\n`,
      RUNNER,
      this.at,
    );
  }

  /** What stands for a parent. One that does not fit is nobody's to start from: its own parents do. */
  async #parent(commit: CommitId): Promise<Result<readonly CommitId[]>> {
    if (commit !== this.from && !this.#made.has(commit) && !(await this.repository.isAncestor(this.from, commit)))
      return ok([]);
    const rebuilt = await this.commit(commit);
    if (rebuilt.ok) return ok([rebuilt.value]);
    if (rebuilt.failure.class !== 'merge-conflict') return rebuilt;
    const above: CommitId[] = [];
    for (const parent of await this.repository.parents(commit)) {
      const each = await this.#parent(parent);
      if (!each.ok) return each;
      above.push(...each.value);
    }
    return ok(above);
  }
}
