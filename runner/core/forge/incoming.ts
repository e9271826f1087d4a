import type { FromForge, SeenOrders } from '../observed.js';
import { issueOrderName, issueOrders, ruleOf, type ForgeQuestions } from './issues.js';
import type { SeenOnForge } from './seen.js';

/** So many orders are made of one look at most. */
const MOST = 20;

/** Names of orders that what was seen may ask for, whatever became of them: who has none that is new need not look at what ended. */
export const namesSeen = ({ issues }: SeenOnForge, { project, sha256 }: ForgeQuestions): readonly string[] =>
  issues.open
    .filter((issue) => project.issues !== undefined && ruleOf(issue, project.issues.labels) !== null)
    .map((issue) => issueOrderName(issue, sha256));

/** The orders that what was seen on the forge asks for, and that there never were. Equal looks give equal orders, under equal names. */
export function seenOrders(seen: SeenOnForge, asked: ForgeQuestions): SeenOrders {
  const parts = [issueOrders(seen.issues.open, asked)];
  const orders: FromForge[] = parts.flatMap((part) => part.orders);
  const held = parts.flatMap((part) => part.held);
  const [next] = orders.slice(MOST);
  if (next === undefined) return { orders, held };
  const why = `${String(MOST)} orders are made of one look at the forge at most; it follows with the next`;
  return { orders: orders.slice(0, MOST), held: [...held, { from: `${next.path} and what comes after it`, why }] };
}
