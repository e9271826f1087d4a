import type { Agent, Formula, Step, RunRecord, StepStatus } from '../generated/types.js';
import { wholeFile, type Failure } from './failure.js';
import { modelsOf, unmanned, wantedAgents } from './agents/agent.js';
import { formulaFacts } from './formula-facts.js';
import { isOpen } from './graph.js';
import { SKEW_MS, later, type Instant } from './ids.js';
import { imagePolicy, isPinned, unpinnedWords, usesImages } from './images.js';
import type { Move } from './move.js';
import type { LoadedFormula, Observed } from './observed.js';
import { UNASSIGNED } from './order.js';
import { fullOfRequests } from './limits.js';
import { decide, unapprovable, type Decision } from './policy.js';
import { reaches, whyNot } from './reach.js';
import { isLive, type StoredOrder } from './record.js';
import { secretNames, wantedBy } from './secrets/grants.js';

/** What an order waits for, and why. */
export interface Parked {
  readonly on: 'time' | 'order' | 'sandbox' | 'model' | 'config' | 'policy' | 'approval' | 'person';
  readonly reason: string;
  readonly until?: Instant;
  readonly failure?: Failure;
  /** What has to be approved, where that is what it waits for. */
  readonly decision?: Decision;
}

/**
 * What keeps an order from starting until something other than a slot changes; null if nothing does. Whether it may start at all is not asked of one
 * that was approved.
 */
export function parkedBy(
  order: StoredOrder,
  known: readonly StoredOrder[],
  observed: Observed,
  isApproved = false,
): Parked | null {
  const { record } = order;
  const waiting = order.state === 'waiting' ? order.record.waiting : undefined;
  // One that waits since a time to come was told to by a clock that was wrong.
  const isSane = waiting !== undefined && waiting.since <= later(observed.now, SKEW_MS);
  if (waiting?.on === 'time' && waiting.until !== undefined && waiting.until > observed.now && isSane) {
    return { on: 'time', reason: waiting.reason, until: waiting.until as Instant };
  }
  // Given up, or undecided: only a person has it go on.
  if (waiting?.failure !== undefined && (waiting.on === 'person' || waiting.failure.class === 'outcome-unknown'))
    return { on: 'person', reason: waiting.reason, failure: waiting.failure as Failure };
  for (const other of record.order.after ?? []) {
    const state = known.find((candidate) => candidate.record.id === other)?.state ?? observed.ended.get(other);
    if (state === 'done') continue;
    const reason =
      state === undefined || isLiveState(state)
        ? `waits for ${other}`
        : `waits for ${other}, which ended as ${state}: retry that one, or cancel this one`;
    return { on: 'order', reason };
  }
  if (record.formula === UNASSIGNED) {
    const reason = `no formula does this yet: name one (pushpals order assign ${record.id} FORMULA), or cancel it`;
    const decision = decide(record.order, null, null, observed.policy, observed.cel);
    return unapprovable(observed.policy, decision) === null
      ? { on: 'approval', reason, decision }
      : { on: 'person', reason };
  }
  const loaded = observed.formulas.get(record.formula);
  if (loaded === undefined) {
    const failure: Failure = {
      class: 'config-invalid',
      problems: [wholeFile(`formulas/${record.formula}.yml`, `there is no formula \`${record.formula}\` any more`)],
    };
    return { on: 'config', reason: `the formula ${record.formula} is gone`, failure };
  }
  if (!loaded.ok) return { on: 'config', reason: `the formula ${record.formula} has errors`, failure: loaded.failure };
  const { formula } = loaded.value;
  const faults = loaded.value.checkInputs(record.order.inputs ?? {});
  if (faults.length > 0) {
    const problems = faults.map((fault) => wholeFile(record.accepted.from, fault));
    return {
      on: 'config',
      reason: `its inputs do not fit ${formula.formula}`,
      failure: { class: 'config-invalid', problems },
    };
  }
  const decision = decide(record.order, formulaFacts(formula), null, observed.policy, observed.cel);
  // What a run that stands still had to be approved for is looked into when it is gone on with.
  isApproved ||= record.run?.pausedAt !== undefined;
  if (decision.denied.length > 0)
    return {
      on: 'policy',
      reason: 'the policy denies it',
      failure: { class: 'policy-denied', reasons: decision.denied },
    };
  if (decision.gate !== 'auto' && !isApproved) {
    const reason = `its tier is ${decision.tier}, which needs an approval`;
    const nobody = unapprovable(observed.policy, decision);
    if (nobody === null && decision.gate === 'proposal') return { on: 'approval', reason, decision };
    // A result that nobody could let through is not made.
    if (nobody !== null) {
      const reasons = decision.reasons.filter(({ tier }) => tier === decision.tier);
      return { on: 'policy', reason: `${reason}, and ${nobody}`, failure: { class: 'policy-denied', reasons } };
    }
  }
  if (decision.gate !== 'auto' && !isApproved) {
    // What it comes to will be asked about as well.
    const full = fullOfRequests(observed.policy, observed.requests.size);
    if (full !== null)
      return {
        on: 'policy',
        reason: `${full.rule}: ${full.because}`,
        failure: { class: 'policy-denied', reasons: [full] },
      };
  }
  for (const reach of reaches(formula, observed.project, observed.policy)) {
    const { step, failure } = reach;
    if (failure === null) continue;
    const on = failure.class === 'policy-denied' ? 'policy' : 'config';
    return { on, reason: `step ${step}: ${whyNot(reach) ?? ''}`, failure };
  }
  const isThought = isApproved && record.run !== undefined && hasThought(formula, record.run.steps);
  return (
    secretMissing(formula, observed) ??
    (isThought ? null : modelDown(loaded.value, observed)) ??
    sandboxDown(formula, observed)
  );
}

