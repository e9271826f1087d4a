import type { OrderRecord, Tier } from '../generated/types.js';
import { left } from './agents/budget.js';
import { awaited } from './awaited.js';
import type { LandingOrder } from './delivery.js';
import { fail, ok, type Result } from './failure.js';
import type { Instant } from './ids.js';
import { inherit } from './inherit.js';
import type { Observed } from './observed.js';
import { freeName } from './order.js';
import type { StoredOrder } from './record.js';

/** The formula that brings a result together with a target that it does not fit any more: the built-in one, or the project's of that name. */
export const RESOLVER = 'conflict-resolver';

/** How many orders are made for one result. */
export const MOST_RESOLVERS = 2;

/**
 * Why no other order brings a result together with its target; null if one may. `last` is how the last one ended that tried. One that resolved everything and was
 * overtaken by the target has a successor; what it could not resolve the next one could not either.
 */
export function noResolver(record: Pick<OrderRecord, 'run' | 'shipped'>, last: StoredOrder | null): string | null {
  const asked = record.shipped?.resolvers ?? [];
  if (record.run?.merge !== undefined) return 'it is such a merge itself';
  if (asked.length === 0) return null;
  const name = asked.at(-1) ?? '';
  if (last === null) return `${name}, which was to resolve it, is nowhere to be found`;
  if (last.state !== 'done' && !isOvertaken(last)) return `${name}, which was to resolve it, ended as ${last.state}`;
  return asked.length < MOST_RESOLVERS
    ? null
    : `the target moved on after each of ${String(asked.length)} orders resolved it`;
}

/** Whether its result was whole and did not fit any more when its turn came. */
const isOvertaken = ({ record: { id, ended } }: StoredOrder): boolean =>
  ended?.failure?.class === 'merge-conflict' &&
  (ended.failure as { sides?: { branch?: unknown } }).sides?.branch === `pushpals/${id}`;

interface Resolving {
  readonly parent: OrderRecord & Required<Pick<OrderRecord, 'run' | 'shipped'>>;
  /** What the parent's tier is. */
  readonly tier: Tier;
  readonly at: Instant;
  readonly live: readonly StoredOrder[];
  /** Every name that an order has or had. */
  readonly names: ReadonlySet<string>;
  readonly sha256: (text: string) => string;
}

/**
 * The order that brings a result together with its target, within the limits of the order whose result it is; null where one is at it already. What it
 * comes to is decided on by itself: its diff against the target holds all of that result.
 */
export function resolverOrder({
  parent,
  tier,
  at,
  live,
  names,
  sha256,
}: Resolving): Result<{ readonly id: string; readonly record: OrderRecord | null }, string> {
  const { branch, into } = parent.shipped;
  const dedupe = `${RESOLVER} ${branch}`;
  const twin = live.find(({ record }) => record.dedupe === dedupe);
  if (twin !== undefined) return ok({ id: twin.record.id, record: null });
  const inherited = inherit(parent.order, tier, {
    goal: `Bring ${branch} together with ${into}`,
    formula: RESOLVER,
    inputs: { branch },
    dedupe,
  });
  if (!inherited.ok) return fail(inherited.failure);
  const order = inherited.value;
  const { accepted, allowance } = parent;
  const id = freeName(`${parent.id.slice(0, 36)}-resolve`, (name) => names.has(name));
  const record: OrderRecord = {
    id,
    order,
    formula: RESOLVER,
    dedupe,
    parent: parent.id,
    depth: (parent.depth ?? 0) + 1,
    accepted: {
      at,
      from: `the merge of ${parent.run.id}`,
      digest: sha256(JSON.stringify(order)),
      actor: 'runner',
      onBehalfOf: accepted.onBehalfOf ?? accepted.actor,
      ...(accepted.chain === undefined ? {} : { chain: accepted.chain }),
      work: 'follow-up',
    },
    attempts: 0,
    // What a run was given for the parent is not given anew.
    ...(allowance === undefined ? {} : { allowance: left(allowance, parent) }),
  };
  return ok({ id, record });
}

/** What a result on its way waits for: an order that brings it together with its target, or people who merge what that came to. Null: it can be tried (again). */
export function resolving(
  order: LandingOrder,
  known: readonly StoredOrder[],
  observed: Pick<Observed, 'unreadable' | 'ended' | 'children'>,
): string | null {
  const waits = awaited(order, known, observed);
  if (waits === null) return null;
  const { branch, into } = order.record.shipped;
  const by = order.record.waiting.orders?.at(-1) ?? '';
  if (waits.is === 'waits') return `${branch} and ${into} conflict: waits for ${by}, which brings them together`;
  const { state, record: { ended } = {} } = observed.children.get(by) ?? {};
  const isOnBranch = state === 'done' && ended?.branch !== undefined && ended.into === undefined;
  return isOnBranch ? `waits until ${ended.branch ?? ''}, which holds it, is merged into ${into}` : null;
}
