import type { Formula, Policy } from '../generated/types.js';
import type { Reason } from './failure.js';
import { span } from './span.js';
import { durationMs, instant, later, type Instant } from './ids.js';

/** What runs have used. */
export interface Spent {
  readonly orders: number;
  readonly tokens: number;
  /** US dollars. */
  readonly cost: number;
  readonly timeMs: number;
  readonly lines: number;
}

/** One run that was started on a day (UTC). */
export interface Expense {
  /** The formula's agent, or the formula where it has none. */
  readonly agent: string;
  readonly tokens: number;
  /** US dollars. */
  readonly cost: number;
  readonly timeMs: number;
  /** Lines added and removed by what it shipped. */
  readonly lines: number;
}

/** What keeps an order from starting, and when that ends by itself. */
export interface Exhausted {
  readonly reason: Reason;
  readonly until: Instant;
}

type Limits = NonNullable<Policy['limits']>;
type Bounds = Pick<Limits, 'orders-per-day' | 'tokens-per-day' | 'cost-per-day' | 'time-per-day' | 'lines-per-day'>;

const NOTHING: Spent = { orders: 0, tokens: 0, cost: 0, timeMs: 0, lines: 0 };

/** Whose runs count together: the formula's agent, or the formula where it has none. */
export const agentOf = ({ agent, formula }: Pick<Formula, 'agent' | 'formula'>): string => agent ?? formula;

/** The limit that the day's runs have used up, of the project or of an agent; null if another run may start. */
export function exhausted(
  limits: Limits | undefined,
  day: readonly Expense[],
  agent: string,
  now: Instant,
): Exhausted | null {
  if (limits === undefined) return null;
  const own = limits.agents?.[agent];
  const found =
    over(limits, sum(day), 'limits') ??
    (own === undefined ? null : over(own, sum(day.filter((run) => run.agent === agent)), `limits.agents.${agent}`));
  return found === null ? null : { reason: found, until: nextDay(now) };
}

/** The limit on requests that wait for people, where so many do; null if one more may. */
export function fullOfRequests({ limits }: Policy, open: number): Reason | null {
  const most = limits?.['open-requests'];
  if (most === undefined || open < most) return null;
  return {
    rule: 'limits.open-requests',
    tier: 'deny',
    because: `${String(open)} of ${String(most)} requests wait for people`,
  };
}

/** Whether the day's runs have to be known to say what may start. */
export const areDaily = (limits: Limits | undefined): boolean =>
  limits !== undefined && (isBound(limits) || Object.values(limits.agents ?? {}).some(isBound));

const isBound = (bounds: Bounds): boolean =>
  bounds['orders-per-day'] !== undefined ||
  bounds['tokens-per-day'] !== undefined ||
  bounds['cost-per-day'] !== undefined ||
  bounds['time-per-day'] !== undefined ||
  bounds['lines-per-day'] !== undefined;

export const sum = (runs: readonly Expense[]): Spent =>
  runs.reduce(
    (all, { tokens, cost, timeMs, lines }) => ({
      orders: all.orders + 1,
      tokens: all.tokens + tokens,
      cost: all.cost + cost,
      timeMs: all.timeMs + timeMs,
      lines: all.lines + lines,
    }),
    NOTHING,
  );

function over(bounds: Bounds, spent: Spent, where: string): Reason | null {
  const timeMs = bounds['time-per-day'];
  const count = String;
  const checks = [
    { key: 'orders-per-day', most: bounds['orders-per-day'], used: spent.orders, shown: count, what: 'orders started' },
    { key: 'tokens-per-day', most: bounds['tokens-per-day'], used: spent.tokens, shown: count, what: 'tokens used' },
    { key: 'cost-per-day', most: bounds['cost-per-day'], used: spent.cost, shown: dollars, what: 'of models used' },
    {
      key: 'time-per-day',
      most: timeMs === undefined ? undefined : durationMs(timeMs),
      used: spent.timeMs,
      shown: span,
      what: 'of running',
    },
    { key: 'lines-per-day', most: bounds['lines-per-day'], used: spent.lines, shown: count, what: 'lines shipped' },
  ];
  for (const { key, most, used, shown, what } of checks)
    if (most !== undefined && used >= most)
      return { rule: `${where}.${key}`, tier: 'deny', because: `${shown(used)} of ${shown(most)} ${what} today (UTC)` };
  return null;
}

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

const DAY_MS = 86_400_000;

/** Midnight, UTC, after an instant. */
function nextDay(now: Instant): Instant {
  const today = instant(Date.parse(`${now.slice(0, 10)}T00:00:00.000Z`));
  return later(today, DAY_MS);
}
