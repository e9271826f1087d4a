import { itemOf } from '../../core/filing.js';
import { ancestors, type Node, type Statuses } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import type { RunContext } from './context.js';
import { variables } from './inputs.js';

/** Orders that people are asked about before they are filed: what they read, and what a yes holds for. */
export interface Proposed {
  readonly digest: string;
  readonly lines: readonly string[];
}

/** The orders that steps after an `approve` step would file, as far as their lists are known by then; null where there are none. */
export async function proposedOrders(
  context: RunContext,
  gate: Node,
  statuses: Statuses,
  input: CommitId,
): Promise<Proposed | null> {
  const { tools, nodes } = context;
  const lists: (readonly unknown[])[] = [];
  for (const node of nodes) {
    if (node.step.orders === undefined || !ancestors(nodes, node.key).has(gate.key)) continue;
    const answer = tools.cel.evaluate(node.step.orders, await variables(context, statuses, node, input));
    if (answer.ok && Array.isArray(answer.value)) lists.push(answer.value);
  }
  if (lists.length === 0) return null;
  return { digest: tools.sha256(JSON.stringify(lists)), lines: lists.flat().map(lineOf) };
}

/** What is no order is refused when it is filed; here it is shown. */
function lineOf(value: unknown): string {
  const item = itemOf(value);
  if (!item.ok || item.value.order === null || typeof item.value.order !== 'object') return JSON.stringify(value) ?? '';
  const { goal, ...rest } = item.value.order as Readonly<Record<string, unknown>>;
  const name = item.value.name === null ? '' : `${item.value.name}: `;
  const more = Object.entries(rest).map(([key, asked]) => `${key} ${JSON.stringify(asked)}`);
  // What is short comes first: a long goal must not hide who would do it, and within which limits.
  return `${name}${more.length === 0 ? '' : `(${more.join(', ')}) `}${typeof goal === 'string' ? goal : JSON.stringify(goal)}`;
}
