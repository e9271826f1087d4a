import type { Formula, Policy, Project } from '../generated/types.js';
import { askedBy, grantedNetwork, type Granted, type Reach } from './command.js';
import type { Failure } from './failure.js';
import type { Fault } from './fault.js';

/** What the scripts of a step ask to reach beyond nothing, and what they get. A step whose commands differ in that is there once for each. */
export interface StepReach {
  readonly step: string;
  /** The step's place in the formula. */
  readonly index: number;
  readonly asked: Reach;
  readonly granted: Granted;
  /** Why it cannot have that; null if it can. */
  readonly failure: Extract<Failure, { class: 'policy-denied' | 'sandbox-unavailable' }> | null;
}

/** Of a driver that isolates nothing: it is never taken for one that does. */
const UNHELD = {
  class: 'sandbox-unavailable',
  driver: 'host',
  why: 'it cannot hold a step to a list of hosts',
  mend: 'Set `sandbox.driver` to docker or bubblewrap in pushpals.yml.',
} as const satisfies Failure;

export function reaches(formula: Formula, project: Project, policy: Policy): readonly StepReach[] {
  return formula.steps.flatMap((step, index) => {
    const asked = new Map(askedBy(step, project).map((network) => [JSON.stringify(network), network]));
    return [...asked.values()].flatMap((asked): StepReach[] => {
      const found = grantedNetwork(asked, policy);
      const about = { step: step.id, index, asked };
      if (!found.ok) return [{ ...about, granted: 'none', failure: found.failure }];
      if (found.value === 'none') return [];
      const isHeld = typeof found.value !== 'object' || project.sandbox?.driver !== 'host';
      return [{ ...about, granted: found.value, failure: isHeld ? null : UNHELD }];
    });
  });
}

/** Why a step cannot reach what it asks for. */
export function whyNot({ asked, failure }: StepReach): string | null {
  if (failure === null) return null;
  if (failure.class === 'sandbox-unavailable') return failure.why;
  return Array.isArray(asked)
    ? 'the policy does not let it reach all of its hosts'
    : 'the policy does not let it reach the network';
}

/** What a step reaches, in words. */
export const reachInWords = (reach: Reach | Granted): string => {
  if (typeof reach === 'string') return reach === 'full' ? 'the whole network' : reach === 'none' ? 'nothing' : reach;
  return ('hosts' in reach ? reach.hosts : reach).join(', ');
};

/** What is worth to know of a formula's reach, though nothing is wrong with it. */
export function reachNotes(formula: Formula, project: Project, policy: Policy): readonly string[] {
  if (project.sandbox?.driver !== 'bubblewrap') return [];
  const steps = reaches(formula, project, policy).flatMap(({ step, granted }) => (granted === 'full' ? [step] : []));
  return [...new Set(steps)].map(
    (step) =>
      `step \`${step}\` of ${formula.formula}: \`network: full\` by bubblewrap is this machine's own network, with all that listens on its loopback and its abstract sockets; name the hosts that it needs, or use the driver docker`,
  );
}

/** The steps of a formula that would wait for ever, at their places. */
export function reachFaults(formula: Formula, project: Project, policy: Policy): Fault[] {
  return reaches(formula, project, policy).flatMap(({ step, index, failure }): Fault[] => {
    if (failure === null) return [];
    const isOwn = formula.steps[index]?.network !== undefined;
    const path = isOwn ? ['steps', index, 'network'] : ['steps', index];
    const where = isOwn ? 'the step' : 'its command, in pushpals.yml,';
    if (failure.class === 'sandbox-unavailable')
      return [
        { path, message: `step \`${step}\`: the driver host ${failure.why.replace(/^it /, '')}`, hint: failure.mend },
      ];
    const because = failure.reasons.map((reason) => reason.because).join('; ');
    return [
      { path, message: `step \`${step}\`: ${because}`, hint: `Add that to the policy, or have ${where} ask for less.` },
    ];
  });
}
