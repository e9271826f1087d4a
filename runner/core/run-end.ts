import type { Formula, OrderRecord, RunRecord, StepStatus, Tier } from '../generated/types.js';
import type { Delivery } from './delivery.js';
import { RECOVERY, type Failure } from './failure.js';
import { shipParents } from './merge.js';
import { ancestors, decidingFailure, isTolerated, toCome, type Node, type Statuses } from './graph.js';
import { retryAt } from './backoff.js';
import type { CommitId, Instant, StepKey } from './ids.js';
import { MOST_OUTAGES, isOutage, oneMore } from './outage.js';
import type { StoredOrder } from './record.js';
import type { Minor } from './quiet.js';
import { isRollback, type Rollback } from './revert.js';

/** What a `ship` step did, as its outputs say it. */
export type Shipped =
  | {
      readonly branch: string;
      readonly commit: string;
      readonly rollback?: Rollback;
      /** Where it goes from its branch; absent where it stays there. */
      readonly delivery?: Delivery & { readonly tier?: Tier };
      /** Where the target was once it held the result; absent where it is on its way still. */
      readonly seen?: string;
    }
  | { readonly noChange: true }
  | { readonly heldBack: Minor };

/** What a run came to. A failed run has shipped nothing that counts. */
export interface RunEnd {
  readonly outcome: 'failed' | 'completed' | 'no-change' | 'held-back' | 'shipped' | 'waiting';
  readonly failure: Failure | null;
  readonly branch: string | null;
  readonly commit: string | null;
  readonly rollback?: Rollback;
  /** Where what shipped goes from its branch, and where the target was if it is there already. */
  readonly delivery: (Delivery & { readonly tier?: Tier; readonly seen: string | null }) | null;
  /** What the result is that was held back. */
  readonly heldBack?: Minor;
}

const NOWHERE = { branch: null, commit: null, delivery: null } as const;

/** While a step waits for orders, nothing of the run has ended, whatever failed beside it. */
export function runEnd(nodes: readonly Node[], statuses: Statuses): RunEnd {
  if (Object.values(statuses).some(({ state }) => state === 'waiting'))
    return { outcome: 'waiting', failure: null, ...NOWHERE };
  const failure = (decidingFailure(nodes, statuses)?.failure ?? null) as Failure | null;
  if (failure !== null) return { outcome: 'failed', failure, ...NOWHERE };
  const shipped = shippedBy(nodes, statuses);
  if (shipped === null) return { outcome: 'completed', failure, ...NOWHERE };
  if ('noChange' in shipped) return { outcome: 'no-change', failure, ...NOWHERE };
  if ('heldBack' in shipped) return { outcome: 'held-back', failure, ...NOWHERE, heldBack: shipped.heldBack };
  const { branch, commit, delivery, seen = null, rollback } = shipped;
  return {
    outcome: 'shipped',
    failure,
    branch,
    commit,
    delivery: delivery === undefined ? null : { ...delivery, seen },
    ...(isRollback(rollback) ? { rollback } : {}),
  };
}

/** The end of a run that waits for nothing any more. */
type OverRun = RunEnd & { readonly outcome: Exclude<RunEnd['outcome'], 'waiting'> };

/** Where the order goes: to its end, or back into waiting when its failure recovers by itself and attempts are left. */
export function orderAfter(
  record: OrderRecord,
  {
    outcome,
    failure,
    branch,
    commit,
    delivery,
    at,
    evidence,
  }: OverRun & { readonly at: Instant; readonly evidence: string },
  formula: Formula,
): StoredOrder {
  if (failure !== null) return afterFailure(record, failure, at, evidence, formula.budget?.attempts ?? 1);
  const { outage: _, ...rest } = record;
  if (branch !== null && commit !== null && delivery !== null && delivery.seen === null && record.run !== undefined) {
    const { into, via, tier } = delivery;
    const reason = via === 'merge' ? `in the queue of ${into}` : `until ${branch} is merged into ${into}`;
    const shipped = {
      branch,
      commit,
      base: shipParents(record.run)[0] ?? record.run.base,
      into,
      via,
      at,
      ...(tier === undefined ? {} : { tier }),
    };
    return { state: 'waiting', record: { ...rest, shipped, waiting: { since: at, on: 'integration', reason } } };
  }
  const ended = {
    at,
    outcome,
    evidence,
    ...(branch === null ? {} : { branch }),
    ...(commit === null ? {} : { commit }),
    ...(delivery?.seen == null ? {} : { into: delivery.into, seen: delivery.seen }),
  };
  return { state: 'done', record: { ...rest, ended } };
}

const MOST_PAST = 50;

