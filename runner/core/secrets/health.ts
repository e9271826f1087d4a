/** A secret that the project or its policy names, as this machine has it; never its value. */
export interface SecretFact {
  readonly name: string;
  /** Why it cannot be handed over, and what to do; null if it can, or if only its command would tell. */
  readonly missing: { readonly why: string; readonly mend: string } | null;
  /** The program that is asked for it, where one is. */
  readonly command: string | null;
  /** The policy grants it to some formula. */
  readonly isGranted: boolean;
}

/** What `doctor` says of secrets; null where none is named. */
export function secretHealth(
  facts: readonly SecretFact[],
): { readonly state: 'ok' | 'warn'; readonly found: string; readonly mend?: string } | null {
  const [missing] = facts.filter((fact) => fact.missing !== null);
  if (missing?.missing != null) {
    const others = facts.filter((fact) => fact.missing !== null).length - 1;
    const more = others === 0 ? '' : `; and ${String(others)} more cannot be handed over`;
    return { state: 'warn', found: `${missing.name}: ${missing.missing.why}${more}`, mend: missing.missing.mend };
  }
  const idle = facts.find(({ isGranted }) => !isGranted);
  if (idle !== undefined)
    return {
      state: 'warn',
      found: `pushpals.yml has ${idle.name}, which the policy grants to no formula`,
      mend: `Say \`secrets: { ${idle.name}: { formulas: [NAME] } }\` in policy/policy.yml, or take it out of pushpals.yml.`,
    };
  if (facts.length === 0) return null;
  const words = facts.map(({ name, command }) =>
    command === null ? name : `${name} (\`${command}\` is asked when it is needed)`,
  );
  return { state: 'ok', found: `this machine has ${words.join(', ')}` };
}
