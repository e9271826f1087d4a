import type { Order, Project } from '../generated/types.js';
import { wholeFile, type Failure, type Result } from './failure.js';
import type { Move } from './move.js';
import { suggestion } from './nearest.js';
import type { Dropped, Observed, SeenOrders } from './observed.js';
import { dedupeText, fileStem, freeName, slug } from './order.js';
import { droppedFor, groupOf } from './queue.js';
import type { StoredOrder } from './record.js';
import { chooseFormula } from './routing.js';
import { planTriggers, type TriggerPlan } from './triggers/plan.js';
import { actorOf, orderOf, type Trigger } from './triggers/trigger.js';

/** What becomes of all that may be a new order. */
export interface Incoming {
  /** What is accepted from the inbox and from the forge. */
  readonly moves: readonly Move[];
  readonly rejections: readonly { readonly dropped: Dropped; readonly name: string; readonly failure: Failure }[];
  /** Files of the inbox that a tick took in already and did not come to remove, or is about to. */
  readonly takenBefore: readonly Dropped[];
  /** What was seen on the forge and is no order now, each with why. */
  readonly held: SeenOrders['held'];
  /** What triggers make and note. */
  readonly triggers: TriggerPlan;
}

/** Takes in what people dropped, then what was seen on the forge, and then what triggers make: the same work is taken in once. */
export function planIncoming(observed: Observed): Incoming {
  const { names, byKey, ...inbox } = planInbox(observed);
  const { moves, rejections, held } = planSeen(observed, names, byKey);
  return {
    moves: [...inbox.moves, ...moves],
    rejections: [...inbox.rejections, ...rejections],
    takenBefore: inbox.takenBefore,
    held,
    triggers: planFired(observed, names, byKey),
  };
}

