import { isNothing } from '../../core/agents/usage.js';
import type { StepStatus } from '../../generated/types.js';
import { RECOVERY, fail, type Failure, type Result } from '../../core/failure.js';
import type { Node, Statuses } from '../../core/graph.js';
import { durationMs, elapsedMs, type CommitId, type Instant } from '../../core/ids.js';
import type { Desired } from '../desired.js';
import { agentStep } from './agents/agent-step.js';
import { approveStep } from './approve-step.js';
import { checkStep, failsOnBase } from './check-step.js';
import { refuseConflicts } from './conflicts.js';
import type { RunContext } from './context.js';
import { diagnoseStep } from './diagnose-step.js';
import { ordersStep, type FiledStep, type NewChild } from './orders-step.js';
import { reviewStep, type SentBack } from './review/review-step.js';
import { revertStep } from './revert-step.js';
import { runStep } from './run-step.js';
import type { StepResult } from './step-result.js';
import { shipStep } from './ship-step.js';
import type { Trees } from './trees.js';

/** What an attempt at a step needs to know of the run. */
export interface AttemptOf {
  readonly context: RunContext;
  readonly desired: Desired;
  readonly trees: Trees;
  readonly statuses: Statuses;
  readonly node: Node;
  readonly input: CommitId;
  readonly startedAt: Instant;
}

/** How a step ended, and the orders that are to be filed together with that. */
export interface StepEnd {
  readonly status: StepStatus;
  readonly children: readonly NewChild[];
  /** A review sends the run back: of what the step came to, this is all that counts. */
  readonly back?: SentBack;
}

type Performed = Result<StepResult & Partial<Pick<FiledStep, 'children' | 'awaits'>> & { readonly back?: SentBack }>;

/** Tries a step as often as its `retry` allows. Null: the run was stopped meanwhile, so nothing is known of the step. */
export async function attemptStep(of: AttemptOf): Promise<StepEnd | null> {
  const { context, node, startedAt } = of;
  const { clock, report } = context.tools;
  const attempts = node.step.retry?.attempts ?? 1;
  const backoffMs = durationMs(node.step.retry?.backoff ?? '1s');
  let before: Failure | null = null;
  for (let attempt = 1; ; attempt += 1) {
    let result: Performed = await perform(of, attempt, before);
    if (!(await context.begin) || context.signal.aborted) return null;
    if (!result.ok && attempt < attempts && RECOVERY[result.failure.class] === 'retry' && context.remainingMs() > 0) {
      before = context.secrets.masked(result.failure);
      await clock.sleep(Math.min(backoffMs * 2 ** (attempt - 1), 600_000), context.signal);
      continue;
    }
    // Whatever was printed may stand in it.
    if (!result.ok) result = await blame(of, context.secrets.masked(result.failure));
    if (context.signal.aborted) return null;
    // A clock that was set back meanwhile makes no time of less than none.
    const { secrets: handed, partial, conversation } = context.facts.get(node.key) ?? {};
    const usage = context.ledger.of(node.key);
    const taken = {
      attempt,
      startedAt,
      durationMs: elapsedMs(startedAt, clock.now()),
      ...(isNothing(usage) ? {} : { usage }),
      ...(handed === undefined ? {} : { secrets: [...handed] }),
    };
    const status = result.ok
      ? succeeded(taken, result.value)
      : {
          state: 'failed' as const,
          ...taken,
          ...(partial === undefined ? {} : { partial }),
          ...(conversation === undefined ? {} : { conversation }),
          failure: result.failure,
        };
    const detail = result.ok ? {} : { detail: result.failure.class };
    report({
      event: 'step-ended',
      order: context.journal.order.record.id,
      step: node.key,
      state: status.state,
      durationMs: taken.durationMs,
      ...detail,
    });
    const back = result.ok ? result.value.back : undefined;
    return {
      status,
      children: result.ok ? (result.value.children ?? []) : [],
      ...(back === undefined ? {} : { back }),
    };
  }
}

function succeeded(
  taken: Omit<
    Extract<StepStatus, { state: 'succeeded' }>,
    'state' | 'snapshot' | 'outputs' | 'leftIgnored' | 'lessons'
  >,
  { snapshot, outputs, leftIgnored, awaits, lessons = [] }: StepResult & Pick<FiledStep, 'awaits'>,
): StepStatus {
  if (awaits !== undefined) {
    const { attempt, startedAt, durationMs: took } = taken;
    return { state: 'waiting', attempt, startedAt, durationMs: took, snapshot, orders: [...awaits] };
  }
  return {
    state: 'succeeded',
    ...taken,
    snapshot,
    ...(outputs === undefined ? {} : { outputs }),
    ...(leftIgnored === true ? { leftIgnored } : {}),
    ...(lessons.length === 0 ? {} : { lessons: [...lessons] }),
  };
}

/** A check that fails on the base as well was broken before this run: another end, for another person to mend. */
async function blame({ context, trees, node, input }: AttemptOf, failure: Failure): Promise<Performed> {
  if (failure.class !== 'check-failed' || failure.expect !== 'success') return fail(failure);
  const onBase = await failsOnBase(context, trees, node, input);
  if (!onBase.ok) return onBase;
  if (onBase.value === null) return fail(failure);
  const { exitCode, tail, refused } = failure;
  return fail({
    class: 'baseline-broken',
    step: node.key,
    base: onBase.value.commit,
    exitCode,
    tail,
    ...(refused === undefined ? {} : { refused }),
  });
}

/** `before`: how the attempt before failed. */
async function perform(of: AttemptOf, attempt: number, before: Failure | null): Promise<Performed> {
  const { context, trees, statuses, node, input } = of;
  const recorded = context.recorded?.(node, input) ?? null;
  if (recorded !== null) return recorded;
  if (context.remainingMs() <= 0) return fail({ class: 'timeout', step: node.key, limitMs: 0, what: 'run' });
  if (
    node.kind === 'check' ||
    node.kind === 'diagnose' ||
    node.kind === 'review' ||
    node.kind === 'ship' ||
    node.kind === 'approve' ||
    node.kind === 'task'
  ) {
    const whole = await refuseConflicts(context, node.key, input);
    if (!whole.ok) return whole;
  }
  const runsCommands = node.kind === 'run' || node.kind === 'check' || node.kind === 'diagnose';
  if (!runsCommands && !(await context.begin))
    return fail({ class: 'claim-lost', order: context.journal.order.record.id });
  switch (node.kind) {
    case 'run':
      return runStep(context, trees, node, statuses, input);
    case 'check':
      return checkStep(context, trees, node, input);
    case 'diagnose':
      return diagnoseStep(context, trees, node, statuses, input);
    case 'ship':
      return shipStep(context, node, statuses, input);
    case 'orders':
      return ordersStep(context, of.desired, node, statuses, input);
    case 'approve':
    case 'task':
      return approveStep(context, node, statuses, input);
    case 'agent':
      return agentStep(context, trees, node, statuses, input, attempt, before);
    case 'revert':
      return revertStep(context, node, statuses, input);
    case 'review':
      return reviewStep(context, trees, node, statuses, input, attempt);
  }
}
