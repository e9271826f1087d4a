import type { OrderRecord, Policy, Project, Tier } from '../generated/types.js';
import type { Node, Statuses } from './graph.js';
import { ancestors, changesFiles } from './graph.js';
import type { StepKey } from './ids.js';
import { PROPOSALS, shipRef, type StoredOrder } from './record.js';

/** How a result reaches its target, the laxest first. */
const STRICTNESS = ['merge', 'pull-request', 'branch'] as const;
export type Via = (typeof STRICTNESS)[number];

/** The strictest of several ways. */
export const strictest = (...ways: readonly Via[]): Via =>
  STRICTNESS[Math.max(...ways.map((via) => STRICTNESS.indexOf(via)))] ?? 'branch';

export interface Delivery {
  readonly into: string;
  readonly via: Via;
}

/**
 * How the results of a tier reach the project: as it says, or the stricter way that the policy has for the tier. What a run made of another branch belongs
 * to that branch, and nobody merges it further; unless that branch is itself on its way into the target.
 */
export function deliveryOf(project: Project, policy: Policy, tier: Tier, isOfBranch: boolean): Delivery {
  const { integrate = {} } = project;
  const asked: readonly Via[] = [
    integrate.via ?? 'branch',
    policy.tiers?.[tier]?.integrate ?? 'merge',
    isOfBranch ? 'branch' : 'merge',
  ];
  return { into: targetOf(project), via: strictest(...asked) };
}

/** The branch that results are merged into. */
export const targetOf = ({ integrate, branch = 'main' }: Project): string => integrate?.into ?? branch;

/** An order whose result is on its way into its target. */
export type LandingOrder = Extract<StoredOrder, { state: 'waiting' }> & {
  readonly record: Required<Pick<OrderRecord, 'run' | 'shipped'>>;
};

export const isLanding = (order: StoredOrder): order is LandingOrder =>
  order.state === 'waiting' &&
  order.record.waiting.on === 'integration' &&
  order.record.shipped !== undefined &&
  order.record.run !== undefined;

/**
 * The order that is on its way by pull request from that branch: what goes on from the branch goes onto it. None of another name than the order's own: whoever may push to
 * the ops branch can write a record.
 */
export const orderOfPull = (live: readonly StoredOrder[], branch: string): LandingOrder | undefined =>
  live
    .filter(isLanding)
    .find(
      ({ record: { id, shipped } }) =>
        shipped.via === 'pull-request' && shipped.branch === branch && shipRef(id) === `refs/heads/${branch}`,
    );

/** Whether a result goes onto a branch of another order, and not into what the project says. */
export const isOnto = ({ into }: Pick<Delivery, 'into'>): boolean => `refs/heads/${into}`.startsWith(PROPOSALS);

/** The name of a check that no formula has: that of the project's own tests. */
const PROJECT_TEST = 'project-test' as StepKey;

/**
 * What a result must pass as it is merged: every check of its run after which nothing is changed any more, and the project's command `test`, where it has
 * one that none of them is. A check on the way, such as that a new test fails before the fix, says nothing of what ships.
 */
export function landingChecks(nodes: readonly Node[], statuses: Statuses, project: Project): readonly Node[] {
  const before = new Set(nodes.filter(changesFiles).flatMap(({ key }) => [...ancestors(nodes, key)]));
  const checks = nodes.filter(
    ({ key, kind, step }) =>
      kind === 'check' &&
      !before.has(key) &&
      step['continue-on-failure'] !== true &&
      // What its condition left out does not apply.
      !(step.when !== undefined && statuses[key]?.state === 'skipped'),
  );
  const isTested = checks.some(({ step: { check } }) => typeof check === 'object' && check.command === 'test');
  if (isTested || project.commands?.['test'] === undefined) return checks;
  const step = { id: PROJECT_TEST, check: { command: 'test' } };
  return [...checks, { key: PROJECT_TEST, kind: 'check', step, matrix: {}, needs: [] }];
}
