import { orderOfPull } from '../delivery.js';
import { isOutage } from '../outage.js';
import { TRIAGE } from '../outside/quarantine.js';
import type { EndedState, StoredOrder } from '../record.js';

/** What orders there were of signals before, told by their names. */
export interface Before {
  readonly live: readonly StoredOrder[];
  /** How all orders ended, by their names. */
  readonly ended: ReadonlyMap<string, EndedState | 'rejected'>;
  /** Those that were made of signals, as they ended. */
  readonly records: ReadonlyMap<string, StoredOrder>;
}

/** What becomes of a pull request: `checks` were to be mended, a `review` answered, a `conflict` resolved. */
export type SignalKind = 'checks' | 'review' | 'conflict';

/** So often what is broken around the work may end the order of one signal before it is left. */
const MOST_OUTAGES = 3;
const BUILD = /^build-[0-9a-f]{12}(?:-\d)?$/;
const FOLLOW_UP = /^pull-\d{1,15}-(?:checks|review|conflict)-[0-9a-f]{12}(?:-\d)?$/;

/** Whether an order was made to mend the project's branch, by its name. */
export const isBuildName = (name: string): boolean => BUILD.test(name);
/** Whether an order was made of a signal, by its name. */
export const isSignalName = (name: string): boolean => BUILD.test(name) || FOLLOW_UP.test(name);

export const stemOf = (pull: number, kind: SignalKind): string => `pull-${String(pull)}-${kind}`;

const namesOf = (stem: string): readonly string[] =>
  Array.from({ length: MOST_OUTAGES }, (_, index) => (index === 0 ? stem : `${stem}-${String(index + 1)}`));

/** The name for the next order of a signal; null where one of it lives, or came to an end by itself. What something around the work ended is tried again. */
export function nextName(stem: string, before: Before): string | null {
  for (const name of namesOf(stem)) {
    const isTaken = before.ended.has(name) || before.live.some(({ record }) => record.id === name);
    if (!isTaken) return name;
    if (!wasOutage(name, before)) return null;
  }
  return null;
}

/** The last order of a signal that ended; null where there is none. */
export function lastOf(
  stem: string,
  { ended }: Before,
): { readonly name: string; readonly state: EndedState | 'rejected' } | null {
  for (const name of [...namesOf(stem)].reverse()) {
    const state = ended.get(name);
    if (state !== undefined) return { name, state };
  }
  return null;
}

/** Whether nothing more is to be done about a signal: an order of it came to a result, people were shown it, or they cancelled it. */
export function isSettled(stem: string, before: Before): boolean {
  const last = nextName(stem, before) === null ? lastOf(stem, before) : null;
  if (last === null) return false;
  return (
    last.state === 'cancelled' ||
    (last.state === 'done' && (hasShipped(last.name, before) || wasTriage(last.name, before)))
  );
}

/** How many orders of that kind there were for a pull request: none that something around the work ended, none that people cancelled, and no conflict that was resolved. */
export function roundsOf(pull: number, kind: SignalKind, before: Before): number {
  const stem = `${stemOf(pull, kind)}-`;
  return [...before.ended].filter(
    ([name, state]) =>
      FOLLOW_UP.test(name) &&
      name.startsWith(stem) &&
      (state === 'failed' ? !wasOutage(name, before) : state === 'done') &&
      !(kind === 'conflict' && hasShipped(name, before)),
  ).length;
}

const hasShipped = (name: string, { records }: Before): boolean =>
  records.get(name)?.record.ended?.outcome === 'shipped';

const wasTriage = (name: string, { records }: Before): boolean => records.get(name)?.record.formula === TRIAGE;

/** Whether an order failed by what was broken around it. */
function wasOutage(name: string, { ended, records }: Before): boolean {
  const order = records.get(name);
  if (ended.get(name) !== 'failed' || order?.state !== 'failed') return false;
  const { failure } = order.record.ended;
  return (
    failure !== undefined && (failure.class === 'runner-lost' || isOutage(failure as Parameters<typeof isOutage>[0]))
  );
}

/** Why an order that was made of a signal on the branch of another one, and has not begun, is wanted no more; undefined if it is: the other one still waits until it is merged. */
export function lostBranch(
  { record: { id, run, order } }: StoredOrder,
  known: readonly StoredOrder[],
): string | undefined {
  const branch = order.inputs?.['branch'];
  if (!FOLLOW_UP.test(id) || run !== undefined || typeof branch !== 'string') return undefined;
  return orderOfPull(known, branch) === undefined ? `${branch} is on its way by no pull request any more` : undefined;
}
