import { fail, ok, type Result } from './failure.js';
import type { CommitId } from './ids.js';
import type { StoredOrder } from './record.js';
import { plainText, shorten } from './template.js';

/** The built-in formula that takes back what an order shipped. */
export const REVERT = 'revert';

/** What a step that takes a result back says that it took back. */
export interface TakenBack {
  readonly order: string;
  readonly commit: CommitId;
  /** The subject of its commit. */
  readonly title: string;
}

/** The commit that an order shipped; `state-conflict` says of any other how it stands, and what would be done about that. */
export function shippedCommit({ state, record }: StoredOrder): Result<CommitId> {
  const commit = record.ended?.commit;
  if (state === 'done' && commit !== undefined) return ok(commit as CommitId);
  const { id } = record;
  const hint =
    state === 'done' || state === 'failed' || state === 'cancelled'
      ? 'There is nothing to take back.'
      : `Nothing of it is merged; to have it not done, \`pushpals order cancel ${id}\`.`;
  const how = state === 'done' ? `ended as ${record.ended.outcome}` : state === 'queue' ? 'is queued' : `is ${state}`;
  return fail({ class: 'state-conflict', what: `order ${id} ${how} and shipped nothing`, hint });
}

/** Whether a commit says by its trailer that this order shipped it: a record alone can be written by whoever may push to the ops branch. */
export const isShippedBy = (message: string, order: string): boolean =>
  message.split('\n').includes(`PushPals-Order: ${order}`);

/** The goal of the order that takes another back. */
export const revertGoal = (id: string, goal: string): string => shorten(`Take back ${id}: ${plainText(goal)}`, 300);
