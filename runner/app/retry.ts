import type { OrderRecord } from '../generated/types.js';
import { together, type Bounds } from '../core/agents/budget.js';
import { fail, ok, type Failure, type Result } from '../core/failure.js';
import { formulaFacts } from '../core/formula-facts.js';
import { decide, unapprovable } from '../core/policy.js';
import type { StoredOrder } from '../core/record.js';
import { goneOnWith } from '../core/run-end.js';
import { change, twinOf } from './orders.js';
import type { Tools } from './tools.js';
import { readWorld, type World } from './world.js';

/**
 * Puts an order back into the queue that failed, was cancelled, or waits to be tried again. Attempts go on counting; failures start anew, what was used
 * does not: a run that used up its budget goes on where it stopped, with what is granted here. Refused while another order does the same work, and where
 * somebody gives what the policy has people approve.
 */
export async function retryOrder(
  tools: Tools,
  id: string,
  given?: { readonly grant: Bounds; readonly branch: string },
): Promise<Result<StoredOrder>> {
  const world = given === undefined ? null : await readWorld(tools, given.branch);
  if (world?.ok === false) return world;
  return change(tools, id, async (order, tip) => {
    if (!isRetriable(order)) {
      return fail({
        class: 'state-conflict',
        what: `order ${id} is ${order.state}`,
        hint: 'Only an order that failed, was cancelled, or waits to be tried again can be retried.',
      });
    }
    const { ended: _, run: __, failures: ___, outage: ____, waiting: _____, shipped: ______, ...rest } = order.record;
    const refused = world === null ? null : await notGranted(tools, world.value, rest);
    if (refused !== null) return fail(refused);
    const run = goneOnWith(order);
    const granted = given === undefined ? {} : { granted: together(rest.granted ?? {}, given.grant) };
    const record = { ...rest, ...granted, ...(run === null ? {} : { run }) };
    const twin = await twinOf(tools, tip, record);
    if (twin !== null) return fail(twin);
    return ok({ event: 'retry', to: { state: 'queue', record } });
  });
}

/** Why nobody may grant an order more at the command line; null if they may: then there is nobody whom the vault could ask. */
async function notGranted(
  tools: Tools,
  { desired }: World,
  { id, order, formula }: OrderRecord,
): Promise<Failure | null> {
  const loaded = await desired.formula(formula);
  if (loaded === undefined)
    return {
      class: 'state-conflict',
      what: `there is no formula \`${formula}\``,
      hint: '`pushpals validate` lists them.',
    };
  if (!loaded.ok) return loaded.failure;
  const decision = decide(order, formulaFacts(loaded.value.formula), null, desired.policy, tools.cel);
  if (unapprovable(desired.policy, decision) !== null) return null;
  return {
    class: 'state-conflict',
    what: `the policy names people who approve what ${id} may use`,
    hint: `Have it tried again without \`--grant\`: pushpals order retry ${id}. Where it runs into its budget, the vault asks them.`,
  };
}

function isRetriable({ state, record: { waiting } }: StoredOrder): boolean {
  if (state === 'failed' || state === 'cancelled') return true;
  if (waiting === undefined) return false;
  // What a runner that died left undecided has a command of its own.
  return waiting.failure?.class !== 'outcome-unknown' && (waiting.on === 'time' || waiting.on === 'person');
}
