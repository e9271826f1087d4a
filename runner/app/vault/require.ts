import type { VaultRequest } from '../../generated/types.js';
import { moreOf } from '../../core/agents/budget.js';
import type { Change } from '../../core/change.js';
import { describeFailure } from '../../core/describe-failure.js';
import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import { formulaFacts } from '../../core/formula-facts.js';
import { isOutOfBudget } from '../../core/run-end.js';
import type { Node } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import { budgetRequest, timeRequest } from '../../core/vault/budget-request.js';
import { subjectParts } from '../../core/vault/plan.js';
import { runBudgetMs } from '../../core/plan.js';
import { decide, unapprovable, type Decision } from '../../core/policy.js';
import { shipRef } from '../../core/record.js';
import {
  CANCEL,
  RETRY,
  holdsFor,
  mergeRequest,
  questionRequest,
  taskRequest,
  requestId,
  stepRequest,
  subjectOf,
} from '../../core/vault/request.js';
import type { RunContext } from '../run/context.js';
import type { Tools } from '../tools.js';
import type { Proposed } from '../run/proposed-orders.js';

/** Failures that are not an order's own, or that only people can judge. */
const ASKED: ReadonlySet<string> = new Set(['baseline-broken', 'policy-denied', 'review-blocked']);

/** The most of a diff that is compared; of a longer one no two are the same. */
const DIFF_BYTES = 64 * 1024 * 1024;

/**
 * Whether people have said yes to exactly this: the run's result as it would ship, or its state at an `approve` step. If not, the request is
 * handed to whoever ends the run, and this fails with `approval-needed`; with `policy-denied` where nobody could approve it.
 */
export async function requireApproval(
  context: RunContext,
  node: Node,
  at: {
    readonly input: CommitId;
    readonly changes: readonly Change[];
    readonly decision: Decision;
    /** What reviews found, in lines. */
    readonly reviews?: readonly string[];
    readonly orders?: Proposed | null;
    /** What a task asks for. */
    readonly task?: string;
    /** The branch that the result goes into. */
    readonly into?: string;
  },
): Promise<Result<null>> {
  const { tools, journal, loaded, policy, approved } = context;
  const { input, changes, decision, reviews = [] } = at;
  const { record } = journal.order;
  const { sha256 } = tools;
  const kind = node.kind === 'approve' ? 'step' : node.kind === 'task' ? 'task' : 'merge';
  const tree = await tools.repository.tree(input);
  // What a merge brings to its target is what is approved, and what is compared when it goes in.
  const from = kind === 'merge' ? ((context.merge?.incoming ?? context.base) as CommitId) : context.base;
  const diff = await diffDigest(tools, from, input);
  if (!diff.ok) return diff;
  const parts = {
    ...subjectParts(record, loaded, { sha256, policyDigest: context.policyDigest, project: context.project }),
    base: from,
    ...(tree === null ? {} : { tree: tree as string }),
    ...(diff.value === null ? {} : { diff: diff.value }),
    ...(at.orders == null ? {} : { orders: at.orders.digest }),
    ...(at.into === undefined ? {} : { into: at.into }),
  };
  const subject = subjectOf({ kind, order: record.id, run: record.run.id, step: node.key }, parts, sha256);
  if (approved?.kind === kind && approved.step === node.key && holdsFor(approved.subject, subject)) return ok(null);
  const nobody = unapprovable(policy, decision);
  if (nobody !== null) {
    const reasons = decision.reasons.filter(({ tier }) => tier === decision.tier);
    return fail({
      class: 'policy-denied',
      reasons: [...reasons, { rule: 'approvers', tier: decision.tier, because: nobody }],
    });
  }
  const now = tools.clock.now();
  const id = requestId(record.id, subject, now, sha256);
  const { formula } = loaded;
  const asking = { id, record, formula, decision, subject, now, run: record.run.id, step: node.key, changes };
  const branch = shipRef(record.id).slice('refs/heads/'.length);
  context.asks.request =
    kind === 'merge'
      ? mergeRequest({ ...asking, branch, reviews })
      : kind === 'task'
        ? taskRequest({ ...asking, task: at.task ?? '' })
        : stepRequest({ ...asking, question: node.step.approve ?? '', orders: at.orders?.lines ?? [] });
  return fail({ class: 'approval-needed', request: id });
}

/**
 * What is asked of people where a run cannot end by itself: more time, or what should become of an order that failed for a reason that is not its
 * own. Null where nobody could answer, or where there is nothing to ask.
 */
export async function lastRequest(
  context: RunContext,
  failure: Failure,
  result: CommitId,
): Promise<VaultRequest | null> {
  const isBudget = isOutOfBudget(failure);
  if (!isBudget && !ASKED.has(failure.class)) return null;
  const { tools, journal, loaded, policy, policyDigest, project } = context;
  const { record } = journal.order;
  const { sha256 } = tools;
  const { formula } = loaded;
  const named = formulaFacts(formula);
  const decision = decide(record.order, named, null, policy, tools.cel);
  if (unapprovable(policy, decision) !== null) return null;
  const tree = await tools.repository.tree(result);
  const parts = {
    ...subjectParts(record, loaded, { sha256, policyDigest, project }),
    base: record.run.base,
    ...(tree === null ? {} : { tree: tree as string }),
  };
  const kind = isBudget ? ('budget' as const) : ('question' as const);
  const subject = subjectOf({ kind, order: record.id, run: record.run.id }, parts, sha256);
  const now = tools.clock.now();
  const id = requestId(record.id, subject, now, sha256);
  const asking = { id, record, formula, decision, subject, now, run: record.run.id };
  if (failure.class === 'budget-exhausted') return moreRequest(context, asking, failure);
  if (isBudget) return timeRequest({ ...asking, budgetMs: runBudgetMs(formula, record.order) });
  const { what, details } = describeFailure(failure);
  const question = { what: `${what}. Try again, or cancel the order`, details, answers: [RETRY, CANCEL] };
  return questionRequest({ ...asking, ...question });
}

/** A step whose agent reached a limit of its own has as much again when it goes on; where the order's budget is used up, that is what has to grow. */
function moreRequest(
  { ledger, loaded, journal, facts }: RunContext,
  asking: Omit<Parameters<typeof budgetRequest>[0], 'used' | 'more' | 'grant' | 'partial'>,
  failure: Extract<Failure, { class: 'budget-exhausted' }>,
): VaultRequest {
  const partial = facts.get(failure.step)?.partial ?? null;
  const used = ledger.usedUp;
  if (used === null)
    return budgetRequest({ ...asking, used: failure, more: { [failure.what]: failure.most }, grant: {}, partial });
  const grant = moreOf(used.what, loaded.formula.budget, journal.order.record);
  return budgetRequest({ ...asking, used, more: grant, grant, partial });
}

/** What is changed, without where: neither the ids of whole files nor line numbers. Null where it is too long to compare. */
export async function diffDigest(
  tools: Pick<Tools, 'repository' | 'sha256'>,
  from: CommitId,
  to: CommitId,
): Promise<Result<string | null>> {
  const patch = await tools.repository.patch(from, to, DIFF_BYTES);
  if (!patch.ok) return patch;
  if (patch.value.length >= DIFF_BYTES) return ok(null);
  const lines = patch.value
    .split('\n')
    .filter((line) => !line.startsWith('index '))
    .map((line) => line.replace(/^@@ .*? @@.*$/, '@@'));
  return ok(tools.sha256(lines.join('\n')));
}
