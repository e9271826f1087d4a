import type { Formula, OrderRecord, StepStatus } from '../generated/types.js';
import { RECOVERY, type Failure } from './failure.js';
import { ancestors, decidingFailure, type Node, type Statuses } from './graph.js';
import { retryAt } from './backoff.js';
import type { CommitId, Instant, StepKey } from './ids.js';
import { MOST_OUTAGES, isOutage, oneMore } from './outage.js';
import type { StoredOrder } from './record.js';

/** What a `ship` step did, as its outputs say it. */
export type Shipped = { readonly branch: string; readonly commit: string } | { readonly noChange: true };

/** What a run came to. A failed run has shipped nothing that counts. */
export interface RunEnd {
  readonly outcome: 'failed' | 'completed' | 'no-change' | 'shipped' | 'waiting';
  readonly failure: Failure | null;
  readonly branch: string | null;
  readonly commit: string | null;
}

/** While a step waits for orders, nothing of the run has ended, whatever failed beside it. */
export function runEnd(nodes: readonly Node[], statuses: Statuses): RunEnd {
  if (Object.values(statuses).some(({ state }) => state === 'waiting'))
    return { outcome: 'waiting', failure: null, branch: null, commit: null };
  const failure = (decidingFailure(nodes, statuses)?.failure ?? null) as Failure | null;
  if (failure !== null) return { outcome: 'failed', failure, branch: null, commit: null };
  const shipped = shippedBy(nodes, statuses);
  if (shipped === null) return { outcome: 'completed', failure, branch: null, commit: null };
  if ('noChange' in shipped) return { outcome: 'no-change', failure, branch: null, commit: null };
  return { outcome: 'shipped', failure, ...shipped };
}

/** The end of a run that waits for nothing any more. */
type OverRun = RunEnd & { readonly outcome: Exclude<RunEnd['outcome'], 'waiting'> };

/** Where the order goes: to its end, or back into waiting when its failure recovers by itself and attempts are left. */
export function orderAfter(
  record: OrderRecord,
  { outcome, failure, branch, commit, at, evidence }: OverRun & { readonly at: Instant; readonly evidence: string },
  formula: Formula,
): StoredOrder {
  if (failure !== null) return afterFailure(record, failure, at, evidence, formula.budget?.attempts ?? 1);
  const ended = {
    at,
    outcome,
    evidence,
    ...(branch === null ? {} : { branch }),
    ...(commit === null ? {} : { commit }),
  };
  const { outage: _, ...rest } = record;
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
  const { outage: before, ...rest } = record;
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

/** Whether a failure is one that people can do away with: by a yes, or by more time. */
export const isOutOfTime = (failure: Failure | null): boolean => failure?.class === 'timeout' && failure.what === 'run';

/** The steps of a run that waits for people: what they stopped at, and what needs it, is still to come. */
export function reopened(nodes: readonly Node[], statuses: Statuses): Statuses {
  const asking = nodes.filter(({ key }) => {
    const status = statuses[key];
    if (status?.state !== 'failed') return false;
    const failure = status.failure as Failure;
    return failure.class === 'approval-needed' || isOutOfTime(failure);
  });
  const isAfter = (key: StepKey): boolean => {
    const before = ancestors(nodes, key);
    return asking.some((node) => node.key === key || before.has(node.key));
  };
  return Object.fromEntries(
    nodes.map(({ key }): [string, StepStatus] => [
      key,
      isAfter(key) ? { state: 'pending' } : (statuses[key] ?? { state: 'pending' }),
    ]),
  );
}

function shippedBy(nodes: readonly Node[], statuses: Statuses): Shipped | null {
  const ship = nodes.find(({ kind }) => kind === 'ship');
  const status = ship === undefined ? undefined : statuses[ship.key];
  return status?.state === 'succeeded' ? (status.outputs as Shipped) : null;
}

/** The newest snapshot along the formula's order: what the run came to. */
export function lastSnapshot(nodes: readonly Node[], statuses: Statuses): CommitId | null {
  for (const { key } of [...nodes].reverse()) {
    const status = statuses[key];
    if (status?.state === 'succeeded') return status.snapshot as CommitId;
  }
  return null;
}
