import { workersOf } from '../../core/agents/agent.js';
import type { Delivery } from '../../core/delivery.js';
import { fail, ok, type Result } from '../../core/failure.js';
import type { Node, Statuses } from '../../core/graph.js';
import type { CommitId, Instant } from '../../core/ids.js';
import { isNeeded, shipParents } from '../../core/merge.js';
import type { LoadedFormula } from '../../core/observed.js';
import { evidencePath, shipRef } from '../../core/record.js';
import type { Shipped } from '../../core/run-end.js';
import type { Decision } from '../../core/policy.js';
import type { Rollback } from '../../core/revert.js';
import { shipText } from '../../core/ship-text.js';
import { reviewsIn } from '../../core/review/findings.js';
import { reviewRisks } from '../../core/review/report.js';
import { undoneLines } from '../../core/review/would-undo.js';
import { plainText } from '../../core/template.js';
import { tryRollback } from '../inverse.js';
import type { Person } from '../ports/ops.js';
import { isResultOf } from '../results.js';
import { RUNNER } from '../tools.js';
import { requireApproval } from '../vault/require.js';
import { projectTip } from '../world.js';
import type { RunContext } from './context.js';
import { decideOnChange } from './decide-on-change.js';
import { deliveryFor } from './deliver-onto.js';
import { minorOf } from './held-back.js';
import { landAtOnce } from './land-at-once.js';
import { undoneByMerge } from './review/merge-guard.js';
import { searchValue } from './secret-scan.js';
import type { StepResult } from './step-result.js';

/**
 * Puts the result on `pushpals/<order>` as one commit on the base, or as a merge of the two sides that the run started from. The commit
 * depends on nothing but the run, so a runner that died after moving the branch makes the same commit again and finds it there. Where results are merged and nobody is
 * before it, the target is moved to that commit as well; else the order waits for its turn.
 */
export async function shipStep(
  context: RunContext,
  node: Node,
  statuses: Statuses,
  input: CommitId,
): Promise<Result<StepResult>> {
  const { tools, base, journal } = context;
  const { record } = journal.order;
  const [tree, baseTree] = [await tools.repository.tree(input), await tools.repository.tree(base)];
  if (tree === null) throw new Error(`snapshot ${input} has no tree`);
  const noChange: Shipped = { noChange: true };
  if (tree === baseTree && !isNeeded(record.run)) return ok({ snapshot: base, outputs: noChange });

  const decided = await decideOnChange(context, statuses, input);
  if (!decided.ok) return decided;
  const { decision, changes } = decided.value;
  if (decision.denied.length > 0) return fail({ class: 'policy-denied', reasons: decision.denied });
  const minor = await minorOf(context, changes, input);
  if (minor !== null) {
    const heldBack: Shipped = { heldBack: minor };
    return ok({ snapshot: input, outputs: heldBack });
  }
  const open = reviewsIn(context.nodes, statuses).find(([, { verdict }]) => verdict === 'blocked');
  if (open !== undefined && decision.gate === 'auto') {
    const [step, { rounds, findings }] = open;
    return fail({ class: 'review-blocked', step, rounds, findings });
  }
  const undone = await undoneByMerge(context, record.run, input, node.key);
  if (!undone.ok) return undone;
  if (undone.value !== null && decision.gate === 'auto') return fail(undone.value);
  const delivery = await deliveryFor(context, decision.tier);
  if (decision.gate !== 'auto') {
    const reviews = [
      ...reviewRisks(context.nodes, statuses),
      ...(undone.value === null ? [] : undoneLines(undone.value)),
    ];
    const allowed = await requireApproval(context, node, {
      ...{ input, changes, decision, reviews },
      ...(isMerged(context, delivery, decision) ? { into: delivery.into } : {}),
    });
    if (!allowed.ok) return allowed;
  }

  const message = commitMessage(context, node, statuses);
  const clean = await searchValue(context, node, 'the title or body of what would ship', message);
  if (!clean.ok) return clean;
  const commit = await tools.repository.commitTree(
    tree,
    shipParents(record.run),
    message,
    authorOf(context),
    record.run.claimedAt as Instant,
    RUNNER,
  );
  if (!commit.ok) return commit;
  const rollback = await rollbackOf(context, decision, commit.value);
  if (!rollback.ok) return rollback;
  // Read before the claim is asked about: what another run of the order ships once this one has lost its claim is then never taken for what was there.
  const found = await tools.repository.resolve(shipRef(record.id));
  if (!(await journal.held())) return fail({ class: 'claim-lost', order: record.id });
  const moved = await moveBranch(context, found, commit.value);
  if (!moved.ok) {
    const { approved, resumed } = context;
    // What was approved may have been done by the runner that died, and somebody went on from there; or never. It is not tried again.
    if (moved.failure.class !== 'stale-base' || approved?.kind !== 'merge' || !resumed) return moved;
    return fail({
      class: 'outcome-unknown',
      request: approved.id,
      ref: shipRef(record.id),
      found: moved.failure.found,
    });
  }
  const seen = delivery.via === 'merge' ? await landAtOnce(context, statuses, delivery.into, commit.value) : null;
  const shipped: Shipped = {
    branch: `pushpals/${record.id}`,
    commit: commit.value,
    ...(delivery.via === 'branch' ? {} : { delivery: { ...delivery, tier: decision.tier } }),
    ...(seen === null ? {} : { seen }),
    ...(rollback.value === null ? {} : { rollback: rollback.value }),
  };
  return ok({ snapshot: input, outputs: shipped });
}

