import { epochMs, type CommitId, type Instant } from '../ids.js';
import type { TriggerView } from './occasions.js';
import { kindOf, specDigest, type Trigger, type TriggerRecord } from './trigger.js';

/** What the triggers of a project are planned from. */
export interface ObservedTriggers {
  /** The tip of the ops branch that all of this was read from. */
  readonly tip: CommitId;
  /** The records that there are, by trigger; null for one that cannot be read. */
  readonly records: ReadonlyMap<string, TriggerRecord | null>;
  /** By trigger; none for one that does not count yet. */
  readonly views: ReadonlyMap<string, TriggerView>;
  /** Tips of the branches that triggers look at; null for one that there is not, and none for one of which that cannot be told now. */
  readonly tips: ReadonlyMap<string, CommitId | null>;
  /** SHA-256 of the files that a `files` trigger looks at. */
  readonly files: ReadonlyMap<string, string>;
}

interface Clocked {
  readonly now: Instant;
  readonly sha256: (text: string) => string;
}

/** A record that says to be ahead of the clock by more than this was written under another clock. */
const AHEAD_MS = 86_400_000;

/** Why a trigger that was there counts from now on; null if it goes on. */
export function startsAnew(
  trigger: Trigger,
  record: TriggerRecord | undefined,
  { sha256, now }: Clocked,
): string | null {
  if (record === undefined) return null;
  if (record.spec !== specDigest(trigger, sha256)) return 'it was changed, and counts from now on';
  const latest = record.through ?? record.since;
  return epochMs(latest as Instant) > epochMs(now) + AHEAD_MS
    ? `its record is ahead of the clock (${latest}), and it counts from now on`
    : null;
}

/** A record under which nothing is due: what is now is settled. */
export function freshRecord(
  trigger: Trigger,
  { tip, tips, files }: Pick<ObservedTriggers, 'tip' | 'tips' | 'files'>,
  { sha256, now }: Clocked,
): TriggerRecord {
  const kind = kindOf(trigger);
  const at = kind === 'branch' ? (tips.get(trigger.branch ?? '') ?? null) : null;
  const digest = files.get(trigger.id);
  return {
    id: trigger.id,
    spec: specDigest(trigger, sha256),
    since: now,
    ...(kind === 'cron' ? { through: now } : {}),
    ...(at === null ? {} : { tip: at }),
    ...(kind === 'files' && digest !== undefined ? { files: digest } : {}),
    ...(kind === 'cron' || kind === 'branch' ? {} : { seen: { commit: tip, at: now } }),
    made: 0,
    open: [],
    failures: 0,
  };
}
