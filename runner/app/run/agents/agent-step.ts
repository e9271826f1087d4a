import type { Agent } from '../../../generated/types.js';
import { ok, type Failure, type Result } from '../../../core/failure.js';
import type { Node, Statuses } from '../../../core/graph.js';
import type { CommitId, StepKey } from '../../../core/ids.js';
import { findingsText } from '../../../core/review/findings.js';
import { readablePatch } from '../../../core/review/material.js';
import { openRounds } from '../../../core/review/rounds.js';
import { transcriptName } from '../../../core/evidence.js';
import { talkSoFar, type SoFar } from '../../../core/agents/so-far.js';
import { evidencePath } from '../../../core/record.js';
import { factsOf, snapshotRef, type RunContext } from '../context.js';
import { keptLessons, knowledgeFor, readOf } from '../lessons.js';
import { remade } from '../remake.js';
import { searchTree } from '../secret-scan.js';
import type { StepResult } from '../step-result.js';
import { readFile } from '../../records.js';
import { takeSnapshot } from '../snapshot.js';
import type { Held, Trees } from '../trees.js';
import { commandWorker } from './command-worker.js';
import { modelWorker } from './model-worker.js';
import type { AgentWorker, Material } from './task.js';

/** What a fix is asked beside what the formula asks of it. */
const MEND =
  'The tree holds what you made of this before. It was reviewed, and what was found is shown as data. Mend what is right about it, and leave all else as it is.';

export const workerOf = (agent: Agent): AgentWorker => (agent.command === undefined ? modelWorker : commandWorker);

/** Has an agent work in the tree of the step before, and makes the snapshot commit of what it left. `before`: how the attempt before this one failed. */
export async function agentStep(
  context: RunContext,
  trees: Trees,
  node: Node,
  statuses: Statuses,
  input: CommitId,
  attempt: number,
  before: Failure | null,
): Promise<Result<StepResult>> {
  const name = node.step.by ?? context.loaded.formula.agent ?? '';
  const agent = context.loaded.agents.get(name);
  if (agent === undefined) throw new Error(`step ${node.key} names ${name}, which was not loaded`);
  const facts = factsOf(context, node.key);
  // What an attempt before this one had done so far is nothing that this one left.
  delete facts.partial;
  delete facts.conversation;
  const status = statuses[node.key];
  const partial = attempt === 1 && status?.state === 'running' ? ((status.partial ?? null) as CommitId | null) : null;
  const talk =
    attempt === 1 && status?.state === 'running' && status.conversation !== undefined
      ? await earlierTalk(context, node, status.conversation)
      : null;
  const remake = (source: StepKey): ReturnType<typeof remade> => remade(context, trees, node, statuses, source);
  const taken = await trees.take(node, statuses, partial ?? input, remake);
  if (!taken.ok) return taken;
  const held = taken.value;
  const hidden = agent.command === undefined ? ok([]) : await shielded(context, trees, held);
  if (!hidden.ok) {
    trees.close(held);
    return hidden;
  }
  const { agent: asked = '', returns } = node.step;
  const rounds = openRounds(context.journal.order.record.run.rounds, node.key);
  const instructions = rounds.length === 0 ? asked : `${asked}\n\n${MEND}`;
  const knowledge = await knowledgeFor(context, node, input);
  facts.read = readOf(knowledge);
  const found = rounds.map(({ review, findings }) => ({
    name: `what the review ${review} found`,
    text: findingsText(findings),
  }));
  const worked = await workerOf(agent)({
    ...{ context, trees, node, held, agent, instructions, returns, input, attempt, before, statuses },
    ...{ resumedFrom: partial, talk },
    ...{ material: [...knowledge, ...found, ...hidden.value], readOnly: false },
  });
  const kept = worked.ok ? await keepTree(context, trees, node, held, input) : worked;
  if (!worked.ok && leavesPartialWork(worked.failure)) {
    const isKept = await keepPartialWork(context, node, held, input);
    // Who goes on with a conversation is told that the tree holds what was done in it.
    if (isKept && agent.command === undefined && facts.transcript !== undefined)
      facts.conversation = digestOf(context, facts.transcript);
  }
  if (kept.ok) trees.leave(node, held, statuses);
  else trees.close(held);
  if (!worked.ok || !kept.ok) return worked.ok ? kept : worked;
  const { outputs, lessons } = worked.value;
  const learned = await keptLessons(context, node, lessons);
  return ok({ ...kept.value, ...(outputs === undefined ? {} : { outputs }), ...learned });
}

