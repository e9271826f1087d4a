import type { Formula, OrderRecord, RunRecord } from '../../generated/types.js';
import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import type { Node } from '../../core/graph.js';
import type { CommitId, Instant } from '../../core/ids.js';
import { MOST_CONFLICTS, isNeeded, type Merge } from '../../core/merge.js';
import { baseOf, stepRef } from '../../core/record.js';
import { plainText } from '../../core/template.js';
import { inputsOf, type Desired } from '../desired.js';
import { targetTip } from '../target.js';
import type { Tools } from '../tools.js';
import { mergeCommit } from './start-merge.js';
import { headOf } from './deliver-onto.js';
import { bringResult } from './integrate/member.js';
import { onItsWay } from './integrate/on-its-way.js';
import { groundOf } from './integrate/stage.js';

/** What a run starts from: a commit, the merge that it is, and where its steps stand. */
export type Start = Pick<RunRecord, 'base' | 'merge' | 'steps'>;

/** No step is called so: ids begin with a letter. */
const MERGE_REF = '_merge';

/**
 * What a run starts from. One that has nothing to start from is a run all the same, and ends with evidence like any other: its first step
 * has failed, and no other starts.
 */
export async function startRun(
  tools: Tools,
  desired: Desired,
  formula: Formula,
  nodes: readonly Node[],
  order: OrderRecord,
  base: CommitId,
  at: Instant,
): Promise<Start> {
  const from = await baseOfRun(tools, desired, formula, order, base, at);
  if (from.ok) {
    const steps = Object.fromEntries(nodes.map(({ key }) => [key, { state: 'pending' as const }]));
    return { ...from.value, steps };
  }
  const { failure } = from;
  const first = nodes.find(({ step }) => step['continue-on-failure'] !== true)?.key ?? nodes[0]?.key;
  const because = `${first ?? ''} failed`;
  const failed = { state: 'failed' as const, attempt: 1, startedAt: at, durationMs: 0, failure };
  const steps = nodes.map(({ key }) => [key, key === first ? failed : { state: 'skipped' as const, because }]);
  return { base, steps: Object.fromEntries(steps) as RunRecord['steps'] };
}

/**
 * The project's tip, or the automatic merge of it and the branch that the formula's `base` names, made from objects alone: a commit with
 * two parents, the branch's tip first, and conflict markers in its files. Fails with `state-conflict` where there is no such
 * branch (branches alone count, by their full name), and with `merge-conflict` where the conflicts are no work for a formula.
 */
async function baseOfRun(
  tools: Tools,
  desired: Desired,
  formula: Formula,
  order: OrderRecord,
  base: CommitId,
  at: Instant,
): Promise<Result<Omit<Start, 'steps'>>> {
  if (formula.base === undefined) return ok({ base });
  const named = branchName(tools, formula.base.merge, formula, order);
  if (!named.ok) return named;
  const branch = named.value;
  const sides = await sidesOf(tools, desired, branch, base);
  if (!sides.ok) return sides;
  const { head, incoming, into } = sides.value;
  const shown = plainText(branch);
  if (head === null) {
    const hint =
      'Name a branch of this repository, as `git branch --list` shows it; one of a remote has to be fetched into a branch first.';
    return fail({ class: 'state-conflict', what: `there is no branch \`${shown}\``, hint });
  }
  const common = await tools.repository.mergeBase(head, incoming);
  if (common === null) {
    const what = `the branch \`${shown}\` has no history in common with the project's`;
    return fail({
      class: 'state-conflict',
      what,
      hint: 'Name a branch that was made from it. In a shallow clone, fetch more of the history.',
    });
  }
  const of = { branch, head, incoming, ...(into === null ? {} : { into }) };
  const none = { base: head, merge: { ...of, conflicts: [] } };
  // Up to date, or long merged.
  if (common === incoming || common === head) return ok(none);
  const merged = await tools.repository.autoMerge(head, incoming);
  if (!merged.ok) return merged;
  const conflicts = merged.value.conflicts.map(({ path, kind }) => ({ path, kind }));
  const merge: Merge = { ...of, conflicts };
  if (conflicts.length > MOST_CONFLICTS || conflicts.some(({ path }) => path !== plainText(path))) {
    const paths = conflicts.slice(0, MOST_CONFLICTS).map(({ path }) => path);
    const sides = { branch, into: into ?? desired.project.branch ?? 'main', places: [], count: conflicts.length };
    return fail({ class: 'merge-conflict', step: '', paths, sides });
  }
  const commit = await mergeCommit(tools, merge, merged.value.tree, at);
  return commit.ok ? ok({ base: commit.value, merge }) : commit;
}

