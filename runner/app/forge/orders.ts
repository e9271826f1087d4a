import { namesSeen, seenOrders } from '../../core/forge/incoming.js';
import type { ForgeQuestions } from '../../core/forge/issues.js';
import type { SeenOnForge } from '../../core/forge/seen.js';
import type { Observed, SeenOrders } from '../../core/observed.js';
import type { StoredOrder } from '../../core/record.js';
import type { Desired } from '../desired.js';
import { screened } from '../order-screen.js';
import { keeperOf } from '../outside.js';
import type { Tools } from '../tools.js';

/** What was just seen of the forge, with what its orders are made from. */
export interface SeenThere {
  readonly seen: SeenOnForge;
  readonly asked: ForgeQuestions;
}

/** What was just seen, where it may ask for orders that do not live; null where it does not. */
export async function newOnForge(
  { forge, seen, sha256 }: Pick<Tools, 'forge' | 'seen' | 'sha256'>,
  desired: Desired,
  live: readonly StoredOrder[],
): Promise<SeenThere | null> {
  if (forge === null || seen === undefined) return null;
  const names = new Set(live.map(({ record }) => record.id));
  const taken = (name: string): boolean => names.has(name);
  const { project } = desired;
  const asked = { project, kind: forge.kind, live, taken, sha256, keeper: await keeperOf(desired) };
  return namesSeen(seen, asked).every(taken) ? null : { seen, asked };
}

/** The orders to be made of it, looked through for credentials as any other. `ended`: the names of all that ended. */
export async function ordersSeen(
  { scanner }: Pick<Tools, 'scanner'>,
  { policy }: Pick<Desired, 'policy'>,
  there: SeenThere | null,
  ended: Observed['ended'],
): Promise<SeenOrders> {
  if (there === null) return { orders: [], held: [] };
  const { seen, asked } = there;
  const { orders, held } = seenOrders(seen, { ...asked, taken: (name) => asked.taken(name) || ended.has(name) });
  if (orders.length === 0) return { orders, held };
  scanner.prepare();
  return { orders: await screened(scanner, policy, orders, new Map()), held };
}
