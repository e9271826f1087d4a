import type { CommitId } from '../../../runner/core/ids.js';
import { RUNNER } from '../../../runner/app/tools.js';
import { formats } from '../../../runner/adapters/formats.js';
import { entryAt, type Commit, type Objects } from '../git/objects.js';
import { isAncestor } from '../git/history.js';
import { trailersOf } from '../git/trailers.js';
import type { Broken } from './places.js';

/** What runners merge: the project's branch loses nothing, and goes only to what was checked. */
export class Targets {
  /** The trees that the project's own tests passed on. */
  readonly #tested = new Set<string>();

  constructor(
    private readonly objects: Objects,
    private readonly broken: Broken,
  ) {}

  /** A step of that name ended well on a commit. */
  passed(step: string, commit: string): void {
    const found = this.objects.commits.get(commit);
    if (step === 'project-test' && found !== undefined) this.#tested.add(found.tree.id);
  }

  moved(from: CommitId | null, to: CommitId | null): void {
    if (from === null) return;
    if (to === null || !isAncestor(this.objects, from, to)) {
      this.broken(`main was at ${from}, and lost that`);
      return;
    }
    const commit = this.objects.get(to);
    // A person's.
    if (commit.committer.email !== RUNNER.email) return;
    const { via, isTested } = this.#project(this.objects.get(from));
    if (via !== 'merge') this.broken(`main moved to ${to}, and the project wants nothing merged`);
    if (trailersOf(commit.message).every(([key]) => key !== 'PushPals-Run')) this.broken(`${to} on main is no run's`);
    const shared = entryAt(commit.tree, 'src/shared.txt');
    if (shared !== null && 'blob' in shared && /^(?:<{7}|>{7}) /m.test(Buffer.from(shared.blob.bytes).toString()))
      this.broken(`main moved to ${to}, which holds a conflict`);
    if (isTested && !this.#tested.has(commit.tree.id))
      this.broken(`main moved to ${to}, on which nobody ran its tests`);
  }

  #project({ tree }: Commit): { readonly via: string; readonly isTested: boolean } {
    const file = entryAt(tree, 'pushpals.yml');
    const read = file !== null && 'blob' in file ? formats.project('pushpals.yml', file.blob.bytes) : null;
    if (read?.ok !== true) return { via: 'nothing', isTested: false };
    const { integrate, commands } = read.value.value;
    return { via: integrate?.via ?? 'branch', isTested: commands?.['test'] !== undefined };
  }
}
