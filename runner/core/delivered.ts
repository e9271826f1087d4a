import type { OrderRecord } from '../generated/types.js';
import type { LandingOrder } from './delivery.js';
import type { Instant } from './ids.js';
import type { Move } from './move.js';
import { evidencePath, type ActiveOrder } from './record.js';

/** The pull request by which a result came to its end, as the forge has it. */
export type EndedPull = NonNullable<NonNullable<OrderRecord['ended']>['pull']>;

/** An order whose result is in its target, which is at `tip`. */
export function delivered(from: ActiveOrder | LandingOrder, tip: string, now: Instant, pull?: EndedPull): Move {
  const { shipped, run } = from.record;
  if (shipped === undefined || run === undefined) throw new Error(`${from.record.id} has shipped nothing`);
  const { outage: _, waiting: __, ...record } = from.record;
  const { integration: ___, ...rest } = run;
  const { branch, commit, into } = shipped;
  const by = pull ?? shipped.pull;
  const ended = {
    ...{ at: now, outcome: 'shipped' as const, branch, commit, into, seen: tip, evidence: evidencePath(run) },
    ...(by === undefined ? {} : { pull: by }),
  };
  return { event: 'deliver', from, to: { state: 'done', record: { ...record, run: rest, ended } } };
}
