/** Conditions in the Common Expression Language, handed in: an evaluator is large and only some formulas need one. */
export interface Cel {
  /** What is wrong with an expression that may use these variables; null if nothing is. */
  check(expression: string, variables: readonly string[]): string | null;
  /** Evaluates against plain JSON values. Text is only ever a value, never part of the expression. */
  evaluate(
    expression: string,
    variables: Readonly<Record<string, unknown>>,
  ): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string };
}

export const STEP_VARIABLES = ['order', 'inputs', 'matrix', 'steps', 'changes', 'merge', 'tier'] as const;
export const POLICY_VARIABLES = ['order', 'formula', 'changes'] as const;
