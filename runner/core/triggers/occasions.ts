import { epochMs, later, type CommitId, type Instant } from '../ids.js';
import type { Schedule } from './schedule.js';
import { deadlineOf, instantName, jitterOf, type Trigger, type TriggerRecord } from './trigger.js';

/** An order that ended, or a request that was decided, since a trigger looked last. */
export interface Happening {
  /** What tells it from every other, such as an order with its run. */
  readonly key: string;
  /** In words: `order fix ended as done`. */
  readonly words: string;
  readonly context: string;
  /** How many triggers led to it, one by what another's order came to. */
  readonly chain: number;
}

/** What a trigger's record is compared with, by its kind. */
export type TriggerView =
  | { readonly kind: 'cron'; readonly schedule: Schedule }
  | {
      readonly kind: 'branch';
      readonly tip: CommitId | null;
      /** What differs from the tip that is settled, in the trigger's `paths`; null where that cannot be told. */
      readonly changed: readonly string[] | null;
      /** How many triggers led to the order whose result the tip is; null where it is nobody's. */
      readonly chain: number | null;
    }
  | { readonly kind: 'files'; readonly digest: string; readonly changed: readonly string[] | null }
  | {
      readonly kind: 'after' | 'vault';
      readonly happenings: readonly Happening[];
      /** How much was looked through that is none of them. */
      readonly others: number;
    };

/** Something that a trigger is to make an order for. */
export interface Occasion {
  /** What an order's name ends in. */
  readonly name: string;
  /** In words, for the record and the commit. */
  readonly words: string;
  readonly context: string;
  /** Each order for such an occasion is work of its own, even while another one waits. */
  readonly distinct: boolean;
  readonly chain?: number;
  /** What the record says when this is settled. */
  readonly settles: Pick<TriggerRecord, 'through' | 'tip' | 'files'>;
}

export interface Surroundings {
  readonly now: Instant;
  readonly project: string;
  readonly sha256: (text: string) => string;
}

/** What a trigger has to fire for now, the oldest first; of instants at most `limit`. */
export function occasionsOf(
  trigger: Trigger,
  record: TriggerRecord,
  view: TriggerView,
  around: Surroundings,
  limit: number,
): readonly Occasion[] {
  const short = (text: string): string => around.sha256(text).slice(0, 12);
  switch (view.kind) {
    case 'cron':
      return instantsDue(trigger, record, view.schedule, around, limit).map((at) => ({
        name: instantName(at),
        words: at,
        context: `Fired by the trigger ${trigger.id} for ${at}.`,
        distinct: trigger.missed === 'all',
        settles: { through: at },
      }));
    case 'branch': {
      const { tip, changed, chain } = view;
      if (tip === null || tip === record.tip || changed?.length === 0) return [];
      const words = `${trigger.branch ?? ''} is at ${tip}`;
      const before = record.tip === undefined ? '' : `, and was at ${record.tip}`;
      const context = `Fired by the trigger ${trigger.id}: the branch ${words}${before}.${listed(changed)}`;
      const led = chain === null ? {} : { chain: chain + 1 };
      return [{ name: tip.slice(0, 12), words, context, distinct: true, ...led, settles: { tip } }];
    }
    case 'files': {
      if (view.digest === record.files) return [];
      // The same files may come back: how often it has fired tells the times apart.
      const name = short(JSON.stringify([record.files, view.digest, record.since, record.made]));
      const words = `files changed on the ops branch`;
      const context = `Fired by the trigger ${trigger.id}: ${words}.${listed(view.changed)}`;
      return [{ name, words, context, distinct: true, settles: { files: view.digest } }];
    }
    case 'after':
    case 'vault':
      return view.happenings.map(({ key, words, context, chain }) => ({
        name: short(key),
        words,
        context: `Fired by the trigger ${trigger.id}: ${words}.\n${context}`,
        distinct: true,
        chain: chain + 1,
        settles: {},
      }));
  }
}

const MOST_LISTED = 100;

function listed(paths: readonly string[] | null): string {
  if (paths === null || paths.length === 0) return '';
  const shown = paths.slice(0, MOST_LISTED).map((path) => `- ${path.slice(0, 500)}`);
  const more = paths.length > MOST_LISTED ? [`… and ${String(paths.length - MOST_LISTED)} more`] : [];
  return `\nChanged:\n${[...shown, ...more].join('\n')}`;
}

/**
 * The instants to fire for now: after what is settled, due with the trigger's jitter, and not older than its deadline. All of them with
 * `missed: all`, else the last one.
 */
function instantsDue(
  trigger: Trigger,
  record: TriggerRecord,
  schedule: Schedule,
  { now, project, sha256 }: Surroundings,
  limit: number,
): readonly Instant[] {
  const until = later(now, -jitterOf(trigger, project, sha256));
  const from = settledThrough(trigger, record, until);
  if (trigger.missed !== 'all') {
    const last = schedule.latest(until);
    return last !== null && last > from && limit > 0 ? [last] : [];
  }
  const due: Instant[] = [];
  for (let at = schedule.next(from); at !== null && at <= until && due.length < limit; at = schedule.next(at))
    due.push(at);
  return due;
}

/** Up to where nothing is made up any more: what is settled, or what is too old. */
function settledThrough(trigger: Trigger, record: TriggerRecord, until: Instant): Instant {
  const through = (record.through ?? record.since) as Instant;
  const deadline = deadlineOf(trigger);
  const oldest = Number.isFinite(deadline) ? later(until, -deadline - 1) : through;
  return oldest > through ? oldest : through;
}

/** When a trigger will be due by time alone; null if never. What is due already does not count: that takes more than time. */
export function nextDue(
  trigger: Trigger,
  record: Pick<TriggerRecord, 'since' | 'through'>,
  schedule: Schedule,
  { now, project, sha256 }: Surroundings,
): { readonly at: Instant; readonly due: Instant } | null {
  const jitter = jitterOf(trigger, project, sha256);
  const through = (record.through ?? record.since) as Instant;
  const settled = later(now, -jitter);
  const at = schedule.next(epochMs(through) > epochMs(settled) ? through : settled);
  return at === null ? null : { at, due: later(at, jitter) };
}