/** What is broken around the work has a budget of its own, and uses up no attempt. */
function afterFailure(
  record: OrderRecord,
  failure: Failure,
  at: Instant,
  evidence: string,
  attempts: number,
): StoredOrder {
  // What comes next is another run's.
  const { outage: before, shipped: _, ...rest } = record;
  const run = record.run?.id ?? '';
  const past = [...(record.past ?? []), { run, at, class: failure.class, evidence }].slice(-MOST_PAST);
  const recovery = RECOVERY[failure.class];
  if (recovery === 'wait') {
    const outage = isOutage(failure) ? oneMore(before, failure, at) : undefined;
    const counted = { ...rest, failures: record.failures ?? 0, past, ...(outage === undefined ? {} : { outage }) };
    const times = outage?.times ?? record.attempts;
    const waiting =
      times < MOST_OUTAGES
        ? { on: 'time' as const, until: retryAt(at, times, record.id), reason: `${failure.class}; tries again` }
        : {
            on: 'person' as const,
            reason: `${failure.class}, ${String(times)} runs in a row: mend it, then pushpals order retry ${record.id}`,
          };
    return { state: 'waiting', record: { ...counted, waiting: { since: at, ...waiting, failure } } };
  }
  const failures = (record.failures ?? 0) + 1;
  const counted = { ...rest, failures, past };
  if (recovery !== 'retry' || failures >= attempts)
    return { state: 'failed', record: { ...counted, ended: { at, outcome: 'failed', evidence, failure } } };
  const reason = `attempt ${String(record.attempts)} failed (${failure.class}); tries again`;
  const waiting = { since: at, on: 'time' as const, until: retryAt(at, failures, record.id), reason, failure };
  return { state: 'waiting', record: { ...counted, waiting } };
}

/** Whether a failure is one that people can do away with by more: of time, or of what models use. */
export const isOutOfBudget = (failure: Failure | null): boolean =>
  (failure?.class === 'timeout' && failure.what === 'run') || failure?.class === 'budget-exhausted';

/** Whether a run that failed so goes on where it stopped, by itself: what it came to stands, and only the model was missing. */
export const goesOnByItself = (failure: Failure | null): boolean => failure?.class === 'model-unavailable';

const ends = (failure: Failure): boolean =>
  failure.class !== 'approval-needed' && !isOutOfBudget(failure) && !goesOnByItself(failure);

/** The steps of a run that goes on later: what it stopped at, and what needs that, is still to come, from what an agent had done so far. */
export function reopened(nodes: readonly Node[], statuses: Statuses): Statuses {
  const asking = nodes.filter((node) => {
    const status = statuses[node.key];
    return status?.state === 'failed' && !isTolerated(node, status) && !ends(status.failure as Failure);
  });
  const isAfter = (key: StepKey): boolean => {
    const before = ancestors(nodes, key);
    return asking.some((node) => node.key === key || before.has(node.key));
  };
  return Object.fromEntries(
    nodes.map(({ key }): [string, StepStatus] => [
      key,
      isAfter(key) ? toCome(statuses[key]) : (statuses[key] ?? { state: 'pending' }),
    ]),
  );
}

/** A run that is gone on with once the model answers: nobody's until then, and its time stands still. It has not failed, so it is not among those that did. */
export function paused(order: StoredOrder, before: OrderRecord, steps: Statuses, at: Instant): StoredOrder {
  const { run } = order.record;
  if (order.state !== 'waiting' || run === undefined) throw new Error(`${order.record.id} waits for nothing`);
  const { past: _, ...record } = order.record;
  const { past } = before;
  return {
    state: 'waiting',
    record: { ...record, ...(past === undefined ? {} : { past }), run: { ...run, steps: { ...steps }, pausedAt: at } },
  };
}

/**
 * The run that an order goes on with when a person has it tried again: one that stands still, or one that used up the budget, with all that did not succeed
 * still to come. Null where it is to begin anew.
 */
export function goneOnWith(order: StoredOrder): RunRecord | null {
  const { run } = order.record;
  if (run === undefined || run.pausedAt !== undefined) return run ?? null;
  if (order.state !== 'failed' || order.record.ended.failure?.class !== 'budget-exhausted') return null;
  const steps = Object.entries(run.steps).map(([key, status]): [string, StepStatus] => [
    key,
    status.state === 'succeeded' ? status : toCome(status),
  ]);
  const { request: _, ...rest } = run;
  return { ...rest, steps: Object.fromEntries(steps), pausedAt: order.record.ended.at };
}

function shippedBy(nodes: readonly Node[], statuses: Statuses): Shipped | null {
  const ship = nodes.find(({ kind }) => kind === 'ship');
  const status = ship === undefined ? undefined : statuses[ship.key];
  return status?.state === 'succeeded' ? (status.outputs as Shipped) : null;
}

/** What the branch of an order that lives holds by its record: what waits to be merged, or what its run has shipped and not yet ended with. */
export function resultsOf({ id, shipped, run }: OrderRecord): readonly string[] {
  const found = Object.values(run?.steps ?? {}).flatMap((status): readonly string[] => {
    if (status.state !== 'succeeded') return [];
    const { branch, commit } = (status.outputs ?? {}) as { readonly branch?: unknown; readonly commit?: unknown };
    return branch === `pushpals/${id}` && typeof commit === 'string' ? [commit] : [];
  });
  return shipped === undefined ? found : [shipped.commit, ...found];
}

/** The newest snapshot along the formula's order, that of partial work too: what the run came to. */
export function lastSnapshot(nodes: readonly Node[], statuses: Statuses): CommitId | null {
  for (const { key } of [...nodes].reverse()) {
    const status = statuses[key];
    if (status?.state === 'succeeded') return status.snapshot as CommitId;
    if (status?.state === 'failed' && status.partial !== undefined) return status.partial as CommitId;
  }
  return null;
}
