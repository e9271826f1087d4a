import type { Formula, Policy, Step } from '../../generated/types.js';
import type { Reason } from '../failure.js';
import { mayRunForeign } from '../foreign.js';

/** A step that asks for a secret. */
export interface SecretUse {
  readonly secret: string;
  readonly step: string;
  /** The step can run what an agent wrote: an agent step comes before it, or the run starts from a branch that others write. */
  readonly afterAgent: boolean;
}

/** A secret as a step asks for it. */
export interface Wanted {
  readonly name: string;
  readonly as: 'env' | 'file';
}

export const wantedBy = ({ secrets = [] }: Pick<Step, 'secrets'>): readonly Wanted[] =>
  secrets.map((each) =>
    typeof each === 'string' ? { name: each, as: 'env' } : { name: each.name, as: each.as ?? 'env' },
  );

export function secretUses(formula: Formula): readonly SecretUse[] {
  if (formula.steps.every(({ secrets }) => secrets === undefined)) return [];
  return formula.steps.flatMap((step) =>
    wantedBy(step).map(({ name }) => ({
      secret: name,
      step: step.id,
      afterAgent: mayRunForeign(formula, step.id),
    })),
  );
}

/** The names of all secrets that the steps of a formula get, sorted. */
export const secretNames = (formula: Formula): readonly string[] =>
  [...new Set(formula.steps.flatMap(wantedBy).map(({ name }) => name))].sort();

/** What the policy says of the secrets that a formula's steps ask for: what handing them over makes of the tier, and which it does not grant. */
export function secretRules(
  formula: string,
  uses: readonly SecretUse[],
  policy: Policy | null,
): { readonly reasons: readonly Reason[]; readonly denied: readonly Reason[] } {
  const reasons: Reason[] = [];
  const denied: Reason[] = [];
  const deny = (because: string): void => {
    denied.push({ rule: 'secrets', tier: 'deny', because });
  };
  for (const { secret, step, afterAgent } of uses) {
    const grants = policy?.secrets ?? {};
    const grant = Object.hasOwn(grants, secret) ? grants[secret] : undefined;
    const asks = `step ${step} of ${formula} asks for the secret ${secret}`;
    if (grant === undefined || !grant.formulas.includes(formula)) {
      const formulas = [...(grant?.formulas ?? []), formula].join(', ');
      deny(
        `${asks}; to grant it, policy/policy.yml has to say \`secrets: { ${secret}: { formulas: [${formulas}] } }\``,
      );
    } else if (afterAgent && grant['after-agent'] !== true) {
      deny(
        `${asks}, and could run what an agent wrote; to grant it all the same, \`secrets.${secret}\` in policy/policy.yml has to say \`after-agent: true\``,
      );
    } else {
      reasons.push({
        rule: 'secrets',
        tier: afterAgent ? 'high' : (grant.tier ?? 'high'),
        because: `step ${step} gets the secret ${secret}${afterAgent ? ', and can run what an agent wrote' : ''}`,
      });
    }
  }
  return { reasons, denied };
}
