import type { Project } from '../../generated/types.js';
import { later, type Instant } from '../ids.js';
import type { TypicalRun } from '../past-runs.js';
import type { Schedule } from './schedule.js';
import { watchesOf } from './standing.js';
import { jitterOf, kindOf, type Trigger } from './trigger.js';

export interface SimulationFacts {
  readonly project: Project;
  readonly from: Instant;
  readonly until: Instant;
  readonly schedule: (trigger: Trigger) => Schedule | null;
  readonly suspended: (id: string) => boolean;
  /** What a run of a formula comes to, by those that ended; undefined where none is known. */
  readonly typical: (formula: string) => TypicalRun | undefined;
  readonly sha256: (text: string) => string;
}

/** What one trigger would do. */
export interface Simulated {
  readonly id: string;
  readonly watches: string;
  readonly formula: string;
  /** `event`: what it waits for does not come by time. */
  readonly by: 'time' | 'event';
  readonly suspended: boolean;
  /** When it would fire, its jitter included; the first of them, where there are more than are counted. */
  readonly fires: readonly Instant[];
  /** There are more. */
  readonly more: boolean;
  /** What a run of its formula comes to; null where none has ended lately. */
  readonly typical: TypicalRun | null;
}

export interface Simulation {
  readonly from: Instant;
  readonly until: Instant;
  readonly triggers: readonly Simulated[];
  readonly orders: number;
  /** There are more orders than that. */
  readonly more: boolean;
  /** All their runs together, as far as can be told. */
  readonly runs: TypicalRun;
  /** Formulas of which no run is known. */
  readonly unknown: readonly string[];
}

/** More than this of one trigger is a mistake, and is not counted to its end. */
export const MOST_SIMULATED = 10_000;

/** What the triggers would fire for by time alone, in a span of time; no order stands in the way of another. */
export function simulate(facts: SimulationFacts): Simulation {
  const triggers = (facts.project.triggers ?? []).map((trigger) => simulated(trigger, facts));
  const busy = triggers.filter(({ fires }) => fires.length > 0);
  return {
    from: facts.from,
    until: facts.until,
    triggers,
    orders: busy.reduce((sum, { fires }) => sum + fires.length, 0),
    more: busy.some(({ more }) => more),
    runs: { ms: sum(busy, 'ms'), tokens: sum(busy, 'tokens'), costUsd: sum(busy, 'costUsd') },
    unknown: [...new Set(busy.flatMap(({ formula, typical }) => (typical === null ? [formula] : [])))].sort(),
  };
}

const sum = (triggers: readonly Simulated[], what: keyof TypicalRun): number =>
  triggers.reduce((total, { fires, typical }) => total + fires.length * (typical?.[what] ?? 0), 0);

function simulated(trigger: Trigger, facts: SimulationFacts): Simulated {
  const { project, from, until, schedule, suspended, typical, sha256 } = facts;
  const cron = schedule(trigger);
  const isSuspended = suspended(trigger.id);
  const fires: Instant[] = [];
  let more = false;
  if (cron !== null && !isSuspended) {
    const jitter = jitterOf(trigger, project.project, sha256);
    for (let at = cron.next(later(from, -jitter)); at !== null && later(at, jitter) <= until; at = cron.next(at)) {
      more = fires.length === MOST_SIMULATED;
      if (more) break;
      fires.push(later(at, jitter));
    }
  }
  return {
    id: trigger.id,
    watches: watchesOf(trigger),
    formula: trigger.order.formula,
    by: kindOf(trigger) === 'cron' ? 'time' : 'event',
    suspended: isSuspended,
    fires,
    more,
    typical: typical(trigger.order.formula) ?? null,
  };
}
