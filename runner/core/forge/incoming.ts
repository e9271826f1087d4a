import type { FromForge, SeenOrders } from '../observed.js';
import { issueOrderName, issueOrders, ruleOf, type ForgeQuestions } from './issues.js';
import type { SeenOnForge } from './seen.js';
import { signalOrders, type SignalFacts } from './signals.js';
import type { Before } from './signal-rounds.js';

/** So many orders are made of one look at most. */
const MOST = 20;

/** Names of orders that what was seen may ask for, whatever became of them: who has none that is new need not look at what ended. */
export const namesSeen = ({ issues }: SeenOnForge, { project, sha256 }: ForgeQuestions): readonly string[] =>
  issues.open
    .filter((issue) => project.issues !== undefined && ruleOf(issue, project.issues.labels) !== null)
    .map((issue) => issueOrderName(issue, sha256));

/** The orders that what was seen on the forge asks for, and that there never were. Equal looks give equal orders, under equal names. */
export function seenOrders(seen: SeenOnForge, asked: ForgeQuestions, signals: Signals | null = null): SeenOrders {
  const found = signals === null ? NOTHING : signalOrders(seen.signals, { ...asked, ...signals });
  const issues = issueOrders(seen.issues.open, asked);
  // What is broken, and what somebody has looked at already, goes before what is new.
  const orders: FromForge[] = [...found.orders, ...issues.orders];
  const held = [...found.held, ...issues.held];
  const { asks } = found;
  const [next] = orders.slice(MOST);
  if (next === undefined) return { orders, held, asks };
  const why = `${String(MOST)} orders are made of one look at the forge at most; it follows with the next`;
  return {
    orders: orders.slice(0, MOST),
    held: [...held, { from: `${next.path} and what comes after it`, why }],
    asks,
  };
}

/** What signals are decided on; without it none is. */
type Signals = SignalFacts & Pick<Before, 'ended'>;

const NOTHING: SeenOrders = { orders: [], held: [], asks: [] };
