import type { Order, Policy, PolicyRule, Tier } from '../generated/types.js';
import type { Cel } from './cel.js';
import type { Change } from './change.js';
import type { Reason } from './failure.js';
import type { FormulaFacts } from './formula-facts.js';
import { matcher } from './glob.js';
import { secretRules } from './secrets/grants.js';

export type Gate = 'auto' | 'merge-approval' | 'proposal';

export interface Decision {
  readonly tier: Tier;
  readonly gate: Gate;
  /** Who must say yes where the gate is not `auto`: how many, and from which groups; none means any approver. */
  readonly approval: { readonly count: number; readonly from: readonly string[] };
  /** Why, each with its rule's id; what was not a rule is named `order`, `formula`, `secrets`, `review`, `rules`, `default` or `policy`. */
  readonly reasons: readonly Reason[];
  /** Rules under `deny` that matched, and secrets that are not granted: it must not run, or ship, at all. */
  readonly denied: readonly Reason[];
  /** Every rule in the policy's order, with why it counts or not. */
  readonly trace: readonly Considered[];
}

/** A rule that was looked at. */
export interface Considered {
  readonly list: 'rules' | 'deny';
  readonly rule: string;
  readonly tier: Reason['tier'];
  readonly counts: boolean;
  readonly because: string;
}

const RANK: Readonly<Record<Tier, number>> = { low: 0, medium: 1, high: 2 };
const DEFAULT_GATE: Readonly<Record<Tier, Gate>> = { low: 'auto', medium: 'merge-approval', high: 'proposal' };

/** What says what runs, with which rights and who approves. A change to it is high whatever the policy says. */
const GOVERNANCE = ['pushpals.yml', 'policy/**', 'formulas/**', 'agents/**', '.gitattributes', '.gitmodules'];

/** What forges and their runners execute as soon as a branch is pushed, with the project's secrets. High as well. */
const WORKFLOWS = [
  ...['.github/**', '.gitlab/**', '.forgejo/**', '.gitea/**', '.circleci/**', '.woodpecker/**', '.buildkite/**'],
  ...[
    '.gitlab-ci.yml',
    '.woodpecker.yml',
    '.drone.yml',
    '.travis.yml',
    'azure-pipelines.yml',
    'bitbucket-pipelines.yml',
  ],
  'Jenkinsfile',
];

/**
 * The tier of an order and the gate that it must pass. Asked before a run with `changes: null`, and before shipping with what
 * was really changed; the caller takes the stricter. Every rule that matches counts and the highest tier wins.
 *
 * An order that no rule names gets the policy's default. A rule names it that matches already before the run, and still does: one that only
 * matches because of what was changed can raise the tier, and never lifts the default. So a further path in a change never lowers the tier.
 * An unknown formula, a policy that cannot be read (null) and a condition that cannot be evaluated are high.
 */
