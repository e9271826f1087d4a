import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import { fired } from '../../core/incoming.js';
import type { StoredOrder } from '../../core/record.js';
import { MOST_OPEN } from '../../core/triggers/plan.js';
import { freshRecord, type ObservedTriggers } from '../../core/triggers/record.js';
import {
  instantName,
  orderName,
  specDigest,
  triggerBranches,
  type Trigger,
  type TriggerRecord,
} from '../../core/triggers/trigger.js';
import type { Project } from '../../generated/types.js';
import { observe, readEnded, readOpsAt, type OpsView } from '../observe.js';
import type { Tools } from '../tools.js';
import { write } from '../transition.js';
import { readWorld, type World } from '../world.js';
import { observeTriggers } from './observe.js';
import { triggerCommit } from './write.js';

/** What a trigger is found to be when a person asks something of it. */
interface Found {
  readonly world: World;
  readonly view: OpsView;
  readonly trigger: Trigger;
  readonly triggers: ObservedTriggers;
  readonly record: TriggerRecord;
}

/**
 * Makes the order of a trigger now, in the name of the instant. It goes through what every order goes through; what the trigger waits
 * for is as it was. While things are paused, or the trigger is suspended, the order is made all the same: a person asks for it.
 */
export async function fireTrigger(
  tools: Tools,
  branch: string,
  id: string,
): Promise<Result<{ readonly order: StoredOrder; readonly paused: boolean; readonly suspended: boolean }>> {
  let made: { order: StoredOrder; paused: boolean; suspended: boolean } | null = null;
  const done = await change(tools, branch, id, async ({ world, view, trigger, record, triggers }) => {
    if (record.open.length >= MOST_OPEN)
      return fail(conflict(`${String(MOST_OPEN)} orders of ${id} have not ended`, 'Wait for them, or cancel some.'));
    const nothing = { settled: [], unsettled: [], refused: [] };
    const observed = await observe(tools, world.desired, world.base, view, nothing);
    const formula = await world.desired.formula(trigger.order.formula);
    const formulas = new Map([
      ...observed.formulas,
      ...(formula === undefined ? [] : [[trigger.order.formula, formula] as const]),
    ]);
    const ended = await readEnded(triggers.tip, tools);
    const name = orderName(id, instantName(observed.now), tools.sha256);
    const by = `${tools.operator.name} <${tools.operator.email}>`;
    const order = fired({ ...observed, formulas, ended }, trigger, name, by);
    if (!order.ok) return order;
    made = { order: order.value, paused: view.pause !== null, suspended: record.suspended !== undefined };
    const last = { at: observed.now, for: `fired by ${by}`, order: name };
    const next = { ...record, last, made: record.made + 1, open: [...record.open, name] };
    return ok({ words: `fired by hand: ${name} → queue`, record: next, orders: [order.value] });
  });
  if (!done.ok) return done;
  if (made === null) throw new Error('nothing was decided');
  return ok(made);
}

/** Lets a suspended trigger count again, from now on; fails with `state-conflict` where it is not. */
export function resumeTrigger(tools: Tools, branch: string, id: string): Promise<Result<null>> {
  return change(tools, branch, id, ({ trigger, record, triggers }) => {
    if (record.suspended === undefined)
      return Promise.resolve(
        fail(conflict(`trigger ${id} is not suspended`, '`pushpals trigger list` shows where each stands.')),
      );
    const fresh = anew(tools, trigger, triggers);
    if (!fresh.ok) return Promise.resolve(fresh);
    const { made, open, last } = record;
    const next = { ...fresh.value, made, open, ...(last === undefined ? {} : { last }) };
    return Promise.resolve(ok({ words: 'resumed, and counts from now on', record: next, orders: [] }));
  });
}

async function change(
  tools: Tools,
  branch: string,
  id: string,
  decide: (found: Found) => Promise<Result<{ words: string; record: TriggerRecord; orders: readonly StoredOrder[] }>>,
): Promise<Result<null>> {
  const world = await readWorld(tools, branch);
  if (!world.ok) return world;
  // What it could not see is told below, of a trigger for which that matters.
  await tools.sharing?.watch(triggerBranches(world.value.desired.project));
  const written = await write(tools, async (tip) => {
    const found = await find(tools, world.value, tip, id);
    if (!found.ok) return found;
    const decided = await decide(found.value);
    return decided.ok ? ok([triggerCommit({ trigger: id, ...decided.value }, tools, tools.operator)]) : decided;
  });
  return written.ok ? ok(null) : written;
}

async function find(tools: Tools, world: World, tip: CommitId, id: string): Promise<Result<Found>> {
  const trigger = declared(world.desired.project, id);
  if (!trigger.ok) return trigger;
  const view = await readOpsAt(tip, tools);
  const broken = view.broken.find(({ path }) => path === `triggers/${id}.yml`);
  if (broken !== undefined) return fail(broken.failure);
  const triggers = await observeTriggers(tools, world, view);
  if (triggers === null) throw new Error('a project without triggers has this one');
  const stored = view.triggers.get(id) ?? null;
  const counts = stored !== null && stored.spec === specDigest(trigger.value, tools.sha256);
  const record = counts ? ok(stored) : anew(tools, trigger.value, triggers);
  return record.ok ? ok({ world, view, trigger: trigger.value, triggers, record: record.value }) : record;
}

/** A record that counts from now on; the remote's failure where nobody can tell from which tip of a branch on. */
function anew(tools: Tools, trigger: Trigger, triggers: ObservedTriggers): Result<TriggerRecord> {
  const { sha256, clock, sharing } = tools;
  const failure = sharing?.failure() ?? null;
  if (trigger.branch !== undefined && !triggers.tips.has(trigger.branch) && failure !== null) return fail(failure);
  return ok(freshRecord(trigger, triggers, { sha256, now: clock.now() }));
}

function declared({ triggers = [] }: Project, id: string): Result<Trigger> {
  const trigger = triggers.find((each) => each.id === id);
  if (trigger !== undefined) return ok(trigger);
  const names = triggers.map((each) => each.id).join(', ');
  return fail(conflict(`there is no trigger ${id} in what is committed`, `There are: ${names || 'none'}.`));
}

const conflict = (what: string, hint: string): Failure => ({ class: 'state-conflict', what, hint });
