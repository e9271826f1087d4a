import type { Scope } from '../../generated/types.js';
import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import type { Node } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import { literally } from '../../core/glob.js';
import { breaches } from '../../core/scope.js';
import { RUNNER } from '../tools.js';
import { SNAPSHOT_LIMITS, snapshotRef, type RunContext } from './context.js';
import type { StepResult } from './step-result.js';
import { changeSearch, searchChange } from './secret-scan.js';
import type { Held } from './trees.js';

/** Everything that bounds what a step may change: the formula's scope, the step's, and what the order wants left alone. */
export function scopesOf({ loaded, journal, merge }: RunContext, node: Node): readonly (Scope | undefined)[] {
  const { avoid, only } = journal.order.record.order.constraints ?? {};
  const { scope } = loaded.formula;
  const conflicting = merge?.conflicts.map(({ path }) => literally(path)) ?? [];
  return [
    scope,
    node.step.scope,
    ...(scope?.conflicts === true || node.step.scope?.conflicts === true ? [{ write: conflicting }] : []),
    ...(avoid === undefined ? [] : [{ never: avoid }]),
    ...(only === undefined ? [] : [{ write: only }]),
  ];
}

/** The snapshot commit of a step, with the scopes checked on the resulting tree. */
export async function takeSnapshot(
  context: RunContext,
  node: Node,
  held: Held,
  input: CommitId,
): Promise<Result<StepResult>> {
  const { tools, journal } = context;
  const { record } = journal.order;
  const taken = await tools.workspaces.snapshot(held.workspace, {
    step: node.key,
    parents: [input],
    message: `${record.id}: ${node.key}\n\nPushPals-Order: ${record.id}\nPushPals-Run: ${context.run}\nPushPals-Step: ${node.key}\n`,
    author: RUNNER,
    at: tools.clock.now(),
    ref: snapshotRef(context, node.key),
    limits: SNAPSHOT_LIMITS,
    ...changeSearch(context, node),
    accept: (commit) => searchChange(context, node, input, commit),
  });
  if (!taken.ok) return taken.failure.class === 'scope-violation' ? fail({ ...taken.failure, step: node.key }) : taken;
  held.workspace = taken.value.workspace;
  const { commit, changed, leftIgnored } = taken.value.taken;
  if (changed) {
    const changes = await tools.repository.changes(input, commit);
    if (!changes.ok) return changes;
    const entries = breaches(changes.value, scopesOf(context, node));
    const failure: Failure = { class: 'scope-violation', step: node.key, entries };
    if (entries.length > 0) return fail(failure);
  }
  return ok({ snapshot: commit, leftIgnored });
}
