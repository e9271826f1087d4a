import type { Formula, OrderRecord, Usage } from '../../generated/types.js';
import { NO_USAGE, tokensOf } from './usage.js';

/** The most that may be used; what is not named is not bounded. */
export interface Bounds {
  readonly turns?: number;
  readonly tokens?: number;
  /** US dollars. */
  readonly cost?: number;
}

export type Bounded = keyof Bounds;

/** A bound that was reached. */
export interface UsedUp {
  readonly what: Bounded;
  readonly most: number;
  readonly used: number;
}

const BOUNDED = ['turns', 'tokens', 'cost'] as const satisfies readonly Bounded[];

const usedOf = (usage: Usage, what: Bounded): number =>
  what === 'turns' ? usage.turns : what === 'tokens' ? tokensOf(usage) : usage.costUsd;

/** What an order's record says of its budget, over all its runs. */
export type Account = Pick<OrderRecord, 'spent' | 'allowance' | 'given' | 'granted'>;

/** What an order may use in all: the stricter of its formula's budget and what it was given when it was filed, and what people granted. */
export function boundsOf(budget: Formula['budget'], { allowance = {}, granted = {} }: Account): Bounds {
  const { turns, tokens, cost } = budget ?? {};
  const own = present({ turns, tokens, cost });
  const most = stricter(own, allowance);
  return present(Object.fromEntries(BOUNDED.map((what) => [what, sum(most[what], granted[what])])));
}

/** What of the bounds is left, never less than nothing; what is not bounded is absent. What was given away is used. */
export function left(bounds: Bounds, account: Account): Bounds {
  const rest = (what: Bounded): number | undefined =>
    bounds[what] === undefined ? undefined : Math.max(0, bounds[what] - usedBy(account, what));
  return present({ turns: rest('turns'), tokens: rest('tokens'), cost: rest('cost') });
}

/** The first bound that is used up; null while none is. */
export function usedUp(bounds: Bounds, account: Account): UsedUp | null {
  for (const what of BOUNDED) {
    const most = bounds[what];
    const used = usedBy(account, what);
    if (most !== undefined && used >= most) return { what, most, used };
  }
  return null;
}

/** The first bound that more was used of than there is; null while none is. What only tells afterwards what it used may use up all of it. */
export function exceeded(bounds: Bounds, account: Account): UsedUp | null {
  for (const what of BOUNDED) {
    const most = bounds[what];
    const used = usedBy(account, what);
    if (most !== undefined && used > most) return { what, most, used };
  }
  return null;
}

/** The stricter of each. */
export function stricter(one: Bounds, other: Bounds): Bounds {
  const least = (what: Bounded): number | undefined => {
    const most = Math.min(one[what] ?? Infinity, other[what] ?? Infinity);
    return most === Infinity ? undefined : most;
  };
  return present({ turns: least('turns'), tokens: least('tokens'), cost: least('cost') });
}

/** Both together; what neither names is absent. */
export const together = (one: Bounds, other: Bounds): Bounds =>
  present(
    Object.fromEntries(
      BOUNDED.filter((what) => one[what] !== undefined || other[what] !== undefined).map((what) => [
        what,
        (one[what] ?? 0) + (other[what] ?? 0),
      ]),
    ),
  );

/** What of bounds is left without others, never less than nothing. */
export const less = (one: Bounds, other: Bounds): Bounds =>
  present(
    Object.fromEntries(
      BOUNDED.map((what) => [what, one[what] === undefined ? undefined : Math.max(0, one[what] - (other[what] ?? 0))]),
    ),
  );

const usedBy = ({ spent = NO_USAGE, given = {} }: Account, what: Bounded): number =>
  usedOf(spent, what) + (given[what] ?? 0);

const sum = (most: number | undefined, more = 0): number | undefined => (most === undefined ? undefined : most + more);

const present = (bounds: { readonly [what in Bounded]?: number | undefined }): Bounds =>
  Object.fromEntries(BOUNDED.flatMap((what) => (bounds[what] === undefined ? [] : [[what, bounds[what]]])));

/** What more is asked for where a bound was reached: as much again as the order had to begin with. */
export function moreOf(what: Bounded, budget: Formula['budget'], { allowance = {} }: Account): Bounds {
  const own = budget?.[what];
  const given = allowance[what];
  const again = given === undefined || given === 0 ? own : Math.min(given, own ?? Infinity);
  return { [what]: again ?? LEAST[what] };
}

const LEAST: Readonly<Record<Bounded, number>> = { turns: 20, tokens: 100_000, cost: 1 };

/** Bounds in words: `200000 tokens`, `60 turns and $1.50`. */
export const amountText = (bounds: Bounds): string =>
  BOUNDED.flatMap((what) => (bounds[what] === undefined ? [] : [shown(what, bounds[what])])).join(' and ');

/** What was used of what, in words. */
export const usedUpText = ({ what, most, used }: UsedUp): string =>
  what === 'cost' ? `$${used.toFixed(2)} of $${most.toFixed(2)}` : `${String(used)} of ${String(most)} ${what}`;

const shown = (what: Bounded, amount: number): string =>
  what === 'cost' ? `$${amount.toFixed(2)}` : `${String(amount)} ${what}`;

/** Bounds as a person writes them, `tokens=200000,cost=2.50`; null where they are none. */
export function boundsIn(text: string): Bounds | null {
  const entries = text.split(',').map((part): [Bounded, number] | null => {
    const [name = '', amount = '', ...more] = part.trim().split('=');
    const what = BOUNDED.find((known) => known === name);
    const isAmount = (what === 'cost' ? /^\d{1,9}(\.\d{1,6})?$/ : /^\d{1,12}$/).test(amount) && Number(amount) > 0;
    return what === undefined || !isAmount || more.length > 0 ? null : [what, Number(amount)];
  });
  return entries.every((entry) => entry !== null) ? Object.fromEntries(entries) : null;
}
