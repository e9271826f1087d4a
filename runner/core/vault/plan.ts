import type { OrderRecord, VaultRequest } from '../../generated/types.js';
import type { Failure } from '../failure.js';
import type { Instant } from '../ids.js';
import { withoutWaiting, type Move, type RequestMove } from '../move.js';
import type { LoadedFormula, Observed } from '../observed.js';
import type { Decision } from '../policy.js';
import type { StoredOrder } from '../record.js';
import { fullOfRequests } from '../limits.js';
import { secretNames } from '../secrets/grants.js';
import { imagesNow, movedImage } from './images.js';
import {
  CANCEL,
  RETRY,
  questionRequest,
  requestId,
  startRequest,
  unanswered,
  subjectOf,
  type SubjectParts,
} from './request.js';
import { settle, waiting as waitingWords, type Settled } from './settle.js';

/** What became of the request that an order waits for; null if it waits for none. */
export function settledOf(order: StoredOrder, observed: Observed): Settled | null {
  if (order.state !== 'waiting' || order.record.waiting.on !== 'approval') return null;
  const { record } = order;
  const id = record.waiting.request ?? '';
  const view = observed.requests.get(id);
  if (view === undefined) return { is: 'over', outcome: 'void', reason: `the request ${id} is not there` };
  const loaded = observed.formulas.get(record.formula);
  const parts = subjectParts(record, loaded?.ok === true ? loaded.value : null, observed);
  const settled = settle(view, id, record, parts, observed.policy, observed.now, observed.runner);
  if (settled.is !== 'go') return settled;
  const images = imagesNow(loaded?.ok === true ? loaded.value : null, observed);
  return movedImage(settled.request.subject.images ?? {}, images, observed.sharedBy !== null) ?? settled;
}

/** What a request of an order asks about, beside what a run makes of it. */
export function subjectParts(
  { order }: Pick<OrderRecord, 'order'>,
  loaded: Pick<LoadedFormula, 'formula' | 'digest'> | null,
  { sha256, policyDigest, project }: Pick<Observed, 'sha256' | 'policyDigest' | 'project'>,
): Pick<SubjectParts, 'order' | 'formula' | 'policy' | 'image' | 'secrets'> {
  const { image } = project.sandbox ?? {};
  const secrets = loaded === null ? [] : [...secretNames(loaded.formula)];
  return {
    order: sha256(JSON.stringify(order)),
    formula: loaded?.digest ?? '',
    policy: policyDigest,
    ...(image === undefined ? {} : { image }),
    ...(secrets.length === 0 ? {} : { secrets }),
  };
}

export const approvalNeeded = ({ record }: StoredOrder): Failure => ({
  class: 'approval-needed',
  request: record.waiting?.request ?? '',
});

/** The digest by which a request's file is known again. */
export const askedDigest = (request: VaultRequest, sha256: (text: string) => string): string =>
  sha256(JSON.stringify(unanswered(request)));

/** A request for an order that may not start without one, unless too many wait already. */
export function ask(
  order: StoredOrder,
  decision: Decision,
  observed: Observed,
  later: readonly Move[],
): { is: 'asks'; move: Move; reason: string; failure: Failure } | { is: 'over'; reason: string; failure: Failure } {
  const open = observed.requests.size + later.filter(({ event }) => event === 'ask').length;
  const full = fullOfRequests(observed.policy, open);
  if (full !== null)
    return {
      is: 'over',
      reason: `${full.rule}: ${full.because}`,
      failure: { class: 'policy-denied', reasons: [full] },
    };
  const { record } = order;
  const loaded = observed.formulas.get(record.formula);
  const formula = loaded?.ok === true ? loaded.value : null;
  const kind = formula === null ? ('question' as const) : ('start' as const);
  const images = formula === null ? {} : imagesNow(formula, observed);
  const parts = {
    ...subjectParts(record, formula, observed),
    base: observed.base as string,
    ...(Object.keys(images).length === 0 ? {} : { images }),
  };
  const subject = subjectOf({ kind, order: record.id }, parts, observed.sha256);
  const id = requestId(record.id, subject, observed.now, observed.sha256);
  const about = { id, record, decision, subject, now: observed.now };
  const request =
    formula === null
      ? questionRequest({
          ...about,
          what: 'No formula does this yet. Which one should, or should the order be cancelled',
          details: record.order.context === undefined ? [] : [record.order.context],
          answers: [...observed.formulaNames, CANCEL],
        })
      : startRequest({ ...about, formula: formula.formula });
  const move = asking(order, withoutWaiting(record), request, observed.now, observed.sha256);
  return { is: 'asks', move, reason: waitingWords(request), failure: { class: 'approval-needed', request: id } };
}

