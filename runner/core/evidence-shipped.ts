import type { Change } from './change.js';
import type { Node } from './graph.js';
import type { Minor } from './quiet.js';

/** What is known of how a run ended. */
interface EndFacts {
  readonly nodes: readonly Node[];
  readonly branch: string | null;
  readonly commit: string | null;
  readonly outcome: string;
  readonly changes: readonly Change[];
  readonly heldBack?: Minor;
}

/** What a report says of how a result that was held back ships after all. */
export const HOW_TO_SHIP =
  '- To have such a result ship, say in the order what it `unblocks`, or take its kind out of `hold-back` in pushpals.yml. To have this one, `git apply` its `diff.patch`.';

/** What a report says of what shipped, or why nothing did. */
export function shippedLines(
  { nodes, branch, commit, outcome, changes, heldBack }: EndFacts,
  code: (text: string) => string,
): readonly string[] {
  if (heldBack !== undefined)
    return [
      `Nothing: what the steps changed is only ${heldBack === 'cosmetic' ? 'cosmetic' : 'documentation'}, and nobody asked for it. All of it is in \`diff.patch\`.`,
    ];
  if (branch === null || commit === null) {
    return [
      outcome === 'no-change'
        ? 'Nothing: the steps changed no file.'
        : outcome === 'completed'
          ? nodes.some(({ kind }) => kind === 'ship')
            ? 'Nothing: there was nothing to ship.'
            : 'Nothing: the formula ships nothing.'
          : 'Nothing.',
    ];
  }
  return [
    `Branch ${code(branch)}, commit ${code(commit)}.`,
    '',
    ...changes
      .slice(0, 100)
      .map(
        ({ path, kind, added, removed, binary }) =>
          `- ${code(path)} ${kind}${binary ? ', binary' : `, +${String(added)} −${String(removed)}`}`,
      ),
    ...(changes.length > 100 ? [`- and ${String(changes.length - 100)} more; all are in \`diff.patch\``] : []),
  ];
}