/** Its name says that it was made before, whatever became of it; what does the same as an order at hand is looked at again when that has ended. */
function planSeen(
  observed: Observed,
  names: Set<string>,
  byKey: Map<string, StoredOrder>,
): Pick<Incoming, 'moves' | 'rejections' | 'held'> {
  const moves: Move[] = [];
  const rejections: Incoming['rejections'][number][] = [];
  const held = [...observed.fromForge.held];
  for (const from of observed.issues.again) {
    const { ended: _, run: __, failures: ___, outage: ____, ...record } = from.record;
    if (byKey.has(record.dedupe)) continue;
    const to: StoredOrder = { state: 'queue', record };
    byKey.set(record.dedupe, to);
    moves.push({ event: 'retry', from, to });
  }
  for (const seen of observed.fromForge.orders) {
    const { name, path, work, onBehalfOf } = seen;
    if (names.has(name)) continue;
    const taken = takeIn(seen, name, observed, (id) => names.has(id), byKey);
    if (!taken.ok && taken.failure.class === 'duplicate') {
      held.push({ from: path, why: `${taken.failure.twin}, which does the same, has not ended` });
      continue;
    }
    names.add(name);
    if (!taken.ok) {
      rejections.push({ dropped: seen, name, failure: taken.failure });
      continue;
    }
    const { record } = taken.value;
    const accepted = { ...record.accepted, work, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
    const to: StoredOrder = { state: 'queue', record: { ...record, accepted } };
    byKey.set(record.dedupe, to);
    moves.push({ event: 'accept', from: null, to });
  }
  return { moves, rejections, held };
}

function planFired(observed: Observed, names: Set<string>, byKey: Map<string, StoredOrder>): TriggerPlan {
  if (observed.triggers === null) return { writes: [], held: [], tips: new Map(), wakeAt: null };
  return planTriggers(observed.triggers, {
    ...observed,
    live: new Set(observed.live.map(({ record }) => record.id)),
    taken: (name) => names.has(name),
    take: (order, name, actor) => {
      const taken = takeInFired(observed, order, name, actor, names, byKey);
      if (taken.ok) {
        names.add(name);
        byKey.set(taken.value.record.dedupe, taken.value);
      }
      return taken;
    },
  });
}

/** An order of a trigger is taken in as any other. */
function takeInFired(
  observed: Observed,
  order: Order,
  name: string,
  actor: string,
  names: ReadonlySet<string>,
  byKey: ReadonlyMap<string, StoredOrder>,
): Result<StoredOrder> {
  const digest = observed.sha256(JSON.stringify(order));
  const dropped: Dropped = { path: actor, digest, actor, order: { ok: true, value: order } };
  return takeIn(dropped, name, observed, (id) => names.has(id), byKey);
}

/** The order of a trigger that a person fires. Fails where one of that name was made before, and as any order that cannot be taken in. */
export function fired(observed: Observed, trigger: Trigger, name: string, by: string): Result<StoredOrder> {
  const names = namesTaken(observed);
  const byKey = new Map(observed.live.map((order) => [order.record.dedupe, order]));
  const order = orderOf(trigger, { context: `Fired by hand from the trigger ${trigger.id}.` });
  const taken = takeInFired(observed, order, name, actorOf(trigger.id), names, byKey);
  if (!taken.ok) return taken;
  if (names.has(name)) {
    const hint = 'Wait a second, and fire it again.';
    return { ok: false, failure: { class: 'state-conflict', what: `there is an order ${name} already`, hint } };
  }
  // Whoever fires it asks for it, so that they are not the one who approves it.
  const { record } = taken.value;
  return {
    ok: true,
    value: { state: 'queue', record: { ...record, accepted: { ...record.accepted, onBehalfOf: by } } },
  };
}

function planInbox(observed: Observed): Omit<Incoming, 'triggers' | 'held'> & {
  /** Every name that an order has or had. */
  readonly names: Set<string>;
  readonly byKey: Map<string, StoredOrder>;
} {
  const takenBefore: Dropped[] = [];
  const moves: Move[] = [];
  const rejections: Incoming['rejections'][number][] = [];
  const names = namesTaken(observed);
  const byKey = new Map(observed.live.map((order) => [order.record.dedupe, order]));
  const batch = new Set(observed.dropped.map(({ path }) => slug(fileStem(path))));
  for (const dropped of observed.dropped) {
    if (
      dropped.wasTaken === true ||
      observed.live.some(
        ({ record: { accepted } }) => accepted.from === dropped.path && accepted.digest === dropped.digest,
      )
    ) {
      takenBefore.push(dropped);
      continue;
    }
    const name = freeName(slug(fileStem(dropped.path)), (candidate) => names.has(candidate));
    names.add(name);
    const taken = takeIn(dropped, name, observed, (id) => names.has(id) || batch.has(id), byKey);
    if (taken.ok) {
      byKey.set(taken.value.record.dedupe, taken.value);
      moves.push({ event: 'accept', from: null, to: taken.value, dropped });
    } else {
      rejections.push({ dropped, name, failure: taken.failure });
    }
  }
  return { moves, rejections, takenBefore, names, byKey };
}

function takeIn(
  dropped: Dropped,
  id: string,
  observed: Observed,
  exists: (id: string) => boolean,
  byKey: ReadonlyMap<string, StoredOrder>,
): Result<StoredOrder> {
  if (!dropped.order.ok) return dropped.order;
  const order = dropped.order.value;
  const invalid = (message: string, hint?: string): Result<never> => ({
    ok: false,
    failure: { class: 'order-invalid', problems: [wholeFile(dropped.path, message, hint)] },
  });
  const chosen = chooseFormula(order, observed);
  if (!chosen.ok) return invalid(chosen.failure.message, chosen.failure.hint);
  const { formula, why } = chosen.value;
  const unknown = unknownChecks(order, observed.project);
  if (unknown.length > 0)
    return invalid(
      `\`checks\` names ${unknown.join(', ')}, and pushpals.yml has no such command`,
      suggestion(unknown[0] ?? '', Object.keys(observed.project.commands ?? {}), 'commands'),
    );
  const missing = (order.after ?? []).filter((other) => !exists(other) || other === id);
  if (missing.length > 0)
    return invalid(
      `\`after\` names ${missing.join(', ')}, and there is no such order`,
      'Use the name that `pushpals order list` shows.',
    );
  const loaded = observed.formulas.get(formula);
  const faults = loaded?.ok === true ? loaded.value.checkInputs(order.inputs ?? {}) : [];
  if (faults.length > 0) {
    return {
      ok: false,
      failure: {
        class: 'order-invalid',
        problems: faults.map((fault) =>
          wholeFile(dropped.path, fault, `The inputs of ${formula} are in its formula file.`),
        ),
      },
    };
  }
  const dedupe = dedupeKey(order, formula, observed.sha256);
  const twin = byKey.get(dedupe);
  if (twin !== undefined)
    return { ok: false, failure: { class: 'duplicate', twin: twin.record.id, twinState: twin.state, key: dedupe } };
  const before = droppedFor(formula, byKey.values(), observed.formulas);
  if (before !== null) {
    const group = groupOf(observed.formulas, before.record)?.name ?? '';
    return {
      ok: false,
      failure: { class: 'duplicate', twin: before.record.id, twinState: before.state, key: dedupe, group },
    };
  }
  const accepted = { at: observed.now, from: dropped.path, digest: dropped.digest, actor: dropped.actor };
  return {
    ok: true,
    value: {
      state: 'queue',
      record: { id, order, formula, ...(why === null ? {} : { routed: why }), dedupe, accepted, attempts: 0 },
    },
  };
}

/** The key in force: the order's own, else a digest of what makes two orders the same work. */
export function dedupeKey(order: Order, formula: string, sha256: (text: string) => string): string {
  return order.dedupe ?? sha256(dedupeText(order, formula)).slice(0, 16);
}

/** Checks of an order that are no commands of the project. */
export const unknownChecks = ({ checks = [] }: Order, { commands = {} }: Project): readonly string[] =>
  checks.filter((name) => !Object.hasOwn(commands, name));

/** Names that an order had or has; an unreadable record's are taken as well. */
const namesTaken = ({ live, ended, unreadable }: Observed): Set<string> =>
  new Set([...live.map(({ record }) => record.id), ...ended.keys(), ...unreadable]);
