import type { Order } from '../generated/types.js';
import { fail, ok, type Result } from './failure.js';
import { nearest } from './nearest.js';
import type { Observed } from './observed.js';
import { UNASSIGNED } from './order.js';
import { summary } from './policy.js';

/** The formula of an order. `why` is null where the order names it. */
export interface Routed {
  readonly formula: string;
  readonly why: string | null;
}

type Facts = Pick<Observed, 'policy' | 'project' | 'cel' | 'formulaNames' | 'capable'>;

/**
 * The formula of an order: the one that it names, else by the first route of the policy that matches, else by the capability that it asks for, else the
 * project's. Equal facts give equal answers: of several formulas with the capability it is the first, and which others there are is said.
 */
export function chooseFormula(order: Order, facts: Facts): Result<Routed, { message: string; hint?: string }> {
  const routed = route(order, facts);
  const all = `There are: ${facts.formulaNames.join(', ') || 'none'}.`;
  if (routed === null) {
    const { capability } = order;
    const capable = capability === undefined ? '' : `, no agent has the capability \`${capability}\``;
    return fail({
      message: `no formula: the order names none, no route of the policy matches${capable}, and pushpals.yml has no \`formula\``,
      hint: `Add \`formula: …\` to the order. ${all}`,
    });
  }
  const { formula } = routed;
  if (formula === UNASSIGNED || facts.formulaNames.includes(formula)) return ok(routed);
  const near = nearest(formula, facts.formulaNames);
  return fail({
    message: `unknown formula \`${formula}\``,
    hint: near === null ? all : `Did you mean \`${near}\`? ${all}`,
  });
}

/** A route that fails is skipped. */
function route(order: Order, { policy, project, cel, capable }: Facts): Routed | null {
  if (order.formula !== undefined) return { formula: order.formula, why: null };
  for (const [index, { when, formula }] of (policy.routes ?? []).entries()) {
    const answer = cel.evaluate(when, { order, formula: '', changes: summary([]) });
    if (answer.ok && answer.value === true)
      return { formula, why: `route ${String(index + 1)} of the policy: ${when}` };
  }
  const { capability } = order;
  const [first, ...others] = capability === undefined ? [] : (capable.get(capability) ?? []);
  if (first !== undefined) {
    const also = others.length === 0 ? '' : `; so do those of ${others.join(', ')}`;
    return { formula: first, why: `its agent has the capability ${capability ?? ''}${also}` };
  }
  return project.formula === undefined ? null : { formula: project.formula, why: BY_PROJECT };
}

const BY_PROJECT = 'nothing else says which, and pushpals.yml names it';

/** Whether a formula was taken because nothing says which. */
export const isFallback = ({ why }: Routed): boolean => why === BY_PROJECT;
