import type { Formula } from '../generated/types.js';
import { reachable } from './needs.js';

/** Whether a step can run what an agent or a stranger wrote: an agent performs it, an agent step comes before it, or the run starts from a branch that others write to. */
export function mayRunForeign(formula: Formula, id: string): boolean {
  if (formula.base !== undefined) return true;
  if (formula.steps.some((step) => step.id === id && step.review !== undefined)) return true;
  const agents = formula.steps.filter(({ agent }) => agent !== undefined).map((step) => step.id);
  if (agents.length === 0) return false;
  const before = reachable(formula.steps).get(id);
  return agents.some((agent) => agent === id || before?.has(agent) === true);
}
