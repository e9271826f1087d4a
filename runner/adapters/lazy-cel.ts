import type { Cel } from '../core/cel.js';

/** Loads each half when it is first needed: both are large, and most ticks need neither. */
export function lazyCel(loadCheck: () => Cel['check'], loadEvaluate: () => Cel['evaluate']): Cel {
  let check: Cel['check'] | null = null;
  let evaluate: Cel['evaluate'] | null = null;
  return {
    check: (expression, variables) => (check ??= loadCheck())(expression, variables),
    evaluate: (expression, variables) => (evaluate ??= loadEvaluate())(expression, variables),
  };
}