/**
 * What a formula that starts from a merge brings together: a branch as it is and the project's. A branch that is itself on its way into the target is taken as
 * it is on its way, and meets what results are merged onto there.
 */
async function sidesOf(
  tools: Tools,
  desired: Desired,
  branch: string,
  base: CommitId,
): Promise<Result<{ readonly head: CommitId | null; readonly incoming: CommitId; readonly into: string | null }>> {
  const found = await onItsWay(tools, desired, branch);
  if (!found.ok) return found;
  const order = found.value;
  const tip = order === null ? null : await targetTip(tools, order.record.shipped.into);
  if (order === null || tip === null) {
    const head = await headOf(tools, branch);
    return head.ok ? ok({ head: head.value, incoming: base, into: null }) : head;
  }
  const { into, commit } = order.record.shipped;
  const brought = await bringResult({ tools }, order);
  if (!brought.ok) return brought;
  const ground = await groundOf({ tools, project: desired.project }, into, tip);
  if (!ground.ok) return ground;
  return ok({ head: commit as CommitId, incoming: ground.value.commit, into });
}

function branchName(tools: Tools, expression: string, formula: Formula, { id, order }: OrderRecord): Result<string> {
  const answer = tools.cel.evaluate(expression, { order: { id, ...order }, inputs: inputsOf(formula, order.inputs) });
  if (answer.ok && typeof answer.value === 'string') return ok(answer.value);
  const why = answer.ok ? 'it does not give text' : answer.why;
  const failure: Failure = {
    class: 'state-conflict',
    what: `\`base.merge\` of the formula ${formula.formula} names no branch: ${why}`,
    hint: 'Mend the expression in the formula, or the inputs of the order.',
  };
  return fail(failure);
}

/** Keeps a run's automatic merge from git's housekeeping for as long as the run's snapshots are kept. */
export async function holdMerge({ repository }: Tools, run: RunRecord): Promise<Result<null>> {
  if (!isNeeded(run)) return ok(null);
  const ref = stepRef(run, MERGE_REF);
  const found = await repository.resolve(ref);
  if (found === baseOf(run)) return ok(null);
  const moved = await repository.moveRef(ref, found, baseOf(run));
  return moved.ok ? ok(null) : moved;
}

/** Where other runners get the result of a run that is to be merged. No step is called so. */
const RESULT_REF = '_result';

/** Has a result shared before the record speaks of it, so that any runner can merge it. */
export async function holdResult(
  { repository, sharing }: Pick<Tools, 'repository' | 'sharing'>,
  run: RunRecord,
  commit: CommitId,
): Promise<void> {
  if (sharing === null) return;
  const ref = stepRef(run, RESULT_REF);
  await repository.moveRef(ref, await repository.resolve(ref), commit);
}

/** Lets go of the refs of a run's steps and of its merge. */
export async function dropRefs({ repository }: Tools, run: RunRecord, steps: readonly string[]): Promise<void> {
  for (const name of run.merge === undefined ? steps : [...steps, MERGE_REF]) {
    const ref = stepRef(run, name);
    const commit = await repository.resolve(ref);
    if (commit !== null) await repository.moveRef(ref, commit, null);
  }
}
