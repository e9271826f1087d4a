import type { Policy, PolicyTests, Tier } from '../generated/types.js';
import type { Cel } from './cel.js';
import type { Change } from './change.js';
import type { Fault } from './fault.js';
import type { FormulaFacts } from './formula-facts.js';
import { decide } from './policy.js';

type Case = PolicyTests['cases'][number];

/**
 * The cases whose decision is another one than they expect, each with what came out and by which rules. `formulas` has what is
 * known of every formula that can be read; another one counts as unknown.
 */
export function failedCases(
  { cases }: PolicyTests,
  policy: Policy,
  formulas: ReadonlyMap<string, FormulaFacts>,
  cel: Cel,
): Fault[] {
  return cases.flatMap((one, index): Fault[] => {
    const formula = (one.formula === undefined ? undefined : formulas.get(one.formula)) ?? null;
    const order = { goal: one.goal ?? 'a test', ...(one.risk === undefined ? {} : { risk: one.risk }) };
    const decision = decide(order, formula, one.changes?.map(asChange) ?? null, policy, cel);
    const { tier, gate = decision.gate, denied = false } = one.expect;
    const isDenied = decision.denied.length > 0;
    if (decision.tier === tier && decision.gate === gate && isDenied === denied) return [];
    const reasons = [...decision.reasons.filter((reason) => reason.tier === decision.tier), ...decision.denied];
    return [
      {
        path: ['cases', index, 'expect'],
        message: `case \`${one.name}\`: the policy decides ${words(decision.tier, decision.gate, isDenied)}, not ${words(tier, gate, denied)}`,
        hint: `Because of ${reasons.map(({ rule, because }) => `${rule} (${because})`).join(', ')}.`,
      },
    ];
  });
}

const words = (tier: Tier, gate: string, denied: boolean): string => `${tier}, ${gate}${denied ? ', denied' : ''}`;

const asChange = ({
  path,
  lines = 1,
  kind = 'modified',
  binary = false,
  mode = '100644',
  dependencies = [],
}: NonNullable<Case['changes']>[number]): Change => ({
  path,
  kind,
  oldMode: kind === 'added' ? '000000' : '100644',
  newMode: kind === 'deleted' ? '000000' : mode,
  binary,
  added: kind === 'deleted' ? 0 : lines,
  removed: kind === 'deleted' ? lines : 0,
  dependencies,
});
