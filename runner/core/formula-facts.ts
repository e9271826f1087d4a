import type { Formula, Tier } from '../generated/types.js';
import { secretUses, type SecretUse } from './secrets/grants.js';

/** What a decision wants to know of a formula. */
export interface FormulaFacts {
  readonly name: string;
  readonly risk: Tier;
  /** The secrets that its steps ask for. */
  readonly secrets?: readonly SecretUse[];
}

export const formulaFacts = (formula: Formula): FormulaFacts => ({
  name: formula.formula,
  risk: formula.risk ?? 'low',
  secrets: secretUses(formula),
});
