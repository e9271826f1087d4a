import type { Order, Project } from '../../generated/types.js';
import { describeFailure } from '../describe-failure.js';
import type { Failure, Result } from '../failure.js';
import type { CommitId, Instant } from '../ids.js';
import type { EndedState, StoredOrder } from '../record.js';
import { freshRecord, startsAnew, type ObservedTriggers } from './record.js';
import { nextDue, occasionsOf, type Occasion, type Surroundings, type TriggerView } from './occasions.js';
import { actorOf, orderName, orderOf, type Trigger, type TriggerRecord } from './trigger.js';

/** A change of one trigger's record, with the orders that it makes: one commit. */
export interface TriggerWrite {
  readonly trigger: string;
  /** What happened, as the subject of a commit says it. */
  readonly words: string;
  /** Null removes the record: the trigger is gone. */
  readonly record: TriggerRecord | null;
  readonly orders: readonly StoredOrder[];
  /** Why an order could not be made, or that it is suspended: for whoever watches. */
  readonly warning?: string;
}

export interface TriggerPlan {
  readonly writes: readonly TriggerWrite[];
  /** Triggers that would fire now, but for something. */
  readonly held: readonly { readonly trigger: string; readonly why: string }[];
  /** The tips of branches that this was planned from, as observed. */
  readonly tips: ObservedTriggers['tips'];
  /** The first instant at which a trigger will be due. */
  readonly wakeAt: Instant | null;
}

export interface TriggerQuestions {
  readonly project: Project;
  readonly now: Instant;
  readonly paused: boolean;
  readonly sha256: (text: string) => string;
  readonly live: ReadonlySet<string>;
  /** How orders ended, by their names. */
  readonly ended: ReadonlyMap<string, EndedState | 'rejected'>;
  /** Whether an order ever had the name. */
  readonly taken: (name: string) => boolean;
  /** Takes an order in as one from the inbox: routes, inputs, duplicates. The name is its own from then on. */
  readonly take: (order: Order, name: string, actor: string) => Result<StoredOrder>;
}

/** More orders than this of one trigger never wait or run at once; what is over follows when some have ended. */
export const MOST_OPEN = 100;
/** So many in a row fail, and the trigger is suspended. */
export const MOST_FAILURES = 10;
/** So many triggers may follow from one another, whatever formulas and steps lie between. */
export const LONGEST_CHAIN = 5;
/** So much is looked through in vain before the record notes how far. */
const MOST_OTHERS = 100;

/** What the triggers do now. Pure: equal observations give equal plans. */
export function planTriggers(observed: ObservedTriggers, asked: TriggerQuestions): TriggerPlan {
  const triggers = asked.project.triggers ?? [];
  const writes: TriggerWrite[] = [];
  const held: TriggerPlan['held'][number][] = [];
  const wakes: Instant[] = [];
  for (const id of observed.records.keys()) {
    if (!triggers.some((trigger) => trigger.id === id))
      writes.push({ trigger: id, words: 'gone from pushpals.yml', record: null, orders: [] });
  }
  for (const trigger of triggers) {
    const found = observed.records.get(trigger.id);
    // Nobody can tell what it has done: it waits until its file is mended.
    if (found === null) continue;
    // What it looks at was not seen, such as where the remote is away: to take that for a branch that is not there would have it fire when it is seen.
    if (trigger.branch !== undefined && !observed.tips.has(trigger.branch)) continue;
    const anew = startsAnew(trigger, found, asked);
    const view = observed.views.get(trigger.id);
    if (found === undefined || anew !== null || view === undefined) {
      const record = freshRecord(trigger, observed, asked);
      writes.push({ trigger: trigger.id, words: anew ?? 'counts from now on', record, orders: [] });
      if (view?.kind === 'cron') wakes.push(...wake(trigger, record, view, asked));
      continue;
    }
    const settled = settleOpen(trigger, found, asked);
    const fired =
      settled.record.suspended !== undefined
        ? { record: settled.record, orders: [], words: [], held: null, warning: null }
        : fire(trigger, settled.record, view, observed, asked);
    if (fired.held !== null) held.push({ trigger: trigger.id, why: fired.held });
    const words = [...settled.words, ...fired.words];
    const warning = fired.warning ?? settled.warning;
    if (words.length > 0)
      writes.push({
        trigger: trigger.id,
        words: words.join('; '),
        record: fired.record,
        orders: fired.orders,
        ...(warning === null ? {} : { warning }),
      });
    if (view.kind === 'cron' && fired.record.suspended === undefined && !asked.paused)
      wakes.push(...wake(trigger, fired.record, view, asked));
  }
  return { writes, held, tips: observed.tips, wakeAt: wakes.sort()[0] ?? null };
}

