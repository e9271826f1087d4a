import type { Formula, Order, Step, StepStatus } from '../generated/types.js';
import type { CommitId, StepKey } from './ids.js';
import { freeName } from './order.js';

export const STEP_KINDS = [
  'run',
  'check',
  'diagnose',
  'agent',
  'review',
  'revert',
  'approve',
  'task',
  'orders',
  'ship',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** One node of a run's graph: a step, or one combination of a step's matrix. */
export interface Node {
  readonly key: StepKey;
  readonly kind: StepKind;
  readonly step: Step;
  readonly matrix: Readonly<Record<string, string | number | boolean>>;
  /** Nodes that must have ended first. */
  readonly needs: readonly StepKey[];
}

export type Statuses = Readonly<Record<string, StepStatus>>;

/** The kind of a checked step. */
export function stepKind(step: Step): StepKind {
  const kind = STEP_KINDS.find((candidate) => step[candidate] !== undefined);
  if (kind === undefined) throw new TypeError(`step ${step.id} has no kind`);
  return kind;
}

/**
 * The graph of a checked formula, in the order of its steps. A `ship` step waits for every node that does not need it, so that
 * nothing ships while another part of the run can still fail. What the order wants checked, by commands of the project, is checked on what the steps
 * that change files come to.
 */
export function graphOf(formula: Formula, checks: Order['checks'] = []): readonly Node[] {
  const keys = new Map(formula.steps.map((step) => [step.id, combinations(step).map(({ key }) => key)]));
  const nodes = formula.steps.flatMap((step) =>
    combinations(step).map(({ key, matrix }): Node => ({
      key,
      kind: stepKind(step),
      step,
      matrix,
      needs: (step.needs ?? []).flatMap((id) => keys.get(id) ?? []),
    })),
  );
  const all = [...nodes, ...checkNodes(nodes, checks)];
  return all.map((node) => {
    if (node.kind !== 'ship') return node;
    const after = descendants(all, node.key);
    const others = all.map(({ key }) => key).filter((key) => key !== node.key && !after.has(key));
    return { ...node, needs: [...new Set([...node.needs, ...others])] };
  });
}

/** The step that stands for the checks of an order; a formula may have one of that name itself. */
const ORDER_CHECKS = 'order-checks';

function checkNodes(nodes: readonly Node[], checks: readonly string[]): readonly Node[] {
  const ship = nodes.find(({ kind }) => kind === 'ship');
  const late = ship === undefined ? new Set<StepKey>() : descendants(nodes, ship.key);
  const needs = nodes.filter((node) => node.kind !== 'ship' && !late.has(node.key)).map(({ key }) => key);
  const id = freeName(ORDER_CHECKS, (name) => nodes.some(({ step }) => step.id === name));
  return checks.map((command, index) => ({
    key: `${id}.${String(index + 1)}` as StepKey,
    kind: 'check',
    step: { id, check: { command } },
    matrix: {},
    needs,
  }));
}

function combinations(step: Step): readonly { key: StepKey; matrix: Node['matrix'] }[] {
  if (step.matrix === undefined) return [{ key: step.id as StepKey, matrix: {} }];
  const rows = Object.entries(step.matrix).reduce<Record<string, string | number | boolean>[]>(
    (sofar, [name, values]) => sofar.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
  return rows.map((matrix, index) => ({ key: `${step.id}.${String(index + 1)}` as StepKey, matrix }));
}

/** Every node that must have ended before this one, directly or not. */
export function ancestors(nodes: readonly Node[], of: StepKey): ReadonlySet<StepKey> {
  const found = new Set<StepKey>();
  const visit = (key: StepKey): void => {
    for (const need of nodeOf(nodes, key).needs) {
      if (found.has(need)) continue;
      found.add(need);
      visit(need);
    }
  };
  visit(of);
  return found;
}

function descendants(nodes: readonly Node[], of: StepKey): ReadonlySet<StepKey> {
  return new Set(nodes.filter(({ key }) => key !== of && ancestors(nodes, key).has(of)).map(({ key }) => key));
}

export function nodeOf(nodes: readonly Node[], key: StepKey): Node {
  const node = nodes.find((candidate) => candidate.key === key);
  if (node === undefined) throw new RangeError(`no step ${key}`);
  return node;
}

export type Readiness =
  | { readonly is: 'ready' }
  | { readonly is: 'waiting' }
  /** It can never start: something it needs failed, was cancelled, or could not start itself. */
  | { readonly is: 'blocked'; readonly because: string };

/**
 * Whether a pending node can start. A need that its own `when` skipped holds nothing up. Whatever comes before it has to have ended, directly or not: some of that
 * may be done again while what lies between stands.
 */
export function readiness(nodes: readonly Node[], statuses: Statuses, key: StepKey): Readiness {
  let waiting = false;
  for (const need of ancestors(nodes, key)) {
    const because = stopped(nodes, statuses, need);
    if (because !== null) return { is: 'blocked', because };
    const state = statuses[need]?.state ?? 'pending';
    if (state === 'pending' || state === 'running' || state === 'waiting') waiting = true;
  }
  return waiting ? { is: 'waiting' } : { is: 'ready' };
}

/** Why a node holds up those after it; null if it does not (or not yet). */
function stopped(nodes: readonly Node[], statuses: Statuses, key: StepKey, seen = new Set<StepKey>()): string | null {
  if (seen.has(key)) return null;
  seen.add(key);
  const node = nodeOf(nodes, key);
  const status = statuses[key];
  if (status?.state === 'failed') return isTolerated(node, status) ? null : `${key} failed`;
  if (status?.state === 'cancelled') return `${key} was cancelled`;
  if (status?.state !== 'skipped') return null;
  for (const need of node.needs) {
    const because = stopped(nodes, statuses, need, seen);
    if (because !== null) return because;
  }
  return null;
}

/** Whether a run goes on though a step failed. A model that does not answer is no failure of the step: the run stands still for it. */
export const isTolerated = ({ step }: Node, { failure }: Extract<StepStatus, { state: 'failed' }>): boolean =>
  step['continue-on-failure'] === true && failure.class !== 'model-unavailable';

/** The failure that makes a run fail: the first in the formula's order that is not tolerated. */
export function decidingFailure(nodes: readonly Node[], statuses: Statuses): { key: StepKey; failure: unknown } | null {
  for (const node of nodes) {
    const { key } = node;
    const status = statuses[key];
    if (status?.state === 'failed' && !isTolerated(node, status)) return { key, failure: status.failure };
  }
  return null;
}

/**
 * The snapshot commits that a node starts from: those of its needs, without ones that another of them already holds. More than
 * one has to be merged. A need without a snapshot of its own (skipped, or failed and tolerated) passes on what it would have started from.
 */
export function inputSnapshots(
  nodes: readonly Node[],
  statuses: Statuses,
  key: StepKey,
  base: CommitId,
  seen = new Set<StepKey>(),
): readonly CommitId[] {
  const { needs } = nodeOf(nodes, key);
  const direct = needs.filter((need) => !needs.some((other) => other !== need && ancestors(nodes, other).has(need)));
  const found = direct.flatMap((need): readonly CommitId[] => {
    const status = statuses[need];
    if (status?.state === 'succeeded') return [status.snapshot as CommitId];
    if (seen.has(need)) return [];
    seen.add(need);
    return inputSnapshots(nodes, statuses, need, base, seen);
  });
  const distinct = [...new Set(found)].filter((commit) => commit !== base);
  return distinct.length === 0 ? [base] : distinct;
}

/**
 * The `run` or `agent` node whose work tree a node goes on in, ignored files included: the nearest one along its first needs. Of one
 * that has not ended yet it is taken that it will succeed, unless the run goes on without that. Null: it starts from a clean
 * work tree.
 */
export function workspaceSource(
  nodes: readonly Node[],
  statuses: Statuses,
  key: StepKey,
  seen = new Set<StepKey>(),
): StepKey | null {
  for (const need of nodeOf(nodes, key).needs) {
    const node = nodeOf(nodes, need);
    const willSucceed = isOpen(statuses[need]) && node.step['continue-on-failure'] !== true;
    if (changesFiles(node) && (statuses[need]?.state === 'succeeded' || willSucceed)) return need;
    // What was taken back is in the tree of no step before.
    if (seen.has(need) || node.kind === 'revert') continue;
    seen.add(need);
    const source = workspaceSource(nodes, statuses, need, seen);
    if (source !== null) return source;
  }
  return null;
}

/** Whether a step has not come to its end. */
export const isOpen = (status: StepStatus | undefined): boolean =>
  status === undefined || status.state === 'pending' || status.state === 'running';

export const changesFiles = ({ kind }: Node): boolean => kind === 'run' || kind === 'agent';

/** Nodes that have not ended and go on, or went on, in this node's work tree. */
export function workspaceHeirs(nodes: readonly Node[], statuses: Statuses, source: StepKey): readonly StepKey[] {
  return nodes
    .filter((node) => changesFiles(node) && isOpen(statuses[node.key]))
    .filter(({ key }) => workspaceSource(nodes, statuses, key) === source)
    .map(({ key }) => key);
}

/** A step that is still to come, with what an agent has done of it. */
export const toCome = (status: StepStatus | undefined): Extract<StepStatus, { state: 'pending' }> => ({
  state: 'pending',
  ...soFar(status),
});

/** What an agent has done of a step that it could not end: its files, and what it had said. */
export function soFar(status: StepStatus | undefined): { readonly partial?: string; readonly conversation?: string } {
  if (status?.state !== 'pending' && status?.state !== 'running' && status?.state !== 'failed') return {};
  const { partial, conversation } = status;
  return {
    ...(partial === undefined ? {} : { partial }),
    ...(conversation === undefined ? {} : { conversation }),
  };
}

/**
 * The statuses to go on from after a runner died: what was running starts again. All that ended stands, with what people said yes to; files of it that git
 * ignores, which no snapshot commit holds, are made again by whoever goes on with them (`remaking`).
 */
export const resumeFrom = (nodes: readonly Node[], statuses: Statuses): Statuses =>
  Object.fromEntries(
    nodes.map(({ key }): [string, StepStatus] => {
      const status = statuses[key];
      return [key, status === undefined || status.state === 'running' ? toCome(status) : status];
    }),
  );
