import { RECOVERY, fail, ok, type Failure, type Result } from '../../core/failure.js';
import { nodeOf, type Node, type Statuses } from '../../core/graph.js';
import { durationMs, type CommitId, type StepKey } from '../../core/ids.js';
import { remaking } from '../../core/remaking.js';
import { executeOn, refusals } from './command.js';
import { factsOf, type RunContext } from './context.js';
import { inputOf } from './inputs.js';
import { searchTree } from './secret-scan.js';
import type { Held, Trees } from './trees.js';

/**
 * Makes the tree again that `source` left and `node` goes on in, ignored files included, where the process that had it is gone or a review sent the run back. Null
 * where nothing could be made: the step starts from the commit alone. What comes of it is noted with the step; a command that does not succeed any more
 * fails it.
 */
export async function remade(
  context: RunContext,
  trees: Trees,
  node: Node,
  statuses: Statuses,
  source: StepKey,
): Promise<Result<Held | null>> {
  const { nodes, base, tools, journal } = context;
  const { again, without } = remaking(nodes, statuses, base, source);
  const { notes } = factsOf(context, node.key);
  if (again.length > 0)
    notes.push(
      `run again for files that git ignores, which it goes on with and no snapshot holds: ${again.join(', ')}`,
    );
  if (without.length > 0)
    notes.push(`began without the files that git ignores of steps that are not done again: ${without.join(', ')}`);
  let held: Held | null = null;
  for (const key of again) {
    tools.report({ event: 'step-again', order: journal.order.record.id, step: key, for: node.key });
    const made: Result<Held> = await ranAgain(context, trees, nodeOf(nodes, key), statuses, held);
    if (!made.ok) return made;
    held = made.value;
    factsOf(context, key).notes.push(`run again for the files that git ignores, for ${node.key}`);
  }
  return ok(held);
}

/** Runs a step's command once more, as often as its `retry` allows, and leaves the tree as its snapshot has it. */
async function ranAgain(
  context: RunContext,
  trees: Trees,
  node: Node,
  statuses: Statuses,
  before: Held | null,
): Promise<Result<Held>> {
  const input = await inputOf(context, statuses, node);
  if (!input.ok) return input;
  const taken = before === null ? await trees.fresh(node, input.value) : ok(before);
  if (!taken.ok) return taken;
  const held = taken.value;
  const ran = await tried(context, trees, node, held, input.value);
  const status = statuses[node.key];
  const snapshot = (status?.state === 'succeeded' ? status.snapshot : input.value) as CommitId;
  // Of what it changed, what the record says counts.
  const left = !ran.ok
    ? ran
    : node.step.secrets === undefined
      ? await trees.reset(held, snapshot)
      : await trees.forget(held, snapshot);
  if (left.ok) return ok(held);
  trees.close(held);
  return left;
}

async function tried(
  context: RunContext,
  trees: Trees,
  node: Node,
  held: Held,
  input: CommitId,
): Promise<Result<null>> {
  const { attempts = 1, backoff = '1s' } = node.step.retry ?? {};
  for (let attempt = 1; ; attempt += 1) {
    const isAt = attempt === 1 && held.workspace.at === input;
    const at = isAt ? ok(held) : await trees.reset(held, input);
    if (!at.ok) return at;
    const failure = await failureOf(context, trees, node, held);
    if (failure === null || context.signal.aborted) return failure === null ? ok(null) : fail(failure);
    if (attempt >= attempts || RECOVERY[failure.class] !== 'retry' || context.remainingMs() <= 0) {
      if (node.step['continue-on-failure'] !== true || RECOVERY[failure.class] !== 'retry') return fail(failure);
      factsOf(context, node.key).notes.push(`did not succeed when it was run again (${failure.class})`);
      return ok(null);
    }
    await context.tools.clock.sleep(Math.min(durationMs(backoff) * 2 ** (attempt - 1), 600_000), context.signal);
  }
}

async function failureOf(context: RunContext, trees: Trees, node: Node, held: Held): Promise<Failure | null> {
  const executed = await executeOn(context, trees, node, held, node.key);
  if (!executed.ok) return executed.failure;
  const { end, tail } = executed.value;
  if (end.exitCode !== 0)
    return {
      class: 'step-failed',
      step: node.key,
      exitCode: end.exitCode,
      tail,
      ...(end.signal === undefined ? {} : { signal: end.signal }),
      ...refusals(context, node.key),
    };
  const clean = node.step.secrets === undefined ? ok(null) : await searchTree(context, node, held);
  return clean.ok ? null : clean.failure;
}
