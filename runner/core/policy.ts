import type { Order, Policy, PolicyRule, Tier } from '../generated/types.js';
import type { Cel } from './cel.js';
import type { Change } from './change.js';
import type { Reason } from './failure.js';
import { matcher } from './scope.js';

export type Gate = 'auto' | 'merge-approval' | 'proposal';

export interface Decision {
  readonly tier: Tier;
  readonly gate: Gate;
  /** Why, each with its rule's id; what was not a rule is named `order`, `formula`, `default` or `policy`. */
  readonly reasons: readonly Reason[];
  /** Rules under `deny` that matched: the change must not ship at all. */
  readonly denied: readonly Reason[];
}

const RANK: Readonly<Record<Tier, number>> = { low: 0, medium: 1, high: 2 };
const DEFAULT_GATE: Readonly<Record<Tier, Gate>> = { low: 'auto', medium: 'merge-approval', high: 'proposal' };

/**
 * The tier of an order and the gate that it must pass. Asked before a run with `changes: null`, and before shipping with what
 * was really changed; the caller takes the stricter. Every rule that matches counts and the highest tier wins. What
 * no rule names gets the policy's default; an unknown formula and a condition that cannot be evaluated are high.
 */
export function decide(
  order: Order,
  formula: { readonly name: string; readonly risk: Tier } | null,
  changes: readonly Change[] | null,
  policy: Policy,
  cel: Cel,
): Decision {
  const facts = {
    order,
    formula: formula?.name ?? null,
    changes,
    variables: { order, changes: summary(changes ?? []) },
  };
  const matched = (policy.rules ?? []).flatMap((rule) => {
    const answer = matches(rule, facts, cel);
    if (answer === 'no') return [];
    if (answer === 'yes') return [{ rule: rule.id, tier: rule.tier ?? 'high', because: condition(rule) }];
    return [{ rule: rule.id, tier: 'high' as const, because: `its condition failed: ${answer.why}` }];
  });
  const reasons: Reason[] = [...matched];
  if (order.risk !== undefined) reasons.push({ rule: 'order', tier: order.risk, because: 'the order asks for it' });
  if (formula === null) reasons.push({ rule: 'formula', tier: 'high', because: 'the formula is unknown' });
  else if (formula.risk !== 'low')
    reasons.push({ rule: 'formula', tier: formula.risk, because: `${formula.name} says so` });
  if (matched.length === 0) {
    reasons.push({ rule: 'default', tier: policy.default ?? 'high', because: 'no rule of the policy matches' });
  }
  const tier = reasons.map((reason) => reason.tier as Tier).reduce<Tier>((a, b) => (RANK[b] > RANK[a] ? b : a), 'low');
  const denied = (policy.deny ?? []).flatMap((rule): Reason[] => {
    if (changes === null && (rule.paths !== undefined || rule.when !== undefined)) return [];
    const answer = matches(rule, facts, cel);
    if (answer === 'no') return [];
    return [
      {
        rule: rule.id,
        tier: 'deny',
        because: answer === 'yes' ? condition(rule) : `its condition failed: ${answer.why}`,
      },
    ];
  });
  return { tier, gate: policy.tiers?.[tier]?.gate ?? DEFAULT_GATE[tier], reasons, denied };
}

/** Of two decisions on one order the one with the higher tier, with the reasons of both, and what either denies. */
export function stricter(one: Decision, other: Decision): Decision {
  const higher = RANK[other.tier] > RANK[one.tier] ? other : one;
  const both = (list: (decision: Decision) => readonly Reason[]): readonly Reason[] => [
    ...new Map([...list(one), ...list(other)].map((reason) => [JSON.stringify(reason), reason])).values(),
  ];
  return { ...higher, reasons: both(({ reasons }) => reasons), denied: both(({ denied }) => denied) };
}

/** The formula for an order that names none: the first route that matches, else the project's. A failing route is skipped. */
export function route(order: Order, policy: Policy, fallback: string | undefined, cel: Cel): string | undefined {
  if (order.formula !== undefined) return order.formula;
  for (const { when, formula } of policy.routes ?? []) {
    const answer = cel.evaluate(when, { order, changes: summary([]) });
    if (answer.ok && answer.value === true) return formula;
  }
  return fallback;
}

/** What conditions see of a change. */
export function summary(changes: readonly Change[]): Readonly<Record<string, unknown>> {
  return {
    paths: changes.map(({ path }) => path),
    lines: changes.reduce((sum, { added, removed }) => sum + added + removed, 0),
    binary: changes.some(({ binary }) => binary),
    deleted: changes.filter(({ kind }) => kind === 'deleted').map(({ path }) => path),
  };
}

interface Facts {
  readonly formula: string | null;
  readonly changes: readonly Change[] | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** All conditions of a rule must hold. Before a run `only-paths` is taken to hold: it is asked again of the real change. */
function matches(rule: PolicyRule, { formula, changes, variables }: Facts, cel: Cel): 'yes' | 'no' | { why: string } {
  if (rule.formula !== undefined && rule.formula !== formula) return 'no';
  if (rule.paths !== undefined && !(changes ?? []).some(({ path }) => matcher(rule.paths ?? [])(path))) return 'no';
  const only = rule['only-paths'];
  if (only !== undefined && changes !== null && !changes.every(({ path }) => matcher(only)(path))) return 'no';
  if (rule.when === undefined) return 'yes';
  const answer = cel.evaluate(rule.when, variables);
  if (!answer.ok) return { why: answer.why };
  return answer.value === true ? 'yes' : 'no';
}

function condition(rule: PolicyRule): string {
  const parts = [
    rule.formula === undefined ? null : `formula ${rule.formula}`,
    rule.paths === undefined ? null : `a changed path matches ${rule.paths.join(', ')}`,
    rule['only-paths'] === undefined ? null : `nothing changes but ${rule['only-paths'].join(', ')}`,
    rule.when === undefined ? null : rule.when,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'it has no condition' : parts.join(' and ');
}