/** Whether every step of a run that a model has a part in is over: what is left of it needs none. */
const hasThought = (formula: Formula, steps: RunRecord['steps']): boolean =>
  formula.steps
    .filter(({ agent, review }) => (agent ?? review) !== undefined)
    .every(({ id }) => {
      const own = ownStatuses(id, steps);
      return own.length > 0 && own.every(({ state }) => state === 'succeeded' || state === 'skipped');
    });

/** Where a step stands: in each combination of its matrix. */
const ownStatuses = (id: string, steps: RunRecord['steps']): readonly StepStatus[] =>
  Object.entries(steps).flatMap(([key, status]) => (key === id || key.startsWith(`${id}.`) ? [status] : []));

/** A secret that this machine does not have, where that can be told without running anything. */
function secretMissing(formula: Formula, { secretFailure }: Pick<Observed, 'secretFailure'>): Parked | null {
  for (const name of secretNames(formula)) {
    const failure = secretFailure(name);
    if (failure !== null) return { on: 'config', reason: `this machine does not have the secret ${name}`, failure };
  }
  return null;
}

/** What keeps a run whose runner is gone from being gone on with here; null if nothing does. */
export function runDown(steps: RunRecord['steps'], loaded: LoadedFormula, observed: Observed): Parked | null {
  const { formula } = loaded;
  const isHanded = formula.steps.some(
    (step) => wantedBy(step).length > 0 && ownStatuses(step.id, steps).some((status) => isOpen(status)),
  );
  return (
    (isHanded ? secretMissing(formula, observed) : null) ??
    modelDown(loaded, observed) ??
    sandboxDown(formula, observed)
  );
}

