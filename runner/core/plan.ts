import type { Formula, Order, RunRecord, VaultRequest } from '../generated/types.js';
import type { Failure } from './failure.js';
import { durationMs, epochMs, type Instant } from './ids.js';
import { awaited, hopeless, type Over } from './awaited.js';
import { isAbandoned, lookAgain } from './lease.js';
import { agentOf, exhausted, type Expense } from './limits.js';
import { planIncoming, type Incoming } from './incoming.js';
import { isLanding } from './delivery.js';
import { landedBefore, planLanding, type Integration } from './landing.js';
import type { PlannedResults } from './forge/results.js';
import type { LoadedFormula, Observed } from './observed.js';
import { stormOf, type Storm } from './outage.js';
import { imagesToPull, park, parkedBy, runDown, type Parked } from './parked.js';
import { expired, givenBack, withoutWaiting, type Move } from './move.js';
import { Scopes } from './overlap.js';
import { byTurn, groupOf, replaced, replacement, replacements, withdrawn } from './queue.js';
import type { ActiveOrder, StoredOrder } from './record.js';
import { WORK_IN_WORDS, workOf } from './selection.js';
import { spread } from './spread.js';
import { lostBranch } from './forge/signal-rounds.js';
import { stuckFor } from './stuck.js';
import { answered, approvalNeeded, ask, requestMoves, settledOf } from './vault/plan.js';

export interface Plan extends Incoming {
  /** Every change of an order's state that needs no run, what is accepted first. */
  readonly moves: readonly Move[];
  /** Files that pose as approvals of what nobody waits for. */
  readonly strays: readonly string[];
  /** Orders to start now, the most urgent first. */
  readonly starts: readonly {
    readonly order: StoredOrder;
    readonly formula: LoadedFormula;
    readonly why: string;
    readonly approved?: VaultRequest;
    /** What the orders came to that its run waited for: it goes on. */
    readonly over?: Over;
  }[];
  /** Orders whose runner died; they go on from their last snapshot. */
  readonly resumes: readonly { readonly order: ActiveOrder; readonly formula: LoadedFormula }[];
  /** Results to merge into their targets now, one a target. They take no slot. */
  readonly integrations: readonly Integration[];
  /** Results whose pull requests are to be opened, or merged, now. */
  readonly results: Pick<PlannedResults, 'opens' | 'merges' | 'asks'>;
  /** Images that orders need which could start but for them. */
  readonly pulls: readonly string[];
  readonly blocked: readonly { readonly order: StoredOrder; readonly reason: string; readonly failure?: Failure }[];
  /** Orders that waited too long for what a person has to mend or decide, each with why. */
  readonly stuck: readonly { readonly order: StoredOrder; readonly why: string }[];
  /** When something will be due by time alone. */
  readonly wakeAt: Instant | null;
}