/** So much of what an agent is not shown as instructions is shown to it as data. */
const HIDDEN_BYTES = 20_000;

/** Shields the tree of a command-line agent. What it so does not see of what the tree would hold is told to it as data. */
async function shielded(context: RunContext, trees: Trees, held: Held): Promise<Result<readonly Material[]>> {
  const { at } = held.workspace;
  const taken = await trees.shield(held);
  if (!taken.ok) return taken;
  const shown = taken.value.workspace.at;
  if (shown === at) return ok([]);
  const patch = await context.tools.repository.patch(shown, at, HIDDEN_BYTES);
  if (!patch.ok) return patch;
  const name =
    'what steps before yours changed in files that tell agents how to work; the tree shows those as the project has them';
  return ok([{ name, text: readablePatch(patch.value) }]);
}

/** The snapshot of what the agent left. Of one that was given secrets the tree is looked through first, and nothing else of its sandbox stays. */
async function keepTree(
  context: RunContext,
  trees: Trees,
  node: Node,
  held: Held,
  input: CommitId,
): Promise<Result<StepResult>> {
  const wasHanded = node.step.secrets !== undefined;
  const clean = wasHanded ? await searchTree(context, node, held) : ok(null);
  if (!clean.ok) return clean;
  const taken = await takeSnapshot(context, node, held, input);
  if (!taken.ok) return taken;
  const { repository } = context.tools;
  const [then, now] = await Promise.all([repository.tree(input), repository.tree(taken.value.snapshot)]);
  if (then === now) factsOf(context, node.key).notes.push('the agent changed no file');
  const forgotten = wasHanded ? await trees.forget(held, taken.value.snapshot) : ok(null);
  return forgotten.ok ? taken : forgotten;
}

const digestOf = ({ tools }: RunContext, transcript: string): string => `sha256:${tools.sha256(transcript)}`;

/**
 * What the agent had said when it was interrupted, from the run's evidence, whose transcript the new one goes on from. Null where it is not there as the
 * record has it: the agent then sees what its files hold.
 */
async function earlierTalk(context: RunContext, node: Node, digest: string): Promise<SoFar | null> {
  const { tools, journal, nodes } = context;
  const facts = factsOf(context, node.key);
  const tip = await tools.ops.tip();
  const path = `${evidencePath(journal.order.record.run)}/${transcriptName(nodes, node.key)}`;
  const file = tip === null ? null : await readFile(tools, tip, path);
  const text = file === null ? '' : Buffer.from(file.bytes).toString('utf8');
  const talk = digestOf(context, text) === digest ? talkSoFar(text) : null;
  if (talk === null) facts.notes.push(`what it had said so far is not in ${path} as the record has it`);
  else facts.transcript = text;
  return talk;
}

/** Whether the agent was ended by something other than its work: what it had done by then is worth going on from. */
const leavesPartialWork = (failure: Failure): boolean =>
  failure.class === 'budget-exhausted' || failure.class === 'timeout' || failure.class === 'model-unavailable';

/**
 * Makes a snapshot commit of what an agent left in the middle of its work. What breaks the scope, or holds a secret, is not kept, and that is noted; false then: the
 * step begins anew.
 */
async function keepPartialWork(context: RunContext, node: Node, held: Held, input: CommitId): Promise<boolean> {
  const { repository } = context.tools;
  const facts = factsOf(context, node.key);
  const kept = await takeSnapshot(context, node, held, input);
  if (kept.ok) {
    if (kept.value.snapshot !== input) facts.partial = kept.value.snapshot;
    return true;
  }
  facts.notes.push(`what the agent had done so far was not kept (${kept.failure.class})`);
  const ref = snapshotRef(context, node.key);
  const left = await repository.resolve(ref);
  if (left !== null) await repository.moveRef(ref, left, null);
  return false;
}
