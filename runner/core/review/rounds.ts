import type { Round, RunRecord, Step, StepStatus } from '../../generated/types.js';
import { ancestors, nodeOf, type Node, type Statuses } from '../graph.js';
import type { CommitId, StepKey } from '../ids.js';
import { unprovenKeys } from '../secrets/unproven.js';

const DEFAULT_ROUNDS = 2;

/** How often a review may still send the run back. */
export function roundsLeft({ fix, rounds = DEFAULT_ROUNDS }: Step, before: readonly Round[]): number {
  return fix === undefined ? 0 : Math.max(0, rounds - before.length);
}

export const roundsOf = (run: Pick<RunRecord, 'rounds'>, review: string): readonly Round[] =>
  (run.rounds ?? []).filter((round) => round.review === review);

/**
 * The statuses to go on from where reviews sent the run back: each `fix`, and all that started from it, are to come again. Nothing else runs meanwhile.
 */
export function sentBack(nodes: readonly Node[], statuses: Statuses, rounds: readonly Round[]): Statuses {
  const fixes = new Set(rounds.map(({ fix }) => fix));
  const isAgain = (key: StepKey): boolean =>
    fixes.has(key) || [...ancestors(nodes, key)].some((before) => fixes.has(before));
  return Object.fromEntries(
    nodes.map(({ key }): [string, StepStatus] => [
      key,
      isAgain(key) ? { state: 'pending' } : (statuses[key] ?? { state: 'pending' }),
    ]),
  );
}

/** The commit that a step starts from because a review sent the run back to it; null: what its needs came to. */
export function reviewedBefore(rounds: readonly Round[] | undefined, key: StepKey): CommitId | null {
  const last = (rounds ?? []).findLast(({ fix }) => fix === key);
  return (last?.snapshot ?? null) as CommitId | null;
}

/**
 * The newest rounds that a fix has to answer: one of each review that sent the run back to it since it last ended, which is every round that starts from
 * the same commit as the last.
 */
export function openRounds(rounds: readonly Round[] | undefined, key: StepKey): readonly Round[] {
  const mine = (rounds ?? []).filter(({ fix }) => fix === key);
  const last = mine.at(-1);
  return mine.filter(({ at }) => at === last?.at);
}

/**
 * Rounds as another runner may go on with them: where a step that gets secrets is still to come, nobody vouches for a commit that the record names, and a
 * fix starts from what was done again before it.
 */
export function provenRounds(
  nodes: readonly Node[],
  statuses: Statuses,
  rounds: readonly Round[] | undefined,
): readonly Round[] | undefined {
  if (rounds === undefined) return undefined;
  const again = unprovenKeys(nodes, statuses);
  return rounds.flatMap((round) => {
    const { snapshot: _, ...rest } = round;
    if (!nodes.some(({ key }) => key === round.fix)) return [];
    const { key } = nodeOf(nodes, round.fix as StepKey);
    return [again.has(key) ? rest : round];
  });
}