/** What keeps every step of a formula from running here, whatever the order; null if nothing does. */
export function sandboxDown(
  formula: Formula,
  observed: Pick<Observed, 'project' | 'policy' | 'sandboxFailure' | 'pinnedName'>,
): Parked | null {
  for (const step of formula.steps) {
    const image = step.image ?? observed.project.sandbox?.image;
    const unpinned = unpinnedImage(step, formula, observed);
    if (unpinned !== null) return unpinned;
    const failure = observed.sandboxFailure(image);
    if (failure !== null) return { on: 'sandbox', reason: `the sandbox is not available (${failure.class})`, failure };
  }
  return null;
}

/** What keeps the agents of a formula from working: no model that they may use answers. Null if each has one, or is a command. */
export function modelDown(
  loaded: Pick<LoadedFormula, 'formula' | 'agents'>,
  { project, modelFailure }: Pick<Observed, 'project' | 'modelFailure'>,
): Parked | null {
  for (const agent of wantedAgents(loaded, project)) {
    const why = unmanned(agent, project);
    if (why !== null) return noModel(agent, why);
    const models = modelsOf(agent, project);
    const failures = models.map(([model]) => modelFailure(model));
    const [failure] = failures;
    if (failure == null || failures.includes(null)) continue;
    const names = models.map(([model]) => model);
    const reason =
      names.length === 1
        ? `the model ${names[0] ?? ''} is not available`
        : `none of the models ${names.join(', ')} is available`;
    return { on: 'model', reason, failure };
  }
  return null;
}

function noModel({ agent, model = 'default' }: Agent, reason: string): Parked {
  const message = `the agent ${agent} uses the model \`${model}\`, which is not under \`models:\``;
  const hint = `Add it, such as \`models: { ${model}: { provider: ollama, model: NAME } }\`, or name another in agents/${agent}.yml.`;
  return {
    on: 'config',
    reason,
    failure: { class: 'config-invalid', problems: [wholeFile('pushpals.yml', message, hint)] },
  };
}

function unpinnedImage(
  step: Pick<Step, 'image' | 'id' | 'build'>,
  { formula }: Formula,
  { project, policy, pinnedName }: Pick<Observed, 'project' | 'policy' | 'pinnedName'>,
): Parked | null {
  const image = step.image ?? project.sandbox?.image;
  if (image === undefined || !usesImages(project)) return null;
  // The name of one that the project builds holds a digest of what it is made from.
  if (step.build !== undefined || (step.image === undefined && project.sandbox?.build !== undefined)) return null;
  if (imagePolicy(project, policy) === 'any' || isPinned(image)) return null;
  const { message, hint } = unpinnedWords(image, pinnedName(image));
  const file = step.image === undefined ? 'pushpals.yml' : `formulas/${formula}.yml`;
  return {
    on: 'config',
    reason: `the image ${image} is not pinned, and the policy asks for that`,
    failure: { class: 'config-invalid', problems: [wholeFile(file, message, hint)] },
  };
}

/** Images of a formula's steps that the engine does not have and that are got before it starts. */
export const imagesToPull = (
  { steps }: Formula,
  { project, pulls }: Pick<Observed, 'project' | 'pulls'>,
): readonly { readonly image: string; readonly state: 'due' | 'underway' }[] =>
  [...new Set(steps.flatMap(({ image = project.sandbox?.image }) => image ?? []))].flatMap((image) => {
    const state = pulls(image);
    return state === null ? [] : [{ image, state }];
  });

/** The move to where an order waits; null where that is written down already. */
export function park(order: StoredOrder, { on, reason, until, failure }: Parked, now: Instant): Move | null {
  if (order.state === 'waiting' && order.record.waiting.on === on && order.record.waiting.reason === reason)
    return null;
  const waiting = {
    since: now,
    on,
    reason,
    ...(until === undefined ? {} : { until }),
    ...(failure === undefined ? {} : { failure: failure as { class: string } }),
  };
  return { event: 'park', from: order, to: { state: 'waiting', record: { ...order.record, waiting } } };
}

const isLiveState = (state: StoredOrder['state'] | 'rejected'): boolean => state !== 'rejected' && isLive(state);
