import type { StepStatus } from '../../generated/types.js';
import { isOpen, nodeOf, type Node, type Statuses } from '../graph.js';
import type { StepKey } from '../ids.js';

/**
 * The statuses to go on from where a step that gets secrets is still to come. What a record says was done before it, whoever may push to the ops
 * branch can have written, with a snapshot of their own making: it is done again. What people have approved is asked of them by the
 * tree, so nothing before an `approve` or `task` step need be.
 */
export function unproven(nodes: readonly Node[], statuses: Statuses): Statuses {
  // Nor does a step that gets some go on from partial work, which is as unproven.
  const handed = nodes.filter(({ key, step }) => step.secrets !== undefined && statuses[key]?.state === 'pending');
  const again = [...unprovenKeys(nodes, statuses), ...handed.map(({ key }) => key)];
  return { ...statuses, ...Object.fromEntries(again.map((key): [string, StepStatus] => [key, { state: 'pending' }])) };
}

/** The steps that are done again. */
export function unprovenKeys(nodes: readonly Node[], statuses: Statuses): ReadonlySet<StepKey> {
  const visited = new Set<StepKey>();
  const visit = (key: StepKey): void => {
    for (const need of nodeOf(nodes, key).needs) {
      if (visited.has(need)) continue;
      visited.add(need);
      const { kind } = nodeOf(nodes, need);
      if (kind !== 'approve' && kind !== 'task') visit(need);
    }
  };
  for (const { key, step } of nodes) if (step.secrets !== undefined && isOpen(statuses[key])) visit(key);
  return visited;
}
