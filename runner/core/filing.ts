import type { Formula, Order, OrderRecord, Policy, Tier } from '../generated/types.js';
import { awaitedBy, awaitedIn, filedBy } from './awaited.js';
import { fail, ok, type Result } from './failure.js';
import type { Instant, StepKey } from './ids.js';
import { dedupeKey, unknownChecks } from './incoming.js';
import { inherit } from './inherit.js';
import { cycles } from './needs.js';
import { copies } from './outside/own-words.js';
import type { Observed } from './observed.js';
import { freeName } from './order.js';
import { droppedFor } from './queue.js';
import type { StoredOrder } from './record.js';
import { chooseFormula, isFallback, type Routed } from './routing.js';
import { workOf } from './selection.js';

/** An order that a step files, with what its list says of it beside that. */
export interface Item {
  /** By which the others of the list mean it. */
  readonly name: string | null;
  /** Whether its formula works with agents. */
  readonly lane: 'deterministic' | 'agent' | null;
  readonly order: Order;
}

/** A step that files orders, and what there is. */
export interface Filing extends Pick<
  Observed,
  'policy' | 'project' | 'cel' | 'formulaNames' | 'formulas' | 'capable' | 'sha256'
> {
  readonly parent: OrderRecord;
  /** What the parent's tier is. */
  readonly tier: Tier;
  readonly step: { readonly key: StepKey; readonly id: string };
  readonly run: string;
  /** The run goes on only when they have ended. */
  readonly awaits: boolean;
  readonly at: Instant;
  readonly live: readonly StoredOrder[];
  /** Every name that an order has or had. */
  readonly names: ReadonlySet<string>;
  /** What earlier runs of the parent filed, and is done. */
  readonly done: readonly StoredOrder[];
  /** What people answered in this run: they may repeat what they like. */
  readonly answers: readonly string[];
}

export interface Filed {
  readonly children: readonly StoredOrder[];
  /** The orders that do what the items ask, in their order: those that are filed, and those that there are already. */
  readonly orders: readonly string[];
}

/** How many orders a step may file, and how far from one that no run filed. */
export const filingLimits = ({
  limits,
}: Pick<Policy, 'limits'>): { readonly children: number; readonly depth: number } => ({
  children: limits?.children ?? 20,
  depth: limits?.depth ?? 2,
});

const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** Takes what is not an order's off an item of a list; the rest has to be an order. Says what is wrong with it. */
export function itemOf(value: unknown): Result<Omit<Item, 'order'> & { readonly order: unknown }, string> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return ok({ name: null, lane: null, order: value });
  const { name = null, lane = null, why, paths = [], ...rest } = value as Readonly<Record<string, unknown>>;
  if (name !== null && !(typeof name === 'string' && NAME.test(name)))
    return fail('its `name` must be lower-case letters, digits and dashes, at most 40');
  if (lane !== null && lane !== 'deterministic' && lane !== 'agent')
    return fail('its `lane` must be `deterministic` or `agent`');
  if (why !== undefined && typeof why !== 'string') return fail('its `why` must be text');
  if (!Array.isArray(paths)) return fail('its `paths` must be a list of globs');
  if (paths.length === 0) return ok({ name, lane, order: rest });
  const { constraints = {} } = rest;
  if (constraints === null || typeof constraints !== 'object' || 'only' in constraints)
    return fail('it has both `paths` and `constraints.only`');
  return ok({ name, lane, order: { ...rest, constraints: { ...constraints, only: paths } } });
}

/**
 * The orders that a step files. Work that an order does already, or did in an earlier run of the same parent, is not filed again. None is filed where one
 * of them cannot be: the answer then says which, and why.
 */
