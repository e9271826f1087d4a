import type { Finding, Round } from '../../../generated/types.js';
import { fail, ok, type Result } from '../../../core/failure.js';
import type { Node, Statuses } from '../../../core/graph.js';
import type { CommitId } from '../../../core/ids.js';
import { raised, unapprovable } from '../../../core/policy.js';
import { REVIEW_RETURNS, openReason, reviewOf, type Review, type ReviewAnswer } from '../../../core/review/findings.js';
import { roundsLeft, roundsOf } from '../../../core/review/rounds.js';
import { workerOf } from '../agents/agent-step.js';
import { factsOf, snapshotRef, type RunContext } from '../context.js';
import { decideOnChange } from '../decide-on-change.js';
import { knowledgeFor, readOf } from '../lessons.js';
import { searchValue } from '../secret-scan.js';
import type { StepResult } from '../step-result.js';
import type { Trees } from '../trees.js';
import { branchSides, undoneBySides } from './branch-side.js';
import { reviewMaterial } from './review-material.js';

/** A review that sends the run back; when is up to whoever writes it down. */
export type SentBack = Omit<Round, 'at'>;

/**
 * Has another agent look at the change, with no tool that writes, on a checkout that is thrown away. What it lets pass goes on. What it holds up goes back to
 * the `fix` step while rounds are left; after that to the people who can approve the result, and fails with `review-blocked` where there are none.
 * What the change undoes of the branch is computed beside it and holds it up whatever the agent says.
 */
export async function reviewStep(
  context: RunContext,
  trees: Trees,
  node: Node,
  statuses: Statuses,
  input: CommitId,
  attempt: number,
): Promise<Result<StepResult & { readonly back?: SentBack }>> {
  const { tools, journal } = context;
  const rounds = roundsOf(journal.order.record.run, node.key);
  const sides = await branchSides(context, input);
  const computed = await undoneBySides(tools, sides);
  if (!computed.ok) return computed;
  const last = rounds.at(-1);
  // A fix that changed nothing leaves what was found as it was: nobody is asked twice about the same tree.
  const isSame = last !== undefined && (await sameTree(context, last, input));
  const answered = isSame
    ? ok(answerOf(last))
    : await ask(context, trees, node, statuses, input, attempt, { sides, computed: computed.value, rounds });
  if (!answered.ok) return answered;
  const { blocks = 'medium' } = node.step;
  const at = { reviewed: input, rounds: rounds.length, blocks };
  const lines = await linesOf(context, input, answered.value.findings);
  // What a model says may hold what it was shown.
  const review = context.secrets.masked(reviewOf(answered.value, computed.value, at, lines));
  const clean = await searchValue(context, node, `what step ${node.key} found`, review);
  if (!clean.ok) return clean;
  const result = { snapshot: input, outputs: review };
  if (review.verdict === 'passed') return ok(result);
  if (!isSame && roundsLeft(node.step, rounds) > 0) {
    // What the fix starts from is kept, also where it is no step's own snapshot.
    const ref = snapshotRef(context, node.key);
    const kept = await tools.repository.moveRef(ref, await tools.repository.resolve(ref), input);
    return kept.ok ? ok({ ...result, back: sentBackBy(node, review, rounds.length + 1, input) }) : kept;
  }
  return (await canPass(context, statuses, node, input, review))
    ? ok(result)
    : fail({ class: 'review-blocked', step: node.key, rounds: rounds.length, findings: review.findings });
}

const sentBackBy = ({ key, step }: Node, review: Review, number: number, snapshot: CommitId): SentBack => ({
  review: key,
  fix: step.fix ?? '',
  number,
  snapshot,
  ...(review.summary === '' ? {} : { summary: review.summary }),
  ...(review.tier === undefined ? {} : { tier: review.tier }),
  findings: [...review.findings],
});

async function ask(
  context: RunContext,
  trees: Trees,
  node: Node,
  statuses: Statuses,
  input: CommitId,
  attempt: number,
  seen: Parameters<typeof reviewMaterial>[3],
): Promise<Result<ReviewAnswer>> {
  const name = node.step.by ?? '';
  const agent = context.loaded.agents.get(name);
  if (agent === undefined) throw new Error(`step ${node.key} names ${name}, which was not loaded`);
  const material = await reviewMaterial(context, statuses, input, seen);
  if (!material.ok) return material;
  const knowledge = await knowledgeFor(context, node, input);
  factsOf(context, node.key).read = readOf(knowledge);
  const taken = await trees.untouched(node, input);
  if (!taken.ok) return taken;
  const held = taken.value;
  try {
    // What is reviewed must not tell its reviewer how to review it.
    const shielded = agent.command === undefined ? taken : await trees.shield(held);
    if (!shielded.ok) return shielded;
    const worked = await workerOf(agent)({
      ...{ context, trees, node, held, agent, input, attempt, before: null, statuses },
      instructions: node.step.review ?? '',
      material: [...material.value, ...knowledge],
      readOnly: true,
      returns: REVIEW_RETURNS,
    });
    return worked.ok ? ok(worked.value.outputs as ReviewAnswer) : worked;
  } finally {
    trees.close(held);
  }
}

/** Whether people can let the result pass where it ships: somebody is asked there, and somebody can say yes. */
async function canPass(
  context: RunContext,
  statuses: Statuses,
  node: Node,
  input: CommitId,
  { findings }: Review,
): Promise<boolean> {
  if (!context.nodes.some(({ kind }) => kind === 'ship')) return false;
  const decided = await decideOnChange(context, statuses, input);
  if (!decided.ok) return false;
  const decision = raised(decided.value.decision, [openReason(node.key, findings)], context.policy);
  return decision.denied.length === 0 && decision.gate !== 'auto' && unapprovable(context.policy, decision) === null;
}

async function sameTree({ tools }: RunContext, { snapshot }: Round, input: CommitId): Promise<boolean> {
  if (snapshot === undefined) return false;
  const [before, now] = [await tools.repository.tree(snapshot as CommitId), await tools.repository.tree(input)];
  return before !== null && before === now;
}

/** What the agent had answered in a round. */
const answerOf = ({ findings, summary, tier }: Round): ReviewAnswer => ({
  verdict: 'block',
  ...(summary === undefined ? {} : { summary }),
  ...(tier === undefined ? {} : { tier }),
  findings: findings.filter(({ from }) => from === 'reviewer'),
});

/** Whether a path that a model gave can be one of a tree; git would take others as relative to a folder of the machine. */
const isInTree = (path: string): boolean =>
  !/[\u0000-\u001f]/.test(path) && path.split('/').every((part) => !['', '.', '..'].includes(part));

/** How many lines the files have that findings name; null for one that is not there. */
async function linesOf(
  { tools }: RunContext,
  commit: CommitId,
  findings: readonly Pick<Finding, 'file'>[],
): Promise<ReadonlyMap<string, number | null>> {
  const named = [...new Set(findings.flatMap(({ file }) => file ?? []))];
  const paths = named.filter(isInTree);
  const files = (await tools.repository.files(commit, paths)).filter(({ path }) => paths.includes(path));
  const blobs = await tools.repository.blobs(files.map(({ blob }) => blob));
  const counts = new Map<string, number | null>(named.map((path) => [path, null]));
  for (const { path, blob } of files) {
    const text = Buffer.from(blobs.get(blob) ?? []).toString('utf8');
    counts.set(path, text.replace(/\n$/, '').split('\n').length);
  }
  return counts;
}
