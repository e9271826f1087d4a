import type { Usage } from '../../generated/types.js';
import { tokensOf } from './usage.js';

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

/** What of the bounds is left, never less than nothing; what is not bounded is absent. */
export function left(bounds: Bounds, spent: Usage): Bounds {
  const entries = BOUNDED.flatMap((what): [Bounded, number][] => {
    const most = bounds[what];
    return most === undefined ? [] : [[what, Math.max(0, most - usedOf(spent, what))]];
  });
  return Object.fromEntries(entries);
}

/** The first bound that is used up; null while none is. */
export function usedUp(bounds: Bounds, spent: Usage): UsedUp | null {
  for (const what of BOUNDED) {
    const most = bounds[what];
    const used = usedOf(spent, what);
    if (most !== undefined && used >= most) return { what, most, used };
  }
  return null;
}

/** The stricter of each. */
export function stricter(one: Bounds, other: Bounds): Bounds {
  const entries = BOUNDED.flatMap((what): [Bounded, number][] => {
    const most = Math.min(one[what] ?? Infinity, other[what] ?? Infinity);
    return most === Infinity ? [] : [[what, most]];
  });
  return Object.fromEntries(entries);
}