/** What the next tick does, and why. Pure: equal observations give equal plans. */
export function plan(observed: Observed): Plan {
  const { moves, rejections, takenBefore, held, triggers } = planIncoming(observed);
  const accepted = [...moves.map(({ to }) => to), ...triggers.writes.flatMap(({ orders }) => orders)];
  const known = [...observed.live, ...accepted];
  const active = known.filter((order): order is ActiveOrder => order.state === 'active');
  const running = active.filter(({ record }) => record.run.integration === undefined);
  const starts: Plan['starts'][number][] = [];
  const landing = planLanding(known, observed);
  const blocked: Plan['blocked'][number][] = [];
  const later: Move[] = [...landing.moves];
  const resumes: Plan['resumes'][number][] = [];
  const slots = observed.project.runner?.slots ?? 2;
  const storm = stormOf(known, observed.now);
  // One that nobody works on takes no slot before it goes on: what it waits for may take long, such as a model that is away.
  const left = new Set(active.filter((order) => isAbandoned(order, observed)));
  const worked = running.filter((order) => !left.has(order));
  let free = freeSlots(worked, slots, storm, observed);
  const pulls = new Set<string>();
  const imageComes = (formula: Formula): string | null => {
    const missing = imagesToPull(formula, observed);
    for (const { image, state } of missing) if (state === 'due') pulls.add(image);
    return missing[0] === undefined ? null : `its image ${missing[0].image} is not here yet, and is being got`;
  };
  for (const order of left) {
    const formula = observed.formulas.get(order.record.run.formula);
    const down = formula?.ok === true ? runDown(order.record.run.steps, formula.value, observed) : null;
    if (observed.paused)
      blocked.push({ order, reason: 'no runner works on it, and the file PAUSE is on the ops branch' });
    else if (formula?.ok !== true) later.push(landedBefore(order, observed) ?? givenBack(order));
    else if (observed.remoteFailure !== null)
      blocked.push({ order, reason: 'no runner works on it, and the remote is not available' });
    else if (down !== null) blocked.push({ order, ...down });
    else if (takesSlot(order) && free <= 0) blocked.push({ order, reason: noSlot(slots, storm) });
    else {
      const comes = imageComes(formula.value.formula);
      if (comes !== null) blocked.push({ order, reason: comes });
      else {
        if (takesSlot(order)) free -= 1;
        resumes.push({ order, formula: formula.value });
      }
    }
  }
  const begun: Expense[] = [];
  /** When limits that hold back what was approved end. */
  const ends: Instant[] = [];
  const groups = new Set(
    running.map(({ record }) => groupOf(observed.formulas, record)?.name).filter((group) => group !== undefined),
  );
  const scopes = new Scopes(active, observed);
  const newest = replacements(known, observed.formulas);
  const turns = known.filter(({ state }) => state === 'queue' || state === 'waiting').sort(byTurn(observed.now));
  const candidates = spread(turns, observed.sharedBy, slots, observed.sha256);
  for (const order of candidates) {
    if (isLanding(order)) continue;
    const unwanted = observed.issues.withdrawn.get(order.record.id) ?? lostBranch(order, known);
    if (unwanted !== undefined) {
      later.push(withdrawn(order, unwanted, observed));
      continue;
    }
    const waits = awaited(order, known, observed);
    if (waits?.is === 'waits') {
      blocked.push({ order, reason: waits.reason });
      continue;
    }
    const over = waits ?? undefined;
    const end = hopeless(order, known, observed);
    if (end !== null) {
      later.push(end);
      continue;
    }
    const settled = settledOf(order, observed);
    const { expires } = order.record.order;
    const stood = over !== undefined || order.record.run?.pausedAt !== undefined;
    if (settled === null && !stood && expires !== undefined && expires <= observed.now) {
      later.push(expired(order, observed.now));
      continue;
    }
    const newer = replacement(order, newest, observed.formulas);
    if (newer !== null && over === undefined && (settled === null || settled.is === 'waits')) {
      later.push(replaced(order, newer, observed));
      continue;
    }
    if (settled !== null && settled.is !== 'go') {
      if (settled.is === 'waits') blocked.push({ order, reason: settled.reason, failure: approvalNeeded(order) });
      else later.push(...requestMoves(order, settled, observed));
      continue;
    }
    if (settled?.request.kind === 'question') {
      later.push(answered(order, settled.request, observed));
      continue;
    }
    const approved = settled?.request;
    const goesOn = approved !== undefined || over !== undefined;
    const parked = parkedBy(order, known, observed, goesOn);
    if (parked?.decision !== undefined) {
      const asked = ask(order, parked.decision, observed, later);
      if (asked.is === 'asks') later.push(asked.move);
      blocked.push({ order, reason: asked.reason, failure: asked.failure });
      if (asked.is === 'over') {
        const move = park(order, { on: 'policy', reason: asked.reason, failure: asked.failure }, observed.now);
        if (move !== null) later.push(move);
      }
      continue;
    }
    if (parked !== null && goesOn) {
      // It stays where it is, with its approval or its run.
      blocked.push({
        order,
        reason: parked.reason,
        ...(parked.failure === undefined ? {} : { failure: parked.failure }),
      });
      continue;
    }
    if (parked !== null) {
      blocked.push({
        order,
        reason: parked.reason,
        ...(parked.failure === undefined ? {} : { failure: parked.failure }),
      });
      const move = park(order, parked, observed.now);
      if (move !== null) later.push(move);
      continue;
    }
    const formula = observed.formulas.get(order.record.formula);
    if (formula?.ok !== true) throw new Error(`${order.record.id} is neither parked nor has a formula`);
    const agent = agentOf(formula.value.formula);
    // A run that has begun is among the day's, and goes on within its own order's budget.
    const hasBegun = stood || (approved !== undefined && approved.kind !== 'start');
    const limit = hasBegun
      ? null
      : exhausted(observed.policy.limits, [...observed.today, ...begun], agent, observed.now);
    if (limit !== null) {
      const { rule, because } = limit.reason;
      const failure: Failure = { class: 'policy-denied', reasons: [limit.reason] };
      const limited: Parked = { on: 'policy', reason: `${rule}: ${because}`, until: limit.until, failure };
      blocked.push({ order, reason: limited.reason, failure });
      ends.push(limit.until);
      // One that was approved waits with its approval.
      const move = goesOn ? null : park(order, limited, observed.now);
      if (move !== null) later.push(move);
      continue;
    }
    const group = groupOf(observed.formulas, order.record)?.name;
    const holdup = observed.paused
      ? 'the file PAUSE is on the ops branch'
      : observed.remoteFailure !== null
        ? 'the remote is not available: nothing new starts until it is'
        : free <= 0
          ? noSlot(slots, storm)
          : group !== undefined && groups.has(group)
            ? `another order of the group ${group} runs`
            : goesOn
              ? null
              : scopes.holdup(order);
    const comes = holdup === null ? imageComes(formula.value.formula) : null;
    if (comes !== null) {
      // One that waits stays where it is: whether it can be had is not known yet.
      blocked.push({ order, reason: comes });
      continue;
    }
    if (holdup !== null) {
      blocked.push({ order, reason: holdup });
      if (order.state === 'waiting' && !goesOn)
        later.push({ event: 'release', from: order, to: { state: 'queue', record: withoutWaiting(order.record) } });
      continue;
    }
    free -= 1;
    if (group !== undefined) groups.add(group);
    scopes.take(order);
    if (!hasBegun) begun.push({ agent, tokens: 0, cost: 0, timeMs: 0, lines: 0 });
    starts.push({
      order,
      formula: formula.value,
      why:
        over !== undefined
          ? `the ${String(over.children.size)} orders that it filed have ended`
          : approved === undefined
            ? `${WORK_IN_WORDS[workOf(order.record)]}, priority ${order.record.order.priority ?? 'normal'}, accepted ${order.record.accepted.at}`
            : `approved by ${(approved.approvals ?? []).map(({ by }) => by).join(', ')}`,
      ...(approved === undefined ? {} : { approved }),
      ...(over === undefined ? {} : { over }),
    });
  }
  const { strays } = observed;
  return {
    moves: [...moves, ...later],
    rejections,
    strays,
    takenBefore,
    held,
    triggers,
    starts,
    resumes,
    integrations: landing.integrations,
    results: landing.results,
    pulls: [...pulls],
    blocked: [...blocked, ...landing.blocked],
    stuck: known.flatMap((order) => {
      const why = stuckFor(order, observed.now);
      return why === null ? [] : [{ order, why }];
    }),
    wakeAt: [...ends, triggers.wakeAt].reduce(earlier, wakeAt(known, storm, observed)),
  };
}

