import { delivered, type EndedPull } from '../../core/delivered.js';
import type { LandingOrder } from '../../core/delivery.js';
import { ok, type Failure } from '../../core/failure.js';
import type { PullRequest } from '../../core/forge/pull-request.js';
import { resultEvidence } from '../../core/forge/result-evidence.js';
import { isByPull, waits, waitsFor } from '../../core/forge/results.js';
import type { CommitId, Instant } from '../../core/ids.js';
import type { Move } from '../../core/move.js';
import type { StoredOrder } from '../../core/record.js';
import { readOpsAt } from '../observe.js';
import type { Tools } from '../tools.js';
import { transitionCommit, write } from '../transition.js';

/** What the forge did, or has against it, of the result of an order. */
export type Noted =
  | { readonly pull: PullRequest }
  /** It is in the target, which is at `tip`. */
  | { readonly tip: CommitId; readonly by: EndedPull }
  | { readonly reason: string; readonly failure?: Failure };

/** By the order's name, with the commit that was asked about. */
export type Notes = Map<string, { readonly commit: string; readonly noted: Noted }>;

/** Writes down what became of results, of those that are still what was asked about. */
export async function noteResults(tools: Tools, notes: Notes): Promise<void> {
  if (notes.size === 0) return;
  const written = await write(tools, async (tip) => {
    const { live } = await readOpsAt(tip, tools);
    return ok(
      live.filter(isByPull).flatMap((from) => {
        const found = notes.get(from.record.id);
        if (found?.commit !== from.record.shipped.commit) return [];
        const move = noting(from, found.noted, tools.clock.now());
        return JSON.stringify(move.to) === JSON.stringify(from)
          ? []
          : [transitionCommit({ ...move, files: resultEvidence(move.to) }, tools)];
      }),
    );
  });
  if (!written.ok) tools.report({ event: 'trouble', failure: written.failure });
}

function noting(from: LandingOrder, noted: Noted, now: Instant): Move {
  if ('tip' in noted) return delivered(from, noted.tip, now, noted.by);
  if ('reason' in noted) return waits(from, noted.reason, noted.failure);
  const { number, url } = noted.pull;
  const { shipped } = from.record;
  const { to } = waits(from, waitsFor(url, shipped.into));
  const record = { ...to.record, shipped: { ...shipped, pull: { number, url } } };
  return { event: 'open', from, to: { ...to, record } as StoredOrder };
}
