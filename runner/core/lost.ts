import type { RunRecord, StepStatus } from '../generated/types.js';
import type { Failure } from './failure.js';
import { readiness, type Node, type Statuses } from './graph.js';
import type { Instant } from './ids.js';

/** How many runners in a row may die without any step coming to an end before the work is held to be what ends them. */
export const MOST_LOST = 5;

type Lost = NonNullable<RunRecord['lost']>;

/** The count after another runner of this run died; it begins anew whenever a step came to an end in between. */
export function lostAgain({ lost, steps }: Pick<RunRecord, 'lost' | 'steps'>): Lost {
  const settled = Object.values(steps).filter(({ state }) => state !== 'pending' && state !== 'running').length;
  return { times: lost?.settled === settled ? lost.times + 1 : 1, settled };
}

/** The statuses of a run that is given up: the steps in which its runners died have failed, so that it ends like any other that failed. */
export function givenUp(nodes: readonly Node[], statuses: Statuses, failure: Failure, at: Instant): Statuses {
  const failed: StepStatus = { state: 'failed', attempt: 1, startedAt: at, durationMs: 0, failure: { ...failure } };
  const next = ({ key }: Node): boolean =>
    statuses[key]?.state === 'pending' && readiness(nodes, statuses, key).is === 'ready';
  const running = nodes.filter(({ key }) => statuses[key]?.state === 'running');
  const victims = new Set((running.length > 0 ? running : nodes.filter(next).slice(0, 1)).map(({ key }) => key));
  return Object.fromEntries(
    nodes.map(({ key }) => [key, victims.has(key) ? failed : (statuses[key] ?? { state: 'pending' })]),
  );
}
