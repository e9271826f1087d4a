import type { OrderRecord } from '../../../generated/types.js';
import { ok, type Failure, type Result } from '../../../core/failure.js';
import { RESOLVER, noResolver, resolverOrder } from '../../../core/resolver.js';
import type { Desired } from '../../desired.js';
import { readEnded, readOps, unreadableNames } from '../../observe.js';
import { readEndedOrders } from '../../children.js';
import { tierSoFar } from '../inputs.js';
import type { Member } from './member.js';

type Conflict = Extract<Failure, { class: 'merge-conflict' }>;

/** What is done about a result that does not fit its target. */
export type Unfitting =
  /** An order brings the two together; `child` is that order where it is to be filed. */
  | { readonly is: 'resolving'; readonly by: string; readonly child: OrderRecord | null; readonly failure: Conflict }
  /** By its own fault. */
  | { readonly is: 'failed'; readonly failure: Failure };

/** Finds who brings a result and its target together that conflict: an order of the formula `conflict-resolver`, a bounded number of times, and then a person. */
export async function resolverFor(member: Member, desired: Desired, failure: Conflict): Promise<Result<Unfitting>> {
  const { tools } = member.context;
  const { record } = member;
  const view = await readOps(tools);
  if (!view.ok) return view;
  const { tip, live } = view.value;
  const asked = record.shipped.resolvers ?? [];
  const last = asked.at(-1);
  const archive = await tools.repository.files(tip, ['done', 'failed', 'cancelled']);
  const ended = last === undefined ? null : (await readEndedOrders(new Set([last]), archive, tools)).get(last);
  const left = (why: string | null): Result<Unfitting> => {
    const unresolved = { ...(last === undefined ? {} : { by: last }), ...(why === null ? {} : { why }) };
    return ok({ is: 'failed', failure: { ...failure, unresolved } });
  };
  const nobody = noResolver(record, ended ?? null);
  if (nobody !== null) return left(nobody);
  const formula = await desired.formula(RESOLVER);
  if (formula === undefined) return left(`there is no formula ${RESOLVER}`);
  if (!formula.ok) return left(`the formula ${RESOLVER} has errors`);
  if (formula.value.formula.base === undefined) return left(`the project's formula ${RESOLVER} merges nothing`);
  const made = resolverOrder({
    parent: record,
    tier: tierSoFar(member.context, record.run.steps),
    at: tools.clock.now(),
    live,
    names: new Set([
      ...live.map(({ record: { id } }) => id),
      ...(await readEnded(tip, tools)).keys(),
      ...unreadableNames(view.value),
    ]),
    sha256: tools.sha256,
  });
  if (!made.ok) return left(made.failure);
  const { id, record: child } = made.value;
  const faults = child === null ? [] : formula.value.checkInputs(child.order.inputs ?? {});
  // With what it inherits, an order may be longer than one may be: its record could not be read again.
  const fits = child === null ? ok(null) : tools.formats.orderValue(child.order);
  if (!fits.ok || faults.length > 0) return left((fits.ok ? faults : fits.failure).join('; '));
  return ok({ is: 'resolving', by: id, child, failure });
}
