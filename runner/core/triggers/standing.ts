import type { Project } from '../../generated/types.js';
import type { Instant } from '../ids.js';
import { nextDue, occasionsOf } from './occasions.js';
import type { Schedule } from './schedule.js';
import { specDigest, type Trigger, type TriggerRecord } from './trigger.js';

/** Where a trigger stands, for whoever looks. */
export interface Standing {
  readonly id: string;
  /** What it waits for, in words. */
  readonly watches: string;
  readonly formula: string;
  /** `new`: it counts from the next tick on, as written or as changed. `unreadable`: its record is, so that it keeps still. */
  readonly state: 'counts' | 'new' | 'suspended' | 'unreadable';
  readonly record: TriggerRecord | null;
  /** When it is due by time, with its jitter; the time of asking where it is overdue. Null where time alone does nothing. */
  readonly next: Instant | null;
}

export interface StandingFacts {
  readonly project: Project;
  readonly records: ReadonlyMap<string, TriggerRecord | null>;
  readonly schedule: (trigger: Trigger) => Schedule | null;
  readonly now: Instant;
  readonly paused: boolean;
  readonly sha256: (text: string) => string;
}

/** The triggers of the project: those that are suspended first, then by when they are due. */
export function standings(facts: StandingFacts): readonly Standing[] {
  const rank = ({ state, next }: Standing): string => (state === 'suspended' ? '' : (next ?? '~'));
  return (facts.project.triggers ?? [])
    .map((trigger) => standingOf(trigger, facts))
    .sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}

function standingOf(trigger: Trigger, { project, records, schedule, now, paused, sha256 }: StandingFacts): Standing {
  const found = records.get(trigger.id);
  const isNew = found === undefined || (found !== null && found.spec !== specDigest(trigger, sha256));
  const state = found === null ? 'unreadable' : isNew ? 'new' : found.suspended === undefined ? 'counts' : 'suspended';
  const cron = paused || state === 'suspended' || state === 'unreadable' ? null : schedule(trigger);
  return {
    id: trigger.id,
    watches: watchesOf(trigger),
    formula: trigger.order.formula,
    state,
    record: isNew ? null : (found ?? null),
    next: cron === null ? null : nextOf(trigger, isNew ? null : (found ?? null), cron, { now, project, sha256 }),
  };
}

function nextOf(
  trigger: Trigger,
  record: TriggerRecord | null,
  schedule: Schedule,
  { now, project, sha256 }: Pick<StandingFacts, 'now' | 'project' | 'sha256'>,
): Instant | null {
  const around = { now, project: project.project, sha256 };
  if (record !== null && occasionsOf(trigger, record, { kind: 'cron', schedule }, around, 1).length > 0) return now;
  return nextDue(trigger, record ?? { since: now }, schedule, around)?.due ?? null;
}

/** What a trigger waits for: `0 3 * * * Europe/Berlin`, `branch main (src/**)`. */
export function watchesOf({ cron, timezone, branch, paths, files, after, vault }: Trigger): string {
  if (cron !== undefined) return `${cron} ${timezone ?? 'UTC'}`;
  if (branch !== undefined) return `branch ${branch}${paths === undefined ? '' : ` (${paths.join(', ')})`}`;
  if (files !== undefined) return `files ${files.join(', ')}`;
  if (after !== undefined) return `after ${after.formula} is ${after.on ?? 'done'}`;
  return vault === undefined ? '' : `${vault.kind ?? 'request'} is ${vault.on}`;
}