export function decide(
  order: Order,
  formula: FormulaFacts | null,
  changes: readonly Change[] | null,
  policy: Policy | null,
  cel: Cel,
): Decision {
  const factsOf = (seen: readonly Change[] | null): Facts => ({
    formula: formula?.name ?? null,
    changes: seen,
    variables: { order, formula: formula?.name ?? '', changes: summary(seen ?? []) },
  });
  const before = factsOf(null);
  const facts = factsOf(changes);
  const looked = (policy?.rules ?? []).map((rule) => ({ rule, answer: match(rule, facts, cel) }));
  const matched = looked.flatMap(({ rule, answer }) => reasonOf(rule, answer));
  const named = looked.some(
    ({ rule, answer }) => answer.is === 'yes' && (changes === null || match(rule, before, cel).is === 'yes'),
  );
  const reasons: Reason[] = [...matched];
  const high = (rule: string, because: string): void => {
    reasons.push({ rule, tier: 'high', because });
  };
  if (order.risk !== undefined) reasons.push({ rule: 'order', tier: order.risk, because: 'the order asks for it' });
  if (formula === null) high('formula', 'the formula is unknown');
  else if (formula.risk !== 'low')
    reasons.push({ rule: 'formula', tier: formula.risk, because: `${formula.name} says so` });
  const secrets = secretRules(formula?.name ?? '', formula?.secrets ?? [], policy);
  reasons.push(...secrets.reasons);
  const governed = (changes ?? []).find(({ path }) => isGovernance(path));
  if (governed !== undefined) high('rules', `it changes ${governed.path}, which says what runs and who approves`);
  const workflow = (changes ?? []).find(({ path }) => isWorkflow(path));
  if (workflow !== undefined)
    high('rules', `it changes ${workflow.path}, which a forge executes when the branch is pushed`);
  if (policy === null) high('policy', 'the policy cannot be read');
  else if (!named)
    reasons.push({ rule: 'default', tier: policy.default ?? 'high', because: 'no rule of the policy names it' });
  const tier = highest(reasons, 'low');
  const lookedDeny = (policy?.deny ?? []).map((rule) => ({ rule, answer: matchDeny(rule, facts, cel) }));
  const denied = lookedDeny.flatMap(({ rule, answer }) =>
    answer.is === 'no' || answer.is === 'beyond' ? [] : [{ rule: rule.id, tier: 'deny' as const, because: answer.why }],
  );
  const considered =
    (list: Considered['list']) =>
    ({ rule, answer }: (typeof looked)[number]): Considered => ({
      list,
      rule: rule.id,
      tier: list === 'deny' ? 'deny' : answer.is === 'error' ? 'high' : (rule.tier ?? 'high'),
      counts: list === 'deny' ? answer.is === 'yes' || answer.is === 'error' : reasonOf(rule, answer).length > 0,
      because: answer.why,
    });
  return {
    tier,
    ...required(tier, policy),
    reasons,
    denied: [...denied, ...secrets.denied],
    trace: [...looked.map(considered('rules')), ...lookedDeny.map(considered('deny'))],
  };
}

const highest = (reasons: readonly Reason[], least: Tier): Tier =>
  reasons.map((reason) => reason.tier as Tier).reduce<Tier>((a, b) => (RANK[b] > RANK[a] ? b : a), least);

function required(tier: Tier, policy: Policy | null): Pick<Decision, 'gate' | 'approval'> {
  const { gate = DEFAULT_GATE[tier], approvals = 1, from = [] } = policy?.tiers?.[tier] ?? {};
  return { gate, approval: { count: approvals, from } };
}

/** A decision with further reasons, which raise its tier and never lower it. */
export function raised(decision: Decision, further: readonly Reason[], policy: Policy): Decision {
  if (further.length === 0) return decision;
  const tier = highest(further, decision.tier);
  const gate = tier === decision.tier ? {} : required(tier, policy);
  return { ...decision, ...gate, tier, reasons: [...decision.reasons, ...further] };
}

export const isGovernance = matcher(GOVERNANCE);
const isWorkflow = matcher(WORKFLOWS);

/** What a rule adds. One that would match but for further paths does not get weaker by them. */
function reasonOf(rule: PolicyRule, answer: Match): readonly Reason[] {
  const tier = rule.tier ?? 'high';
  if (answer.is === 'no' || (answer.is === 'beyond' && tier === 'low')) return [];
  return [{ rule: rule.id, tier: answer.is === 'error' ? 'high' : tier, because: answer.why }];
}

/** Why nobody could approve what a decision asks for; null if enough people can. */
export function unapprovable(
  { approvers = [], verify }: Policy,
  { approval: { count, from } }: Pick<Decision, 'approval'>,
): string | null {
  const able = approvers.filter(
    ({ groups, logins = {} }) =>
      (verify !== 'forge' || Object.keys(logins).length > 0) &&
      (from.length === 0 || (groups ?? []).some((group) => from.includes(group))),
  ).length;
  if (able >= count) return null;
  return able === 0
    ? 'the policy names nobody who can approve it'
    : `the policy names only ${String(able)} who can approve it`;
}

