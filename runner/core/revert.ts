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

/**
 * What came of taking a result back while it ships: tried on the project's branch as it would be with it. `restores`: what was there before is there
 * again, file for file; `differs`: it goes, but something else would be gone as well; `conflicts`: it does not go by itself.
 */
export interface Rollback {
  readonly outcome: 'restores' | 'differs' | 'conflicts';
  /** The tip of the project's branch that it was tried on. */
  readonly on: CommitId;
  readonly paths: readonly string[];
}

/** Whether the outputs of a step, which anybody may have written, are that. */
export const isRollback = (value: unknown): value is Rollback =>
  typeof value === 'object' &&
  value !== null &&
  'outcome' in value &&
  ['restores', 'differs', 'conflicts'].includes(String(value.outcome)) &&
  'on' in value &&
  typeof value.on === 'string' &&
  'paths' in value &&
  Array.isArray(value.paths) &&
  value.paths.every((path) => typeof path === 'string');

/** The line of the report on how a result is taken back that is on a branch of its own. */
export function rollbackLine(id: string, branch: string, tried: Rollback | undefined): string {
  const before = `nothing is merged yet. \`git branch -D ${branch}\` takes it back; after a merge,`;
  if (tried === undefined) return `- Rollback: ${before} \`git revert\` of the merge does.`;
  const on = `\`${tried.on.slice(0, 12)}\``;
  const paths = `${tried.paths
    .slice(0, 5)
    .map((path) => `\`${plainText(path).replaceAll('`', "'")}\``)
    .join(', ')}${tried.paths.length > 5 ? ` and ${String(tried.paths.length - 5)} more` : ''}`;
  if (tried.outcome === 'restores')
    return `- Rollback: ${before} \`pushpals revert ${id}\` does. It was tried: what is left is ${on} again, file for file.`;
  return tried.outcome === 'differs'
    ? `- Rollback: ${before} \`pushpals revert ${id}\` does, but look at it. It was tried: against ${on}, something else changes as well, in ${paths}.`
    : `- Rollback: ${before} it does not go by itself. It was tried on ${on}, and conflicts in ${paths}.`;
}
