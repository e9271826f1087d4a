import type { Dropped, Observed } from '../core/observed.js';
import type { Desired } from './desired.js';

/** The formulas for what orders ask for that name none. */
export async function readCapable(
  desired: Desired,
  orders: readonly Pick<Dropped, 'order'>[],
): Promise<Observed['capable']> {
  const asked = orders.flatMap(({ order }) => {
    if (!order.ok || order.value.formula !== undefined) return [];
    return order.value.capability ?? [];
  });
  return new Map(
    await Promise.all([...new Set(asked)].map(async (each) => [each, await desired.capable(each)] as const)),
  );
}