/** The move of an order to where it waits for a request. */
export function asking(
  from: StoredOrder,
  record: OrderRecord,
  request: VaultRequest,
  now: Instant,
  sha256: (text: string) => string,
): Move & { readonly request: RequestMove } {
  const waiting = {
    since: now,
    on: 'approval' as const,
    until: request.expires,
    request: request.id,
    asked: askedDigest(request, sha256),
    reason: waitingWords(request),
  };
  return {
    event: 'ask',
    from,
    to: { state: 'waiting', record: { ...record, waiting } },
    request: { request, from: null, to: 'pending' },
  };
}

export function requestMoves(
  order: StoredOrder,
  settled: Exclude<Settled, { is: 'waits' | 'go' }>,
  observed: Observed,
): readonly Move[] {
  if (order.state !== 'waiting') throw new Error(`${order.record.id} waits for nothing`);
  const { record } = order;
  const view = observed.requests.get(record.waiting.request ?? '');
  const from = view?.state ?? null;
  if (settled.is === 'again') {
    const { request, event } = settled;
    const asked = askedDigest(request, observed.sha256);
    const waiting = { ...record.waiting, asked, reason: waitingWords(request) };
    return [
      {
        event,
        from: order,
        to: { state: 'waiting', record: { ...record, waiting } },
        request: { request, from, to: 'pending', restored: view?.restored ?? [] },
      },
    ];
  }
  const { outcome, reason, by } = settled;
  const end = { at: observed.now, outcome, ...(by === undefined ? {} : { by }), reason };
  const moved =
    view?.request == null
      ? {}
      : { request: { request: { ...view.request, end }, from, to: 'rejected' as const, restored: view.restored } };
  const { waiting: _, ...rest } = record;
  if (outcome === 'void') {
    const { run: __, ...fresh } = rest;
    return [{ event: 'void', from: order, to: { state: 'queue', record: fresh }, ...moved }];
  }
  const ended = {
    at: observed.now,
    outcome: outcome === 'expired' ? ('expired' as const) : ('cancelled' as const),
    reason: `${record.waiting.request ?? ''}: ${reason}${by === undefined ? '' : ` (${by})`}`,
  };
  return [{ event: 'decline', from: order, to: { state: 'cancelled', record: { ...rest, ended } }, ...moved }];
}

/** What a person's answer to a question makes of the order. */
export function answered(order: StoredOrder, request: VaultRequest, { now }: Observed): Move {
  const { run, ...record } = withoutWaiting(order.record);
  const by = (request.approvals ?? []).map((approval) => approval.by).join(', ');
  const end = { at: now, outcome: 'done' as const, by, reason: request.answer ?? '' };
  const fired = { request: { ...request, end }, from: 'approved' as const, to: 'fired' as const };
  if (request.answer !== CANCEL) {
    // The name of a formula, where none was known.
    const formula = request.answer === RETRY ? record.formula : (request.answer ?? record.formula);
    return { event: 'answer', from: order, to: { state: 'queue', record: { ...record, formula } }, request: fired };
  }
  const ended = { at: now, outcome: 'cancelled' as const, reason: `${request.id}: ${by} said so` };
  const kept = run === undefined ? record : { ...record, run };
  return { event: 'answer', from: order, to: { state: 'cancelled', record: { ...kept, ended } }, request: fired };
}
