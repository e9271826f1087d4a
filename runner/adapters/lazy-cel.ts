import type { Cel } from '../core/cel.js';

/** Loads the evaluator when the first expression is met: it is large, and most ticks meet none. */
export function lazyCel(load: () => Cel): Cel {
  let loaded: Cel | null = null;
  const cel = (): Cel => (loaded ??= load());
  return {
    check: (expression, variables) => cel().check(expression, variables),
    evaluate: (expression, variables) => cel().evaluate(expression, variables),
  };
}
