import type { Project } from '../../generated/types.js';
import { delivered, type EndedPull } from '../delivered.js';
import { isLanding, type LandingOrder } from '../delivery.js';
import type { Failure } from '../failure.js';
import { withoutWaiting, type Move } from '../move.js';
import type { Observed, PersonAsked } from '../observed.js';
import { evidencePath, type StoredOrder } from '../record.js';
import { plainText, shorten } from '../template.js';
import type { PullRequest } from './pull-request.js';
import { isBusy } from './signals.js';

/** An order whose result people, or the forge, merge. */
export const isByPull = (order: StoredOrder): order is LandingOrder =>
  isLanding(order) && order.record.shipped.via === 'pull-request';

/** A result that the runner merges, if its checks and the policy let it. */
export interface ToMerge {
  readonly order: LandingOrder;
  readonly pull: PullRequest;
}

export interface PlannedResults {
  readonly moves: readonly Move[];
  readonly blocked: readonly { readonly order: StoredOrder; readonly reason: string; readonly failure?: Failure }[];
  /** Results whose pull requests are to be opened now, or that have one which is not written down yet. */
  readonly opens: readonly LandingOrder[];
  readonly merges: readonly ToMerge[];
  /** On whose pull requests people are to be told that only they get on there. */
  readonly asks: readonly ToAsk[];
}

/** A result on whose pull request a person has to go on, and does not know it. */
export interface ToAsk extends Omit<PersonAsked, 'order'> {
  readonly order: LandingOrder;
}

/** How many pull requests of results are open at once, where the project does not say. */
const MOST_OPEN = 5;
const MOST_NAME = 100;

/**
 * What becomes of results that go by pull request, the most urgent first. What git sees in the target is delivered, whoever brought it there. All else is
 * concluded from what was just seen of the forge, and nothing is delivered on its word alone; where it was not looked at, everything stays as it is.
 */
export function planResults(orders: readonly LandingOrder[], observed: Observed): PlannedResults {
  const { seen, now, targets, project } = observed;
  const moves: Move[] = [];
  const blocked: PlannedResults['blocked'][number][] = [];
  const merges: ToMerge[] = [];
  const asks: ToAsk[] = [];
  const opens: LandingOrder[] = [];
  const unopened: LandingOrder[] = [];
  const isHeld = seen === null || observed.paused || observed.remoteFailure !== null;
  let open = 0;
  for (const order of orders) {
    const { id, shipped, waiting } = order.record;
    const view = targets.get(shipped.into);
    const pull = seen?.results.get(id);
    if (view?.tip != null && view.holds.has(id)) {
      moves.push(delivered(order, view.tip, now, pull?.merged == null ? undefined : endedBy(pull, pull.merged.by)));
      continue;
    }
    if (pull === undefined && shipped.pull === undefined) {
      unopened.push(order);
      continue;
    }
    const stands = pull === undefined ? null : standing(order, pull, observed);
    if (stands?.is === 'over') {
      moves.push(stands.move);
      continue;
    }
    open += 1;
    if (stands?.is === 'adopts' && !isHeld) opens.push(order);
    if (stands?.is === 'merges' && !isHeld && pull !== undefined) merges.push({ order, pull });
    const lost =
      seen !== null && stands === null ? `the forge knows no ${shipped.pull?.url ?? ''} any more` : undefined;
    const person = observed.fromForge.asks.find((each) => each.order === id);
    const reason = person?.why ?? (stands?.is === 'waits' ? stands.reason : lost) ?? waiting.reason;
    // They are told before it is written down that they were.
    if (person !== undefined && reason !== waiting.reason) asks.push({ ...person, order });
    else if (reason !== waiting.reason) moves.push(waits(order, reason));
    blocked.push(reasonOf(order, reason));
  }
  const free = Math.max(0, (project.integrate?.open ?? MOST_OPEN) - open);
  if (!isHeld) opens.push(...unopened.filter((order) => hasTarget(order, observed)).slice(0, free));
  const turns = turnsOf(unopened, free, project);
  for (const order of unopened)
    blocked.push(reasonOf(order, turns.get(order.record.id) ?? order.record.waiting.reason));
  return { moves, blocked, opens, merges, asks };
}

type Standing =
  | { readonly is: 'over'; readonly move: Move }
  | { readonly is: 'waits'; readonly reason: string }
  | { readonly is: 'adopts' | 'merges' };

