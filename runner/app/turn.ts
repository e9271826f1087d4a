import type { OpsStore } from './ports/ops.js';

const turns = new WeakMap<OpsStore, Promise<unknown>>();

/**
 * Has the writers of this process take turns at the ops branch, in the order in which they came: two at once would only lose to each other, and each
 * loss is a commit written for nothing. Against other processes the compare-and-swap alone decides. Who has the turn must not wait for another.
 */
export function inTurn<T>(ops: OpsStore, work: () => Promise<T>): Promise<T> {
  const done = (turns.get(ops) ?? Promise.resolve()).then(work);
  // How it ended is told to whoever asked for it; the next one only waits.
  turns.set(
    ops,
    done.catch(() => undefined),
  );
  return done;
}

/** Waits until whoever stands in line now has had their turn. */
export const untilWritten = (ops: OpsStore): Promise<void> => inTurn(ops, () => Promise.resolve());
