import type { Order } from '../../generated/types.js';
import { plainText } from '../template.js';
import { instructionsIn } from './instructions.js';

/** The formula that looks into what somebody outside asks for, and the one that has a person do it. */
export const GATEKEEPER = 'gatekeeper';
export const TRIAGE = 'triage';

/** So much of what was said is kept: an order's background may be that long, with room for what is written above it. */
const MOST_TEXT = 190_000;

export interface Keeper {
  /** The formula that looks into it: `gatekeeper`, or `triage` where no model could. */
  readonly formula: typeof GATEKEEPER | typeof TRIAGE;
  readonly sha256: (text: string) => string;
  /** Whoever said it may write to the project anyway: what comes of it is no riskier for that. */
  readonly mayWrite?: boolean;
  /** The formula of the order that is to come of it; none: by the project's rules. */
  readonly wanted?: string;
}

/**
 * An order that says that it comes from outside, as the order to look into it. Nothing that it says is an instruction any more: its words are background, and
 * of its other keys only those are left that narrow what may be done. A text that speaks to whoever reads it is never shown to a model first.
 */
export function quarantined(order: Order, { formula, sha256, mayWrite = false, wanted }: Keeper): Order {
  const { outside = '', risk, priority, expires, after, dedupe, constraints = {} } = order;
  const { notes: _, ...narrow } = constraints;
  const text = saidIn(order);
  const why = instructionsIn(text);
  const least = mayWrite ? risk : risk === 'high' ? risk : ('medium' as const);
  const inputs = {
    ...(wanted === undefined ? {} : { formula: wanted }),
    ...(why.length === 0 ? {} : { why: why.join('; ') }),
  };
  return {
    goal: `Look into what is said at ${plainText(outside)}, by somebody who gives no orders here`,
    formula: why.length === 0 ? formula : TRIAGE,
    outside,
    context: text,
    dedupe: dedupe ?? `outside-${sha256(JSON.stringify([outside, text])).slice(0, 16)}`,
    ...(least === undefined ? {} : { risk: least }),
    ...(Object.keys(inputs).length === 0 ? {} : { inputs }),
    ...(priority === undefined ? {} : { priority: priority === 'interactive' ? 'normal' : priority }),
    ...(expires === undefined ? {} : { expires }),
    ...(after === undefined ? {} : { after }),
    ...(Object.keys(narrow).length === 0 ? {} : { constraints: narrow }),
  };
}

/** Everything that an order says in words, as one text. */
function saidIn({ goal, done = [], constraints, context }: Order): string {
  const parts = [
    goal,
    ...(done.length === 0 ? [] : [['Wanted in the end:', ...done.map((line) => `- ${line}`)].join('\n')]),
    ...(constraints?.notes === undefined ? [] : [constraints.notes]),
    ...(context === undefined ? [] : [context]),
  ];
  const text = parts.join('\n\n');
  const cut = text.length - MOST_TEXT;
  // No half of a character is left: it could not be written down.
  return cut <= 0
    ? text
    : `${text.slice(0, MOST_TEXT).replace(/[\ud800-\udbff]$/, '')}\n\n… and ${String(cut)} more characters, which are not kept.`;
}