/** How an order stands by its pull request, where git alone does not say that it is over. */
function standing(order: LandingOrder, pull: PullRequest, observed: Observed): Standing {
  const { id, shipped } = order.record;
  const { url, base, merged, head } = pull;
  const { into } = shipped;
  const view = observed.targets.get(into);
  const other = shorten(plainText(base), MOST_NAME);
  if (merged !== null) {
    const short = merged.commit.slice(0, 12);
    if (base !== into)
      return over(order, pull, merged.by, `${url} was merged into ${other}, and not into ${into}`, observed);
    const as = view?.merged.get(id) ?? 'absent';
    if (view?.tip == null || as === 'absent')
      return { is: 'waits', reason: `by the forge, ${url} was merged as ${short}; ${into} does not hold that yet` };
    if (as === 'unlike' || as === 'unknown') {
      const doubt =
        as === 'unlike' ? 'which did not bring the result' : 'and the result is not here to compare it with';
      const reason = `by the forge, ${url} was merged as ${short}, ${doubt}: look at it, then pushpals order cancel ${id}`;
      return { is: 'waits', reason };
    }
    const by: EndedPull = {
      ...endedBy(pull, merged.by),
      as: merged.commit,
      ...(as === 'others' ? { with: 'others' as const } : {}),
    };
    return { is: 'over', move: delivered(order, view.tip, observed.now, by) };
  }
  if (pull.state === 'closed') return over(order, pull, pull.closedBy, `${url} was closed`, observed);
  if (pull.number !== shipped.pull?.number) return { is: 'adopts' };
  if (base !== into)
    return {
      is: 'waits',
      reason: `${url} goes into ${other} now, and not into ${into}: whoever changed that merges or closes it`,
    };
  if (head.commit !== shipped.commit)
    return {
      is: 'waits',
      reason: `${url} has commits that are not the result's (${head.commit.slice(0, 12)}): people merge it`,
    };
  if (pull.isDraft) return { is: 'waits', reason: `${url} is a draft: it is merged once somebody marks it ready` };
  const { tier } = shipped;
  const isOurs = tier !== undefined && observed.policy.tiers?.[tier]?.['auto-merge'] === true;
  if (isOurs && isBusy(order, observed.live))
    return { is: 'waits', reason: `${waitsFor(url, into)}; an order is at work on it` };
  return isOurs ? { is: 'merges' } : { is: 'waits', reason: waitsFor(url, into) };
}

export const waitsFor = (url: string, into: string): string => `until ${url} is merged into ${into}`;

const endedBy = ({ number, url }: PullRequest, login: string | null): EndedPull => ({
  number,
  url,
  ...(login === null ? {} : { by: shorten(plainText(login), MOST_NAME) }),
});

/** The end of an order whose result people turned down on the forge. */
function over(
  from: LandingOrder,
  pull: PullRequest,
  login: string | null,
  what: string,
  { now }: Observed,
): Extract<Standing, { is: 'over' }> {
  const by = endedBy(pull, login);
  const { run, shipped } = from.record;
  const ended = {
    ...{ at: now, outcome: 'cancelled' as const, branch: shipped.branch, commit: shipped.commit },
    ...{ evidence: evidencePath(run), reason: by.by === undefined ? what : `${what} (${by.by})`, pull: by },
  };
  return {
    is: 'over',
    move: { event: 'cancel', from, to: { state: 'cancelled', record: { ...withoutWaiting(from.record), ended } } },
  };
}

/** An order that goes on waiting, for another reason. */
export function waits(from: LandingOrder, reason: string, failure?: Failure): Move {
  const { failure: _, people: __, ...waiting } = from.record.waiting;
  const next = { ...waiting, reason, ...(failure === undefined ? {} : { failure }) };
  return { event: 'park', from, to: { state: 'waiting', record: { ...from.record, waiting: next } } };
}

/** An order that goes on waiting for people, who were told so. */
export function waitsForPeople(from: LandingOrder, why: string): Move {
  const { to, ...move } = waits(from, why);
  return {
    ...move,
    to: { ...to, record: { ...to.record, waiting: { ...to.record.waiting, people: true } } } as StoredOrder,
  };
}

const hasTarget = ({ record }: LandingOrder, { targets }: Pick<Observed, 'targets'>): boolean =>
  targets.get(record.shipped.into)?.tip != null;

function reasonOf(order: LandingOrder, reason: string): PlannedResults['blocked'][number] {
  const failure = order.record.waiting.failure as Failure | undefined;
  return { order, reason, ...(failure === undefined || reason !== order.record.waiting.reason ? {} : { failure }) };
}

/** Why those wait that have no pull request yet, by their names: `orders` in their turn, of which `free` are next. */
function turnsOf(
  orders: readonly LandingOrder[],
  free: number,
  { integrate }: Pick<Project, 'integrate'>,
): ReadonlyMap<string, string> {
  const most = integrate?.open ?? MOST_OPEN;
  return new Map(
    orders.flatMap(({ record: { id, waiting } }, index): [string, string][] => {
      // What the forge has against it is the better reason.
      if (waiting.failure !== undefined) return [];
      const place = index - free + 1;
      const count = most === 1 ? 'the one open pull request' : `one of the ${String(most)} open pull requests`;
      return place < 1
        ? [[id, 'its pull request is opened with the next look at the forge']]
        : [[id, `number ${String(place)} of those that wait for ${count}`]];
    }),
  );
}

/** The same for people who look at what waits. `orders`: in their turn. */
export function resultTurns(
  orders: readonly StoredOrder[],
  project: Pick<Project, 'integrate'>,
): ReadonlyMap<string, string> {
  const all = orders.filter(isByPull);
  const unopened = all.filter(({ record }) => record.shipped.pull === undefined);
  const free = Math.max(0, (project.integrate?.open ?? MOST_OPEN) - (all.length - unopened.length));
  return turnsOf(unopened, free, project);
}
