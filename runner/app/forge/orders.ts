import { namesSeen, seenOrders } from '../../core/forge/incoming.js';
import type { ForgeQuestions } from '../../core/forge/issues.js';
import type { SeenOnForge } from '../../core/forge/seen.js';
import { hasSignals } from '../../core/forge/signals.js';
import type { Observed, SeenOrders } from '../../core/observed.js';
import type { StoredOrder } from '../../core/record.js';
import type { Desired } from '../desired.js';
import { screened } from '../order-screen.js';
import { keeperOf } from '../outside.js';
import type { TreeFile } from '../ports/repository.js';
import type { Tools } from '../tools.js';
import { signalFacts } from './signal-facts.js';

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
  return hasSignals(seen.signals) || !namesSeen(seen, asked).every(taken) ? { seen, asked } : null;
}

/** The orders to be made of it, looked through for credentials as any other. `archive` lists the files of all that ended, which `ended` names. */
export async function ordersSeen(
  tools: Tools,
  desired: Desired,
  there: SeenThere | null,
  { base, live, archive, ended }: Pick<Observed, 'base' | 'live' | 'ended'> & { readonly archive: readonly TreeFile[] },
): Promise<SeenOrders> {
  if (there === null) return { orders: [], held: [], asks: [] };
  const { seen, asked } = there;
  const taken = (name: string): boolean => asked.taken(name) || ended.has(name);
  const signals = hasSignals(seen.signals)
    ? { ended, ...(await signalFacts(tools, desired, seen.signals, { live, tip: base, archive })) }
    : null;
  const found = seenOrders(seen, { ...asked, taken }, signals);
  if (found.orders.length === 0) return found;
  tools.scanner.prepare();
  return { ...found, orders: await screened(tools.scanner, desired.policy, found.orders, new Map()) };
}
