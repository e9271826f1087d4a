import { fail, ok, RECOVERY, type Failure, type Result } from '../../../core/failure.js';
import type { Node } from '../../../core/graph.js';
import { durationMs, type CommitId } from '../../../core/ids.js';
import type { ResolvedIn } from '../../../core/merge-evidence.js';
import { passesOn } from '../check-step.js';
import type { Member } from './member.js';

/** A check that was run on what comes of a merge. */
export interface Tried {
  readonly order: string;
  readonly step: string;
  readonly commit: CommitId;
  readonly passed: boolean;
  readonly exitCode: number | null;
  readonly tail: string;
}

/** Runs checks on what comes of merges, and remembers both: the same check, of whichever order, is run on a commit once. */
export class TryOuts {
  readonly #known = new Map<string, Tried>();

  /** What was resolved in the merges that were tried. */
  readonly resolved: ResolvedIn[] = [];

  /** Everything that was run, in its order. */
  get all(): readonly Tried[] {
    return [...this.#known.values()];
  }

  /** Whether a commit passes all checks of these results: null, or the first that it does not pass. Fails where a check could not be run. */
  async failing(members: readonly Member[], commit: CommitId): Promise<Result<Tried | null>> {
    for (const member of members) {
      for (const node of member.checks) {
        const tried = await this.once(member, node, commit);
        if (!tried.ok) return tried;
        if (!tried.value.passed) return ok(tried.value);
      }
    }
    return ok(null);
  }

  async once(member: Member, node: Node, commit: CommitId): Promise<Result<Tried>> {
    const key = `${commit} ${identity(member, node)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return ok(known);
    const done = await attempted(member, node, commit);
    if (!done.ok) return done;
    const tried = { order: member.record.id, step: node.key, commit, ...done.value };
    this.#known.set(key, tried);
    return ok(tried);
  }
}

/** What tells one check from another. A script of a formula's own may look at the order that it is for; a command of the project's is for all of them. */
function identity({ record, context }: Member, { step, matrix }: Node): string {
  const { id: _, needs: __, when: ___, ...asked } = step;
  const own = typeof step.check === 'object' ? null : [record.id, context.inputs];
  return JSON.stringify([asked, matrix, own]);
}

type Came = Pick<Tried, 'passed' | 'exitCode' | 'tail'>;

/** As often as its `retry` allows. */
async function attempted({ context, trees }: Member, node: Node, commit: CommitId): Promise<Result<Came>> {
  const { attempts = 1, backoff = '1s' } = node.step.retry ?? {};
  for (let attempt = 1; ; attempt += 1) {
    const came = await passesOn(context, trees, node, commit, `merge-${node.key}`);
    if (context.signal.aborted) return fail({ class: 'claim-lost', order: context.journal.order.record.id });
    const again: Failure | null = came.ok ? null : context.secrets.masked(came.failure);
    const isOver = came.ok ? came.value.passed : RECOVERY[came.failure.class] !== 'retry';
    if (isOver || attempt >= attempts) return again === null ? came : fail(again);
    await context.tools.clock.sleep(Math.min(durationMs(backoff) * 2 ** (attempt - 1), 600_000), context.signal);
  }
}
