import { ok } from '../../core/failure.js';
import type { PullRequest } from '../../core/forge/pull-request.js';
import type { SeenPull, SeenSignals } from '../../core/forge/seen.js';
import { isBusy } from '../../core/forge/signals.js';
import type { SignalUses } from '../../core/forge/uses.js';
import type { CommitId } from '../../core/ids.js';
import type { StoredOrder } from '../../core/record.js';
import type { Forge, Told } from '../ports/forge.js';

/** So many pull requests are asked about in one look. */
const MOST = 20;

/**
 * What the forge says of the project's branch at `tip`, and of the open pull requests of results, by their orders. Of one whose branch a run goes on with already nothing is to be
 * learnt. What is required there is told by the branch that each goes into.
 */
export async function seeSignals(
  forge: Forge,
  uses: SignalUses,
  branch: { readonly name: string; readonly tip: CommitId | null },
  results: ReadonlyMap<string, PullRequest>,
  live: readonly StoredOrder[],
): Told<SeenSignals> {
  const { name, tip } = branch;
  const built = uses.branch && tip !== null ? await forge.checks(tip, name) : null;
  if (built?.ok === false) return built;
  const pulls: SeenPull[] = [];
  for (const [order, listed] of results) {
    const of = live.find(({ record }) => record.id === order);
    if (pulls.length >= MOST || listed.state !== 'open' || of === undefined || isBusy(of, live)) continue;
    // A list of pull requests does not say on every forge whether they conflict.
    const asked = uses.conflicts && listed.mergeable === null ? await forge.pull(listed.number) : ok(listed);
    if (!asked.ok) return asked;
    const pull = asked.value;
    if (pull?.state !== 'open') continue;
    const checks = uses.checks ? await forge.checks(pull.head.commit, pull.base) : ok([]);
    if (!checks.ok) return checks;
    const reviews = uses.reviews ? await forge.reviews(pull.number) : ok([]);
    if (!reviews.ok) return reviews;
    pulls.push({ order, pull, checks: checks.value, reviews: reviews.value });
  }
  return ok({ branch: built === null || tip === null ? null : { name, tip, checks: built.value }, pulls });
}