const around = ({ now, project, sha256 }: TriggerQuestions): Surroundings => ({
  now,
  project: project.project,
  sha256,
});

function wake(
  trigger: Trigger,
  record: TriggerRecord,
  { schedule }: Extract<TriggerView, { kind: 'cron' }>,
  asked: TriggerQuestions,
): readonly Instant[] {
  const next = nextDue(trigger, record, schedule, around(asked));
  return next === null ? [] : [next.due];
}

interface Step {
  readonly record: TriggerRecord;
  readonly words: readonly string[];
  readonly warning: string | null;
}

/** Counts how the trigger's orders ended that had not when its record was written. */
function settleOpen(trigger: Trigger, found: TriggerRecord, asked: TriggerQuestions): Step {
  const gone = found.open.filter((order) => !asked.live.has(order));
  if (gone.length === 0) return { record: found, words: [], warning: null };
  let record: TriggerRecord = { ...found, open: found.open.filter((order) => asked.live.has(order)) };
  const words: string[] = [];
  for (const order of gone) {
    const state = asked.ended.get(order);
    words.push(`${order} is ${state ?? 'gone'}`);
    if (state === 'done') record = { ...record, failures: 0 };
    if (state === 'failed') record = failed(record, `${order} failed`, record.last?.order === order);
  }
  return suspendIfDue(trigger, record, words, asked);
}

function failed(record: TriggerRecord, why: string, isLast: boolean): TriggerRecord {
  const last = isLast && record.last !== undefined ? { last: { ...record.last, failure: why } } : {};
  return { ...record, ...last, failures: record.failures + 1 };
}

function suspendIfDue(
  trigger: Trigger,
  record: TriggerRecord,
  words: readonly string[],
  asked: TriggerQuestions,
): Step {
  if (record.failures < MOST_FAILURES || record.suspended !== undefined) return { record, words, warning: null };
  const why = `${String(record.failures)} of its orders in a row failed or could not be made`;
  return {
    record: { ...record, suspended: { since: asked.now, why } },
    words: [...words, 'suspended'],
    warning: `trigger ${trigger.id} is suspended (${why}): mend it, or go on with \`pushpals trigger resume ${trigger.id}\``,
  };
}

