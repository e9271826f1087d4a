import type { Bounds } from '../../core/agents/budget.js';
import { asksFor } from '../../core/agents/shares.js';
import { fail, ok, type Result } from '../../core/failure.js';
import { fileOrders, filingLimits, itemOf, type Item } from '../../core/filing.js';
import type { Node, Statuses } from '../../core/graph.js';
import { chooseFormula } from '../../core/routing.js';
import type { CommitId } from '../../core/ids.js';
import type { OrderRecord } from '../../generated/types.js';
import type { Desired } from '../desired.js';
import { readCapable } from '../capable.js';
import { filedBefore } from '../children.js';
import { readEnded, readFormulas, readOps, unreadableNames } from '../observe.js';
import type { RunContext } from './context.js';
import { tierSoFar, variables } from './inputs.js';
import { searchValue } from './secret-scan.js';
import type { StepResult } from './step-result.js';

/** An order that is to be filed, and what it asks for of what is left of its parent's budget. */
export interface NewChild {
  readonly record: OrderRecord;
  readonly asks: Bounds;
}

/** What an `orders` step came to: orders that are to be filed with it, and those that its run waits for. */
export interface FiledStep extends StepResult {
  readonly children: readonly NewChild[];
  readonly awaits?: readonly string[];
}

/**
 * Makes the orders of an `orders` step from a list that hostile text may have had a hand in. They are filed in the very commit that records the
 * step, so that a crash files them not at all or once.
 */
export async function ordersStep(
  context: RunContext,
  desired: Desired,
  node: Node,
  statuses: Statuses,
  input: CommitId,
): Promise<Result<FiledStep>> {
  const { tools, journal, policy } = context;
  const parent = journal.order.record;
  const invalid = (why: string): Result<never> => fail({ class: 'output-invalid', step: node.key, why });
  const answer = tools.cel.evaluate(node.step.orders ?? '', await variables(context, statuses, node, input));
  if (!answer.ok) return invalid(answer.why);
  if (!Array.isArray(answer.value)) return invalid('the expression does not give a list');
  const most = filingLimits(policy).children;
  if (answer.value.length > most)
    return invalid(`${String(answer.value.length)} orders; at most ${String(most)} may be filed by one step`);
  const items: Item[] = [];
  for (const [index, value] of answer.value.entries()) {
    const item = itemOf(value);
    if (!item.ok) return invalid(`order ${String(index + 1)}: ${item.failure}`);
    const read = tools.formats.orderValue(item.value.order);
    if (!read.ok) return invalid(`order ${String(index + 1)}: ${read.failure.join('; ')}`);
    items.push({ ...item.value, order: read.value });
  }
  const view = await readOps(tools);
  if (!view.ok) return view;
  const { tip, live } = view.value;
  const ended = await readEnded(tip, tools);
  const awaits = node.step.await === true;
  const capable = await readCapable(
    desired,
    items.map(({ order }) => ({ order: ok(order) })),
  );
  const chosen = items.flatMap(({ order }) => {
    const formula = chooseFormula(order, { ...desired, capable, cel: tools.cel });
    return formula.ok ? [formula.value.formula] : [];
  });
  const formulas = await readFormulas(desired, new Set([...chosen, ...live.map(({ record }) => record.formula)]));
  const filed = fileOrders(items, {
    ...desired,
    parent,
    tier: tierSoFar(context, statuses),
    step: { key: node.key, id: node.step.id },
    run: context.run,
    awaits,
    at: tools.clock.now(),
    live,
    names: new Set([...live.map(({ record }) => record.id), ...ended.keys(), ...unreadableNames(view.value)]),
    answers: answersIn(context, statuses),
    done: awaits ? await filedBefore(tools, tip, parent.id) : [],
    formulas,
    capable,
    cel: tools.cel,
    sha256: tools.sha256,
  });
  if (!filed.ok) return invalid(filed.failure);
  const { children: made, orders } = filed.value;
  // With what it inherits, an order may be longer than one may be: its record could not be read again.
  for (const { record } of made) {
    const fits = tools.formats.orderValue(record.order);
    if (!fits.ok) return invalid(`${record.id}, with what it inherits: ${fits.failure.join('; ')}`);
  }
  const children = made.map(({ record }): NewChild => {
    const own = formulas.get(record.formula);
    return { record, asks: asksFor(own?.ok === true ? own.value.formula : null) };
  });
  const texts = children.map(({ record }) => record.order);
  const clean = await searchValue(context, node, `an order of step ${node.key}`, texts);
  if (!clean.ok) return clean;
  const outputs = { filed: children.map(({ record }) => record.id), ...(awaits ? { orders: [] } : {}) };
  return ok({ snapshot: input, outputs, children, ...(awaits && orders.length > 0 ? { awaits: orders } : {}) });
}

/** What people reported in the run's tasks. */
const answersIn = ({ nodes }: RunContext, statuses: Statuses): readonly string[] =>
  nodes.flatMap(({ key, kind }) => {
    const status = kind === 'task' ? statuses[key] : undefined;
    const answer = status?.state === 'succeeded' ? (status.outputs as { answer?: unknown } | undefined)?.answer : null;
    return typeof answer === 'string' ? [answer] : [];
  });
