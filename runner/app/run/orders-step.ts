import { fail, ok, type Result } from '../../core/failure.js';
import type { Node } from '../../core/graph.js';
import type { CommitId, Instant } from '../../core/ids.js';
import { freeName } from '../../core/order.js';
import { chooseFormula, dedupeKey } from '../../core/incoming.js';
import { droppedFor } from '../../core/queue.js';
import type { Bounds } from '../../core/agents/budget.js';
import { asksFor } from '../../core/agents/shares.js';
import type { StoredOrder } from '../../core/record.js';
import type { Order, OrderRecord, Tier } from '../../generated/types.js';
import type { Desired } from '../desired.js';
import { readFormulas } from '../observe.js';
import type { RunContext } from './context.js';
import type { StepResult } from './step-result.js';

/** The orders that there are, so that no name is given twice and no work is filed twice; `names` has those that ended as well. */
export interface LiveNames {
  readonly names: ReadonlySet<string>;
  readonly live: readonly StoredOrder[];
}

/** An order that is to be filed, and what it asks for of what is left of its parent's budget. */
export interface Child {
  readonly record: OrderRecord;
  readonly asks: Bounds;
}

/** The most orders that one step may file. */
const MOST = 20;

/**
 * Makes the orders of an `orders` step from a validated output. They are filed in the very commit that records the step, so
 * that a crash files them not at all or once. A child never has a lower tier than its parent asked for.
 */
export async function childOrders(
  context: RunContext,
  node: Node,
  variables: Readonly<Record<string, unknown>>,
  desired: Desired,
  view: LiveNames,
  snapshot: CommitId,
): Promise<Result<{ result: StepResult; children: readonly Child[] }>> {
  const { tools, journal } = context;
  const parent = journal.order.record;
  const invalid = (why: string): Result<never> => fail({ class: 'output-invalid', step: node.key, why });
  const answer = tools.cel.evaluate(node.step.orders ?? '', variables);
  if (!answer.ok) return invalid(answer.why);
  if (!Array.isArray(answer.value)) return invalid('the expression does not give a list');
  if (answer.value.length > MOST)
    return invalid(`${String(answer.value.length)} orders; at most ${String(MOST)} may be filed by one step`);
  const at: Instant = tools.clock.now();
  const children: Child[] = [];
  const names = new Set(view.names);
  const keys = new Set(view.live.map(({ record }) => record.dedupe));
  for (const [index, value] of answer.value.entries()) {
    const place = `order ${String(index + 1)}`;
    const read = tools.formats.orderValue(value);
    if (!read.ok) return invalid(`${place}: ${read.failure.join('; ')}`);
    const risk = higher(read.value.risk, parent.order.risk);
    const order: Order = { ...read.value, ...(risk === undefined ? {} : { risk }) };
    const formula = chooseFormula(order, { ...desired, cel: tools.cel });
    if (!formula.ok) return invalid(`${place}: ${formula.failure.message}`);
    const dedupe = dedupeKey(order, formula.value, tools.sha256);
    if (keys.has(dedupe)) continue;
    keys.add(dedupe);
    const others = [...view.live, ...children.map(({ record }): StoredOrder => ({ state: 'queue', record }))];
    const formulas = await readFormulas(
      desired,
      new Set([formula.value, ...others.map(({ record }) => record.formula)]),
    );
    if (droppedFor(formula.value, others, formulas) !== null) continue;
    const id = freeName(`${parent.id.slice(0, 40)}-${node.step.id.slice(0, 12)}`, (name) => names.has(name));
    names.add(id);
    const accepted = {
      at,
      from: `step ${node.key} of ${context.run}`,
      digest: tools.sha256(JSON.stringify(order)),
      actor: 'runner',
      onBehalfOf: parent.accepted.onBehalfOf ?? parent.accepted.actor,
      ...(parent.accepted.chain === undefined ? {} : { chain: parent.accepted.chain }),
    };
    const loaded = formulas.get(formula.value);
    children.push({
      asks: asksFor(loaded?.ok === true ? loaded.value.formula : null),
      record: { id, order, formula: formula.value, dedupe, parent: parent.id, accepted, attempts: 0 },
    });
  }
  return ok({ result: { snapshot, outputs: { filed: children.map(({ record }) => record.id) } }, children });
}

function higher(a: Tier | undefined, b: Tier | undefined): Tier | undefined {
  const rank = (tier: Tier | undefined): number => (tier === undefined ? -1 : ['low', 'medium', 'high'].indexOf(tier));
  return rank(a) >= rank(b) ? a : b;
}