/** Makes the orders that are due. */
function fire(
  trigger: Trigger,
  start: TriggerRecord,
  view: TriggerView,
  observed: ObservedTriggers,
  asked: TriggerQuestions,
): Step & { readonly orders: readonly StoredOrder[]; readonly held: string | null } {
  const { sha256, now } = asked;
  const nothing = { record: start, orders: [], words: [], warning: null };
  const room = MOST_OPEN - start.open.length;
  const all = occasionsOf(trigger, start, view, around(asked), MOST_OPEN);
  const named = all.map((occasion) => ({ occasion, name: orderName(trigger.id, occasion.name, sha256) }));
  const due = view.kind === 'after' || view.kind === 'vault' ? named.filter(({ name }) => !asked.taken(name)) : named;
  if (due.length > 0 && asked.paused) return { ...nothing, held: 'the file PAUSE is on the ops branch' };
  if (due.length > 0 && room <= 0)
    return { ...nothing, held: `${String(MOST_OPEN)} of its orders have not ended; the rest follows` };
  let record = start;
  let held: string | null = null;
  const orders: StoredOrder[] = [];
  const words: string[] = [];
  let warning: string | null = null;
  for (const { occasion, name } of due) {
    if (record.open.length >= MOST_OPEN) {
      held = `${String(MOST_OPEN)} of its orders have not ended; the rest follows`;
      break;
    }
    if (record.failures >= MOST_FAILURES) break;
    const made = asked.taken(name) ? null : make(trigger, occasion, name, asked);
    if (made?.ok === false && made.failure.class === 'duplicate') {
      held = `${made.failure.twin}, which does the same, has not ended`;
      break;
    }
    record = { ...record, ...occasion.settles };
    const last = { at: now, for: occasion.words };
    if (made === null) {
      words.push(`${name} was made before`);
      record = { ...record, last: { ...last, order: name } };
    } else if (made.ok) {
      orders.push(made.value);
      words.push(`${name} → queue`);
      record = { ...record, last: { ...last, order: name }, made: record.made + 1, open: [...record.open, name] };
    } else {
      const why = whyOf(made.failure);
      words.push(`cannot make ${name} (${made.failure.class})`);
      warning = `trigger ${trigger.id} cannot make ${name}: ${why}`;
      record = { ...record, last: { ...last, failure: why }, failures: record.failures + 1 };
    }
  }
  const suspended = suspendIfDue(trigger, record, words, asked);
  const seen = seenAfter(view, suspended.record, words.length > 0, held, observed.tip, now);
  return {
    record: seen.record,
    orders,
    words: [...suspended.words, ...seen.words],
    warning: suspended.warning ?? warning,
    held,
  };
}

/** How far the ops branch is settled: only where nothing of it is left to fire for. */
function seenAfter(
  view: TriggerView,
  record: TriggerRecord,
  fired: boolean,
  held: string | null,
  tip: CommitId,
  now: Instant,
): { readonly record: TriggerRecord; readonly words: readonly string[] } {
  if (view.kind === 'cron' || view.kind === 'branch' || held !== null || record.suspended !== undefined)
    return { record, words: [] };
  const many = view.kind !== 'files' && view.others >= MOST_OTHERS;
  if (!fired && !many) return { record, words: [] };
  return {
    record: { ...record, seen: { commit: tip, at: now } },
    words: fired ? [] : ['has looked through what ended'],
  };
}

const whyOf = (failure: Failure): string => {
  const { what, details } = describeFailure(failure);
  return [what, ...details].join('; ').slice(0, 500);
};

/** The order of an occasion, taken in as any other. */
function make(
  trigger: Trigger,
  occasion: Occasion,
  name: string,
  { take }: Pick<TriggerQuestions, 'take'>,
): Result<StoredOrder> {
  const { chain, context, distinct } = occasion;
  if (chain !== undefined && chain > LONGEST_CHAIN) {
    const why = `${String(LONGEST_CHAIN)} triggers have fired one after the other, each by what the order before came to`;
    return { ok: false, failure: { class: 'state-conflict', what: why, hint: 'Break the chain in pushpals.yml.' } };
  }
  const taken = take(orderOf(trigger, { context, ...(distinct ? { dedupe: name } : {}) }), name, actorOf(trigger.id));
  if (!taken.ok || chain === undefined) return taken;
  const { record } = taken.value;
  return {
    ok: true,
    value: { ...taken.value, record: { ...record, accepted: { ...record.accepted, chain } } } as StoredOrder,
  };
}

/** The triggers that have something to fire for, before it is known which names are taken. */
export function stirring(
  { records, views }: ObservedTriggers,
  asked: Pick<TriggerQuestions, 'project' | 'now' | 'paused' | 'sha256'>,
): readonly Trigger[] {
  if (asked.paused) return [];
  const surroundings = { now: asked.now, project: asked.project.project, sha256: asked.sha256 };
  return (asked.project.triggers ?? []).filter((trigger) => {
    const [record, view] = [records.get(trigger.id), views.get(trigger.id)];
    if (record == null || view === undefined || record.suspended !== undefined) return false;
    return occasionsOf(trigger, record, view, surroundings, 1).length > 0;
  });
}
