import type { Order, Tier } from '../generated/types.js';
import type { Change } from '../core/change.js';
import { isManifest } from '../core/dependencies.js';
import { fail, ok, type Result } from '../core/failure.js';
import type { CommitId } from '../core/ids.js';
import type { FormulaFacts } from '../core/formula-facts.js';
import { chooseFormula } from '../core/routing.js';
import { decide, type Decision } from '../core/policy.js';
import { reachInWords, reaches, whyNot } from '../core/reach.js';
import type { StoredOrder } from '../core/record.js';
import type { Desired } from './desired.js';
import { changesWithDependencies } from './manifests.js';
import type { Tools } from './tools.js';
import { readRequest } from './vault/recheck.js';

/** A decision and what it is about. */
export interface Explained {
  readonly about: string;
  readonly formula: string | null;
  readonly decision: Decision;
  /** What its steps ask to reach, before a run; a step that is not there reaches nothing. */
  readonly network: readonly Reached[];
}

/** What a step asks to reach, and why it would not get it; null if it would. */
export interface Reached {
  readonly step: string;
  readonly reach: string;
  readonly refused: string | null;
}

/** What may be asked about without an order. */
export interface Supposed {
  readonly formula: string | undefined;
  readonly risk: Tier | undefined;
  readonly paths: readonly string[];
}

/** What the policy decides of an order: before its run, and of what it shipped or is about to ship, where there is that. */
export async function explainOrder(
  tools: Pick<Tools, 'repository' | 'cel' | 'ops' | 'formats'>,
  desired: Desired,
  { record }: StoredOrder,
): Promise<Result<readonly Explained[]>> {
  const formula = await known(desired, record.formula);
  const network = await networkOf(desired, record.formula);
  const of = (about: string, changes: readonly Change[] | null): Explained => ({
    about,
    formula: record.formula,
    network: changes === null ? network : [],
    decision: decide(record.order, formula, changes, desired.policy, tools.cel),
  });
  const before = of('before the run', null);
  const request = record.waiting?.request;
  const tip = request === undefined ? null : await tools.ops.tip();
  const asked = request === undefined || tip === null ? null : await readRequest(tools, tip, 'pending', request);
  const result = record.ended?.commit ?? asked?.subject.tree;
  if (record.run === undefined || result === undefined) return ok([before]);
  const changes = await changesWithDependencies(tools.repository, record.run.base as CommitId, result as CommitId);
  return changes.ok ? ok([before, of('of what it changed', changes.value)]) : changes;
}

/** The same for an order that there is not: of a formula, and of paths as if a line of each were changed. */
export async function explainSupposed(
  tools: Pick<Tools, 'cel'>,
  desired: Desired,
  { formula: named, risk, paths }: Supposed,
): Promise<Result<readonly Explained[]>> {
  const order: Order = {
    goal: 'suppose',
    ...(named === undefined ? {} : { formula: named }),
    ...(risk === undefined ? {} : { risk }),
  };
  const chosen = named === undefined ? null : chooseFormula(order, { ...desired, capable: new Map(), cel: tools.cel });
  if (chosen?.ok === false)
    return fail({ class: 'state-conflict', what: chosen.failure.message, hint: chosen.failure.hint ?? '' });
  const formula = named === undefined ? null : await known(desired, named);
  const network = named === undefined ? [] : await networkOf(desired, named);
  const of = (about: string, changes: readonly Change[] | null): Explained => ({
    about,
    formula: named ?? null,
    network: changes === null ? network : [],
    decision: decide(order, formula, changes, desired.policy, tools.cel),
  });
  return ok([of('before the run', null), ...(paths.length === 0 ? [] : [of('of the change', paths.map(oneLine))])]);
}

const known = async (desired: Desired, name: string): Promise<FormulaFacts | null> =>
  (await desired.formulaFacts(name)) ?? null;

async function networkOf(desired: Desired, name: string): Promise<readonly Reached[]> {
  const loaded = await desired.formula(name);
  if (loaded?.ok !== true) return [];
  return reaches(loaded.value.formula, desired.project, desired.policy).map((reach) => ({
    step: reach.step,
    reach: reachInWords(reach.failure === null ? reach.granted : reach.asked),
    refused:
      reach.failure?.class === 'policy-denied'
        ? reach.failure.reasons.map(({ because }) => because).join('; ')
        : whyNot(reach),
  }));
}

const oneLine = (path: string): Change => ({
  path,
  kind: 'modified',
  oldMode: '100644',
  newMode: '100644',
  binary: false,
  added: 1,
  removed: 0,
  ...(isManifest(path) ? { dependencies: [] } : {}),
});
