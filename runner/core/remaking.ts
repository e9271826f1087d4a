import { inputSnapshots, nodeOf, workspaceSource, type Node, type Statuses } from './graph.js';
import type { CommitId, StepKey } from './ids.js';

/** How a work tree is made again that a step goes on in, and that went with the process that had it. */
export interface Remaking {
  /** `run` steps whose commands run again in it, in this order. What they came to stands; only files that git ignores are wanted of them. */
  readonly again: readonly StepKey[];
  /** Steps that left files that git ignores as well, which nothing brings back. */
  readonly without: readonly StepKey[];
}

/**
 * How the tree that `source` left is made again. An agent is not asked again for the files it left beside its commit, nor are people: it would be paid again, and
 * whatever it came to this time, nobody would have looked at. The commands of `run` steps are run again. One that gets secrets is run on the base alone: what a
 * record says was done before it, whoever may push to the ops branch can have written; nothing is run then, as what came after it went on with its files.
 */
export function remaking(nodes: readonly Node[], statuses: Statuses, base: CommitId, source: StepKey): Remaking {
  const chain: StepKey[] = [];
  for (let key: StepKey | null = source; key !== null && leftIgnored(statuses, key);) {
    chain.unshift(key);
    key = workspaceSource(nodes, statuses, key);
  }
  const isRun = (key: StepKey): boolean => nodeOf(nodes, key).kind === 'run';
  const again = chain.filter(isRun);
  const isUnproven = (key: StepKey): boolean =>
    nodeOf(nodes, key).step.secrets !== undefined &&
    inputSnapshots(nodes, statuses, key, base).some((commit) => commit !== base);
  return again.some(isUnproven)
    ? { again: [], without: chain }
    : { again, without: chain.filter((key) => !isRun(key)) };
}

function leftIgnored(statuses: Statuses, key: StepKey): boolean {
  const status = statuses[key];
  return status?.state === 'succeeded' && status.leftIgnored === true;
}
