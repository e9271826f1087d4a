import type { CommitId } from '../../../runner/core/ids.js';
import { isAncestor } from '../git/history.js';
import type { Objects } from '../git/objects.js';
import { trailersOf } from '../git/trailers.js';
import type { Broken } from './places.js';

const SHIPPED = /^refs\/heads\/pushpals\/(.+)$/;

/** What runs put on branches: each its own order's, and each run one commit at the most. */
export class Ships {
  readonly #byRun = new Map<string, string>();

  constructor(
    private readonly objects: Objects,
    private readonly broken: Broken,
    private readonly main: () => CommitId,
  ) {}

  moved(ref: string, to: CommitId | null): void {
    const order = SHIPPED.exec(ref)?.[1];
    if (order === undefined || to === null) return;
    const trailers = new Map(trailersOf(this.objects.get(to).message));
    const run = trailers.get('PushPals-Run');
    // A person's.
    if (run === undefined) return;
    if (trailers.get('PushPals-Order') !== order) {
      // A person's branch may begin at what others merged.
      if (!isAncestor(this.objects, to, this.main())) this.broken(`${ref} got a commit of ${run}`);
      return;
    }
    const before = this.#byRun.get(run);
    if (before !== undefined && before !== to) this.broken(`${run} shipped twice: ${before} and ${to}`);
    this.#byRun.set(run, to);
  }
}
