import { fail, ok, type Result } from '../core/failure.js';
import type { CommitId } from '../core/ids.js';
import type { Tools } from './tools.js';

/** Where the runner keeps the last tip of the ops branch that it has seen: also what was rewritten stays there to be looked at. */
export const seenRef = (opsRef: string): string => `refs/pushpals/seen/${opsRef.replace('refs/heads/', '')}`;

/** Follows the ops branch from where the tick before left it: no history that was rewritten is ever worked on. */
export class SeenHistory {
  /** What the ref says. */
  #noted: CommitId | null = null;
  #last: CommitId | null = null;

  constructor(private readonly tools: Pick<Tools, 'repository' | 'ops'>) {}

  /** Fails with `state-conflict` if what was seen before is not in the history of a tip (the branch's own, unless one is named). */
  async check(at?: CommitId): Promise<Result<null>> {
    const { repository, ops } = this.tools;
    if (at !== undefined && at === this.#last) return ok(null);
    this.#noted = await repository.resolve(seenRef(ops.ref));
    const before = this.#last ?? this.#noted;
    const tip = at ?? (await ops.tip());
    if (before !== null && tip !== null && before !== tip && !(await repository.isAncestor(before, tip))) {
      return fail({
        class: 'state-conflict',
        what: `the history of ${ops.ref} was rewritten: ${before.slice(0, 12)} was its tip, and is not in it any more`,
        hint: `Take it back (git update-ref ${ops.ref} ${before}), or, if it was you who meant it, forget the old one: git update-ref -d ${seenRef(ops.ref)}.`,
      });
    }
    this.#last = tip;
    return ok(null);
  }

  /** Remembers the tip for the next tick. One that cannot only remembers less. */
  async note(): Promise<Result<null>> {
    const checked = await this.check();
    if (!checked.ok) return checked;
    const { repository, ops } = this.tools;
    const noted = this.#noted;
    if (this.#last !== null && this.#last !== noted) await repository.moveRef(seenRef(ops.ref), noted, this.#last);
    return ok(null);
  }

  /** Goes on with a repository that was opened anew. Whoever deleted the ref has all of it forgotten. */
  async anew(tools: Pick<Tools, 'repository' | 'ops'>): Promise<SeenHistory> {
    const next = new SeenHistory(tools);
    const isKept =
      tools.ops.ref === this.tools.ops.ref && (await tools.repository.resolve(seenRef(tools.ops.ref))) !== null;
    if (isKept) next.#last = this.#last;
    return next;
  }
}
