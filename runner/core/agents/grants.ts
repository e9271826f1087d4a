import type { OrderRecord, VaultRequest } from '../../generated/types.js';
import { together, type Bounded, type Bounds } from './budget.js';

/** What requests granted an order, of those that were fired for more of its budget. */
const grantedBy = (id: string, fired: readonly VaultRequest[]): Bounds =>
  fired
    .filter(({ kind, order }) => kind === 'budget' && order === id)
    .reduce<Bounds>((all, { grant = {} }) => together(all, grant), {});

/** What of an order's grants people approved: whoever may push to the ops branch can raise what its record says. `fired`: requests that hold. */
export function vouched({ id, granted = {} }: OrderRecord, fired: readonly VaultRequest[]): Bounds {
  const all = grantedBy(id, fired);
  const least = ([what, amount]: [string, number]): [string, number] => [
    what,
    Math.min(amount, all[what as Bounded] ?? 0),
  ];
  return Object.fromEntries(Object.entries(granted).map(least));
}

/** Whether a record says that more was granted than people approved. */
export function isOverGranted(record: OrderRecord, fired: readonly VaultRequest[]): boolean {
  const most = vouched(record, fired);
  return Object.entries(record.granted ?? {}).some(([what, amount]) => amount > (most[what as Bounded] ?? 0));
}
