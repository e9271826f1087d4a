import { describeFailure } from '../core/describe-failure.js';
import type { Failure } from '../core/failure.js';
import { printable, type Output } from './output.js';

/** What a person sees of a failure: what happened, where, and what to do next. */
export function renderFailure(failure: Failure, out: Pick<Output, 'paint'>, evidence?: string): string {
  const { what, details, next } = describeFailure(failure);
  return [
    `${out.paint('bad', failure.class)}: ${printable(what)}`,
    // A name or a message that goes on in another line stays within its own.
    ...details.map((line) => `  ${printable(line).replaceAll('\n', '\n    ')}`),
    ...next.map((line) => `  → ${printable(line)}`),
    ...(evidence === undefined
      ? []
      : [`  evidence: ${evidence} (pushpals evidence show ${evidence.split('/').at(-1) ?? ''} --diff)`]),
  ].join('\n');
}

/** 0 ok, 1 a run failed, 2 usage or configuration, 3 blocked by policy or approval, 4 state conflict. */
export function exitCodeOf(failure: Failure): number {
  switch (failure.class) {
    case 'config-invalid':
    case 'order-invalid':
    case 'not-built':
      return 2;
    case 'policy-denied':
    case 'approval-needed':
    case 'outcome-unknown':
    case 'sandbox-unavailable':
    case 'image-missing':
    case 'image-build-failed':
    case 'secret-missing':
    case 'model-unavailable':
    case 'forge-unavailable':
    case 'budget-exhausted':
    case 'remote-unavailable':
    case 'machine-failed':
      return 3;
    case 'duplicate':
    case 'state-conflict':
    case 'claim-lost':
    case 'stale-base':
      return 4;
    case 'scope-violation':
    case 'step-failed':
    case 'limit-exceeded':
    case 'output-invalid':
    case 'model-output-invalid':
    case 'child-failed':
    case 'agent-repeats':
    case 'agent-stalled':
    case 'agent-gave-up':
    case 'secret-found':
    case 'check-failed':
    case 'baseline-broken':
    case 'review-blocked':
    case 'would-undo':
    case 'timeout':
    case 'merge-conflict':
    case 'runner-lost':
    case 'git-failed':
      return 1;
  }
}