export function fileOrders(items: readonly Item[], filing: Filing): Result<Filed, string> {
  const { parent, awaits, policy } = filing;
  const limits = filingLimits(policy);
  const depth = (parent.depth ?? 0) + 1;
  if (items.length > limits.children)
    return fail(`${String(items.length)} orders; at most ${String(limits.children)} may be filed by one step`);
  if (items.length > 0 && depth > limits.depth)
    return fail(
      `${parent.id} was filed by a run itself, ${String(depth - 1)} deep, and the policy allows ${String(limits.depth)}`,
    );
  const wanted: (Routed & { readonly place: string; readonly order: Order; readonly key: string })[] = [];
  for (const [index, item] of items.entries()) {
    const place = `order ${String(index + 1)}${item.name === null ? '' : ` (${item.name})`}`;
    const [copied] = filing.answers.includes(item.order.goal) ? [] : copies(parent.order, [item.order]);
    if (copied !== undefined) return fail(`${place}: ${copied}`);
    const inherited = inherit(parent.order, filing.tier, item.order);
    if (!inherited.ok) return fail(`${place}: ${inherited.failure}`);
    const chosen = chooseFormula(inherited.value, filing);
    if (!chosen.ok) return fail(`${place}: ${chosen.failure.message}`);
    const { formula, why } = chosen.value;
    if (isFallback(chosen.value) && formula === parent.formula)
      return fail(
        `${place}: nothing says which formula does it but pushpals.yml, and that is ${formula}, which files it`,
      );
    const loaded = filing.formulas.get(formula);
    const faults = loaded?.ok === true ? loaded.value.checkInputs(inherited.value.inputs ?? {}) : [];
    if (faults.length > 0) return fail(`${place}: ${faults.join('; ')}`);
    const unknown = unknownChecks(inherited.value, filing.project);
    if (unknown.length > 0) return fail(`${place}: pushpals.yml has no command ${unknown.join(', ')}`);
    if (loaded?.ok === true && item.lane !== null && item.lane !== laneOf(loaded.value.formula))
      return fail(`${place}: its lane is ${item.lane}, and ${formula} is of the other`);
    const key = dedupeKey(inherited.value, formula, filing.sha256);
    wanted.push({ place, order: inherited.value, formula, why, key });
  }
  const twice = items.findIndex(
    ({ name }, index) => name !== null && items.slice(0, index).some((other) => other.name === name),
  );
  if (twice !== -1) return fail(`order ${String(twice + 1)}: another one is called ${items[twice]?.name ?? ''}`);
  const names = new Set(filing.names);
  const byKey = new Map([...filing.done, ...filing.live].map(({ record }) => [record.dedupe, record.id]));
  const others: StoredOrder[] = [...filing.live];
  const ids: string[] = [];
  const fresh = new Set<number>();
  for (const [index, { order, formula, why, key }] of wanted.entries()) {
    const known = byKey.get(key) ?? droppedFor(formula, others, filing.formulas)?.record.id;
    const id = known ?? freeName(stemOf(filing, items[index]?.name ?? null), (name) => names.has(name));
    ids.push(id);
    if (known !== undefined) continue;
    names.add(id);
    byKey.set(key, id);
    fresh.add(index);
    others.push({ state: 'queue', record: recordOf(filing, { id, order, formula, why, dedupe: key, depth }) });
  }
  const byName = new Map(items.flatMap(({ name }, index) => (name === null ? [] : [[name, ids[index] ?? '']])));
  const children: StoredOrder[] = [];
  for (const [index, { place, order, formula, why, key }] of wanted.entries()) {
    if (!fresh.has(index)) continue;
    const after = (order.after ?? []).map((other) => byName.get(other) ?? other);
    const missing = after.filter((other) => !names.has(other));
    if (missing.length > 0)
      return fail(`${place}: \`after\` names ${missing.join(', ')}, which is neither in this list nor an order`);
    const settled = after.length === 0 ? order : { ...order, after: [...new Set(after)] };
    children.push({
      state: 'queue',
      record: recordOf(filing, { id: ids[index] ?? '', order: settled, formula, why, dedupe: key, depth }),
    });
  }
  const orders = [...new Set(ids)];
  const circle = circleOf(filing, children, awaits ? orders : []);
  if (circle !== null) return fail(`these would wait for each other: ${[...circle, circle[0]].join(' → ')}`);
  return ok({ children, orders });
}

/** What an agent does only where there is one, rules do first. */
const laneOf = ({ steps }: Formula): Item['lane'] =>
  steps.some((step) => step.agent !== undefined && step['if-agent'] === undefined) ? 'agent' : 'deterministic';

const stemOf = ({ parent, step }: Filing, name: string | null): string =>
  `${parent.id.slice(0, 36)}-${(name ?? step.id).slice(0, 18)}`.replace(/-+$/, '');

function recordOf(
  { parent, step, run, at, sha256 }: Filing,
  { why, ...of }: Pick<OrderRecord, 'id' | 'order' | 'dedupe'> & Routed & { readonly depth: number },
): OrderRecord {
  const { accepted } = parent;
  const work = workOf(parent);
  return {
    ...of,
    ...(why === null ? {} : { routed: why }),
    parent: parent.id,
    accepted: {
      at,
      from: filedBy(step.key, run),
      digest: sha256(JSON.stringify(of.order)),
      actor: 'runner',
      onBehalfOf: accepted.onBehalfOf ?? accepted.actor,
      ...(accepted.chain === undefined ? {} : { chain: accepted.chain }),
      ...(work === 'request' ? {} : { work }),
    },
    attempts: 0,
  };
}

/** Orders of which none could ever start or end, because each waits for the next; null if there are none. */
function circleOf(
  { parent, live }: Filing,
  children: readonly StoredOrder[],
  waitedFor: readonly string[],
): readonly string[] | null {
  const byId = new Map([...live, ...children].map((order) => [order.record.id, order]));
  const needsOf = (id: string): readonly string[] => {
    const order = byId.get(id);
    if (order === undefined) return [];
    const running = order.state === 'active' ? awaitedIn(order.record.run.steps) : awaitedBy(order);
    // What it waited for before it started it has.
    const before = order.state === 'active' ? [] : (order.record.order.after ?? []);
    return [...before, ...running, ...(id === parent.id ? waitedFor : [])];
  };
  const found = new Map<string, readonly string[]>();
  const open = [...children.map(({ record }) => record.id), ...(waitedFor.length > 0 ? [parent.id] : [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.set(next, needsOf(next));
    open.push(...needsOf(next));
  }
  return cycles([...found].map(([id, needs]) => ({ id, needs })))[0] ?? null;
}