/** Of runners that share a remote, each machine has slots of its own: whoever adds one has more done at once. */
const isOurs = ({ record }: ActiveOrder, { sharedBy }: Pick<Observed, 'sharedBy'>): boolean =>
  sharedBy === null || record.run.claimant.host === sharedBy;

/** One that only lands what it came to takes none. */
const takesSlot = ({ record }: ActiveOrder): boolean => record.run.integration === undefined;

/** Less than none where more runs already than there may. In a storm, one order is tried by anybody at all. */
function freeSlots(active: readonly ActiveOrder[], slots: number, storm: Storm | null, observed: Observed): number {
  if (storm !== null) return (storm.until <= observed.now ? 1 : 0) - active.length;
  return slots - active.filter((order) => isOurs(order, observed)).length;
}

const noSlot = (slots: number, storm: Storm | null): string =>
  storm === null
    ? `all ${String(slots)} slots are taken`
    : `${storm.class} ended the runs of ${String(storm.orders)} orders; one is tried at ${storm.until}`;

const earlier = (a: Instant | null, b: Instant | null): Instant | null => (a === null || (b !== null && b < a) ? b : a);

function wakeAt(known: readonly StoredOrder[], storm: Storm | null, observed: Observed): Instant | null {
  const times: readonly string[] = known.flatMap((order) => {
    if (order.state === 'active') return lookAgain(order, observed) ?? [];
    const until = order.state === 'waiting' ? order.record.waiting.until : undefined;
    return [until, order.record.order.expires].flatMap((time) => time ?? []);
  });
  const ends = storm !== null && storm.until > observed.now ? [...times, storm.until] : [...times];
  return (ends.sort()[0] ?? null) as Instant | null;
}

/** When a run has used up its time, in milliseconds since the epoch; what people took to answer does not count. */
export function endOfTime(
  { claimedAt, waitedMs = 0, grantedMs = 0 }: Pick<RunRecord, 'claimedAt' | 'waitedMs' | 'grantedMs'>,
  budgetMs: number,
): number {
  return epochMs(claimedAt as Instant) + waitedMs + grantedMs + budgetMs;
}

/** The longest a run may take, by formula and order. */
export function runBudgetMs(formula: Formula, order: Order): number {
  const limits = [
    formula.budget?.time ?? '2h',
    ...(order.constraints?.time === undefined ? [] : [order.constraints.time]),
  ];
  return Math.min(...limits.map(durationMs));
}