/** Of two decisions on one order the one with the higher tier, with the reasons of both, and what either denies. */
export function stricter(one: Decision, other: Decision): Decision {
  const higher = RANK[other.tier] > RANK[one.tier] ? other : one;
  const both = (list: (decision: Decision) => readonly Reason[]): readonly Reason[] => [
    ...new Map([...list(one), ...list(other)].map((reason) => [JSON.stringify(reason), reason])).values(),
  ];
  const trace = [...one.trace, ...other.trace];
  return { ...higher, reasons: both(({ reasons }) => reasons), denied: both(({ denied }) => denied), trace };
}

/** What conditions see of a change. */
export function summary(changes: readonly Change[]): Readonly<Record<string, unknown>> {
  return {
    paths: changes.map(({ path }) => path),
    lines: changes.reduce((sum, { added, removed }) => sum + added + removed, 0),
    binary: changes.some(({ binary }) => binary),
    deleted: changes.filter(({ kind }) => kind === 'deleted').map(({ path }) => path),
    modes: changes.filter(({ kind, oldMode, newMode }) => modeChanged(kind, oldMode, newMode)).map(({ path }) => path),
    dependencies: [...new Set(changes.flatMap(({ dependencies }) => dependencies ?? []))],
  };
}

/** An executable bit, a link in place of a file: for a new file whatever is not an ordinary one. */
const modeChanged = (kind: Change['kind'], oldMode: string, newMode: string): boolean =>
  kind === 'added' ? newMode !== '100644' : kind !== 'deleted' && oldMode !== newMode;

interface Facts {
  readonly formula: string | null;
  readonly changes: readonly Change[] | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Whether a rule matches, and why or why not. `beyond`: it would, if nothing else had been changed than its `only-paths`. */
interface Match {
  readonly is: 'yes' | 'no' | 'beyond' | 'error';
  readonly why: string;
}

/** All conditions of a rule must hold. Before a run `only-paths` is taken to hold: it is asked again of the real change. */
function match(rule: PolicyRule, { formula, changes, variables }: Facts, cel: Cel): Match {
  const no = (why: string): Match => ({ is: 'no', why });
  if (rule.formula !== undefined && rule.formula !== formula) return no(`the formula is not ${rule.formula}`);
  const { paths } = rule;
  if (paths !== undefined) {
    if (changes === null) return no('nothing is changed yet');
    if (!changes.some(({ path }) => matcher(paths)(path))) return no(`no changed path matches ${paths.join(', ')}`);
  }
  if (rule.when !== undefined) {
    const answer = cel.evaluate(rule.when, variables);
    if (!answer.ok) return { is: 'error', why: `its condition failed: ${answer.why}` };
    if (answer.value !== true) return no(`not so: ${rule.when}`);
  }
  const only = rule['only-paths'];
  const other = only === undefined ? undefined : (changes ?? []).find(({ path }) => !matcher(only)(path));
  if (other !== undefined) return { is: 'beyond', why: `it changes ${other.path} as well` };
  return { is: 'yes', why: condition(rule, changes) };
}

/** As `match`; what is asked of a change is not asked before there is one. */
function matchDeny(rule: PolicyRule, facts: Facts, cel: Cel): Match {
  if (
    facts.changes === null &&
    (rule.paths !== undefined || rule.when !== undefined || rule['only-paths'] !== undefined)
  )
    return { is: 'no', why: 'nothing is changed yet' };
  return match(rule, facts, cel);
}

function condition(rule: PolicyRule, changes: readonly Change[] | null): string {
  const parts = [
    rule.formula === undefined ? null : `formula ${rule.formula}`,
    rule.paths === undefined ? null : firstMatch(rule.paths, changes ?? []),
    rule['only-paths'] === undefined ? null : `nothing changes but ${rule['only-paths'].join(', ')}`,
    rule.when === undefined ? null : rule.when,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'it has no condition' : parts.join(' and ');
}

function firstMatch(globs: readonly string[], changes: readonly Change[]): string {
  for (const glob of globs) {
    const found = changes.find(({ path }) => matcher([glob])(path));
    if (found !== undefined) return `it changes ${found.path}, which matches ${glob}`;
  }
  throw new RangeError('no path matches');
}