/** Whether the runner brings the result into its target, so that whoever approves it approves that. */
const isMerged = ({ policy }: RunContext, { via }: Delivery, { tier }: Decision): boolean =>
  via === 'merge' || (via === 'pull-request' && policy.tiers?.[tier]?.['auto-merge'] === true);

/** What ships without anybody having looked is known to go back: a fact of the evidence. Of a merge nobody says which side to go back to. */
async function rollbackOf(
  { tools, journal, project, base }: RunContext,
  { tier }: Decision,
  commit: CommitId,
): Promise<Result<Rollback | null>> {
  const { id, run } = journal.order.record;
  if (tier !== 'low' || run.merge !== undefined) return ok(null);
  const branch = project.branch ?? 'main';
  const tip = await projectTip(tools, branch);
  if (tip === null) return ok(null);
  // One that a runner which died had brought there is tried on what it stands on.
  const isThere = await tools.repository.isAncestor(commit, tip);
  return tryRollback(tools, { order: id, commit }, isThere ? base : tip, branch);
}

/** Moves the order's branch from where it was found. */
async function moveBranch(
  { tools, journal }: RunContext,
  found: CommitId | null,
  commit: CommitId,
): Promise<Result<null>> {
  const { id } = journal.order.record;
  const ref = shipRef(id);
  if (found === commit) return ok(null);
  // An earlier attempt of this very order may have left the branch; anything else there is somebody's work.
  if (found !== null && !(await isResultOf(tools.repository, id, found)))
    return fail({ class: 'stale-base', branch: `pushpals/${id}`, found });
  const moved = await tools.repository.moveRef(ref, found, commit);
  if (!moved.ok) return moved;
  const now = await tools.repository.resolve(ref);
  return now === commit ? ok(null) : fail({ class: 'stale-base', branch: `pushpals/${id}`, found: now ?? 'nothing' });
}

function commitMessage({ journal, inputs, run, loaded }: RunContext, { step }: Node, statuses: Statuses): string {
  const { id, order, formula } = journal.order.record;
  const { title, body } = shipText(step.ship ?? {}, { id, goal: order.goal, inputs, statuses });
  return [
    title,
    ...(body === '' ? [] : ['', body]),
    '',
    `PushPals-Order: ${id}`,
    `PushPals-Run: ${run}`,
    `PushPals-Formula: ${plainText(formula)}`,
    `PushPals-Evidence: ${evidencePath(journal.order.record.run)}`,
    ...[...rolesOf(loaded), RUNNER].slice(1).map(({ name, email }) => `Co-authored-by: ${name} <${email}>`),
    '',
  ].join('\n');
}

/** The agents that did the work, as people of git: the first is the author of what shipped. */
const rolesOf = ({ formula }: LoadedFormula): readonly Person[] =>
  workersOf(formula).map((role) => ({ name: `${role} (PushPals)`, email: `${role}@agents.pushpals.invalid` }));

const authorOf = ({ loaded }: RunContext): Person => rolesOf(loaded)[0] ?? RUNNER;
