import type { Formula } from '../../generated/types.js';
import type { Bounded, Bounds } from './budget.js';

/** What an order of a formula could use at most; nothing where neither it nor an order that it files works with models. */
export function asksFor(formula: Formula | null): Bounds {
  if (formula === null) return {};
  const works = formula.steps.some(
    (step) => step.agent !== undefined || step.review !== undefined || step.orders !== undefined,
  );
  if (!works) return { turns: 0, tokens: 0, cost: 0 };
  const { turns, tokens, cost } = formula.budget ?? {};
  return {
    ...(turns === undefined ? {} : { turns }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(cost === undefined ? {} : { cost }),
  };
}

/**
 * Divides what is left of a budget: nobody gets more than they ask for, and what one does not need is shared by the others. What is not named in `asks` is
 * asked for without bound. The shares are never more than what is left; what is not bounded in `left` is in no share.
 */
export function shares(left: Bounds, asks: readonly Bounds[]): readonly Bounds[] {
  const of = (what: Bounded, unit: number): readonly (number | undefined)[] =>
    left[what] === undefined
      ? asks.map(() => undefined)
      : divided(
          Math.floor(left[what] * unit),
          asks.map((ask) => Math.floor((ask[what] ?? Infinity) * unit)),
        ).map((share) => share / unit);
  const [turns, tokens, cost] = [of('turns', 1), of('tokens', 1), of('cost', MICRO)];
  return asks.map((_, index) => ({
    ...(turns[index] === undefined ? {} : { turns: turns[index] }),
    ...(tokens[index] === undefined ? {} : { tokens: tokens[index] }),
    ...(cost[index] === undefined ? {} : { cost: cost[index] }),
  }));
}

/** Dollars are divided by millionths, so that shares add up. */
const MICRO = 1_000_000;

/** Who asks for least is served first: each then gets what it asks for or an equal part of the rest. */
function divided(amount: number, asks: readonly number[]): readonly number[] {
  const given = asks.map(() => 0);
  let rest = amount;
  const byAsk = [...asks.entries()].sort(([i, a], [j, b]) => (a === b ? i - j : a < b ? -1 : 1));
  for (const [place, [index, ask]] of byAsk.entries()) {
    const share = Math.min(ask, Math.floor(rest / (byAsk.length - place)));
    given[index] = share;
    rest -= share;
  }
  return given;
}
