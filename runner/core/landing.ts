import type { OrderRecord } from '../generated/types.js';
import { delivered } from './delivered.js';
import { isLanding, isOnto, orderOfPull, type LandingOrder } from './delivery.js';
import type { Failure } from './failure.js';
import { isByPull, planResults, type PlannedResults } from './forge/results.js';
import type { CommitId, Instant } from './ids.js';
import { withoutWaiting, type Move } from './move.js';
import type { LoadedFormula, Observed } from './observed.js';
import { sandboxDown } from './parked.js';
import { byTurn } from './queue.js';
import { evidencePath, isLive, shipRef, type ActiveOrder, type StoredOrder } from './record.js';
import { resolving } from './resolver.js';

/** An order whose result is to be merged now. */
export interface Integration {
  readonly order: LandingOrder;
  readonly formula: LoadedFormula;
  readonly target: CommitId;
  /** The orders whose results are tried together, this one first. */
  readonly batch: readonly string[];
}

export interface LandingPlan {
  /** What is to be done on the forge. */
  readonly results: Pick<PlannedResults, 'opens' | 'merges' | 'asks'>;
  readonly moves: readonly Move[];
  readonly integrations: readonly Integration[];
  readonly blocked: readonly { readonly order: StoredOrder; readonly reason: string; readonly failure?: Failure }[];
}

/**
 * What becomes of results on their way into a target: one that is seen there is delivered, whoever brought it there; of the others, the first in each
 * target's queue is merged, where nobody is at that.
 */
export function planLanding(known: readonly StoredOrder[], observed: Observed): LandingPlan {
  const landing = known.filter(isLanding).sort(byTurn(observed.now));
  const moves: Move[] = [];
  const blocked: LandingPlan['blocked'][number][] = [];
  const integrations: Integration[] = [];
  const queues = new Map<string, LandingOrder[]>();
  const { moves: settled, blocked: awaited, ...results } = planResults(landing.filter(isByPull), observed);
  moves.push(...settled);
  blocked.push(...awaited);
  for (const order of landing) {
    const { id, shipped } = order.record;
    if (shipped.via !== 'merge') continue;
    const view = observed.targets.get(shipped.into);
    const formula = observed.formulas.get(order.record.run.formula);
    const waits = resolving(order, known, observed);
    if (view?.tip != null && view.holds.has(id)) moves.push(delivered(order, view.tip, observed.now));
    else if (isOnto(shipped) && !known.some(isLiveOf(shipped.into))) moves.push(leftOver(order, observed.now));
    else if (formula?.ok === true && formula.value.digest !== order.record.run.formulaDigest)
      moves.push(outdated(order));
    else if (waits !== null) blocked.push({ order, reason: waits });
    else queues.set(shipped.into, [...(queues.get(shipped.into) ?? []), order]);
  }
  for (const [into, queue] of queues) {
    const leads = known.find((order): order is ActiveOrder => isMerging(order, into));
    const ready = leads === undefined ? queue.find((order) => notYet(order, into, observed) === null) : undefined;
    for (const [place, order] of queue.entries()) {
      if (order !== ready) {
        const why = notYet(order, into, observed) ?? { reason: inQueue(into, place, leads ?? ready) };
        blocked.push({ order, ...why });
        continue;
      }
      const formula = observed.formulas.get(order.record.run.formula);
      const target = observed.targets.get(into)?.tip;
      if (formula?.ok !== true || target == null) throw new Error(`${order.record.id} is not ready to be merged`);
      const batch = [order, ...queue.slice(place + 1).filter((other) => notYet(other, into, observed) === null)];
      const most = observed.project.integrate?.batch ?? MOST_TOGETHER;
      const ids = batch.slice(0, most).map(({ record }) => record.id);
      integrations.push({ order, formula: formula.value, target, batch: ids });
    }
  }
  return { moves, integrations, results, blocked };
}

/** How many results are tried together where the project does not say. */
const MOST_TOGETHER = 5;

/** Whether a runner merges the order's result into that target now. */
const isMerging = (order: StoredOrder, into: string): boolean =>
  order.state === 'active' && order.record.run.integration?.into === into;

function inQueue(into: string, place: number, leads: StoredOrder | undefined): string {
  const before = leads === undefined ? '' : `; ${leads.record.id} is being merged`;
  return `number ${String(place + 1)} in the queue of ${into}${before}`;
}

/** What keeps an order from being merged now, though it may be its turn; null if nothing does. */
function notYet(
  order: LandingOrder,
  into: string,
  observed: Observed,
): { readonly reason: string; readonly failure?: Failure } | null {
  const { waiting, shipped, run } = order.record;
  const view = observed.targets.get(into);
  const why = waiting.failure === undefined ? {} : { failure: waiting.failure as Failure };
  if (observed.paused) return { reason: 'the file PAUSE is on the ops branch' };
  if (observed.remoteFailure !== null)
    return { reason: `the remote is not available: nothing is merged into ${into} until it is` };
  if (view?.tip == null) return { reason: `there is no branch ${into} to merge ${shipped.branch} into` };
  if (isOnto(shipped) && orderOfPull(observed.live, into) === undefined)
    return { reason: `${into} is on its way by no pull request now` };
  if (view.held !== null)
    return { reason: `${view.held}; merge it there by hand: git merge --ff-only ${shipped.branch}` };
  if (waiting.until !== undefined && waiting.until > observed.now) return { reason: waiting.reason, ...why };
  if (waiting.tried === view.tip) return { reason: waiting.reason, ...why };
  const formula = observed.formulas.get(run.formula);
  if (formula?.ok !== true) return { reason: `the formula ${run.formula} is gone or has errors` };
  const down = sandboxDown(formula.value.formula, observed);
  return down === null
    ? null
    : { reason: down.reason, ...(down.failure === undefined ? {} : { failure: down.failure }) };
}

const isLiveOf =
  (branch: string) =>
  ({ state, record }: StoredOrder): boolean =>
    isLive(state) && shipRef(record.id) === `refs/heads/${branch}`;

/** An order whose result was to go onto the branch of another one, which has ended: it stays on its own branch, for whoever still wants it. */
function leftOver(from: LandingOrder, now: Instant): Move {
  const { outage: _, waiting: __, ...record } = from.record;
  const { branch, commit, into } = from.record.shipped;
  const reason = `${into} is on its way no more; what it came to is on ${branch}`;
  const ended = { at: now, outcome: 'shipped' as const, branch, commit, evidence: evidencePath(record.run), reason };
  return { event: 'deliver', from, to: { state: 'done', record: { ...record, ended } } };
}

/** The end of an order that a runner was merging when it died, where its result is in the target; null where it is not. */
export function landedBefore(order: ActiveOrder, { targets, now }: Observed): Move | null {
  const { id, shipped } = order.record;
  const view = shipped === undefined ? undefined : targets.get(shipped.into);
  return view?.tip != null && view.holds.has(id) ? delivered(order, view.tip, now) : null;
}

/** A result of a formula that is another one now is nobody's to merge: its order starts anew. */
function outdated(order: LandingOrder): Move {
  return { event: 'requeue', from: order, to: { state: 'queue', record: withoutResult(order.record) } };
}

/** A record that starts anew: what an earlier run came to is not gone on with. */
export function withoutResult(record: OrderRecord): OrderRecord {
  const { run: _, shipped: __, ...rest } = withoutWaiting(record);
  return rest;
}
