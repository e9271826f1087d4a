import type { Change } from '../change.js';
import type { Node, Statuses } from '../graph.js';
import { visibleLine } from '../visible.js';

/** How a reviewer is told whose words `checksTable` gives. */
export const STEPS_NAME = 'what the steps came to';

const MOST_PATHS = 500;
const MOST_OF_PATH = 300;

/** Changed paths, one a line. */
export function changeTable(changes: readonly Change[]): string {
  const lines = changes
    .slice(0, MOST_PATHS)
    .map(
      ({ path, kind, binary, added, removed, oldMode, newMode }) =>
        `${kind} ${visibleLine(path.slice(0, MOST_OF_PATH))} ${binary ? 'binary' : `+${String(added)} -${String(removed)}`}${kind === 'mode' || kind === 'type' ? ` ${oldMode} to ${newMode}` : ''}`,
    );
  const more = changes.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${String(more)} more`] : [])].join('\n') || 'nothing';
}

/** A patch for somebody to read: what hides in it made visible, and contents of binary files left out. */
export function readablePatch(patch: string): string {
  const lines: string[] = [];
  let isBinary = false;
  for (const line of patch.split('\n')) {
    // Git's own lines: those of a file begin with a sign or a space.
    if (line.startsWith('diff --git ')) isBinary = false;
    if (isBinary) continue;
    isBinary = line === 'GIT binary patch';
    lines.push(isBinary ? '(a binary file)' : line.split('\t').map(visibleLine).join('\t'));
  }
  return lines.join('\n');
}

/** What each step came to, with the end of its output. */
export function checksTable(nodes: readonly Node[], statuses: Statuses, tails: ReadonlyMap<string, string>): string {
  return nodes
    .flatMap(({ key, kind, step }) => {
      const status = statuses[key];
      if (status === undefined || status.state === 'pending' || status.state === 'running') return [];
      // A replay ships nothing.
      if (kind === 'ship' && status.state === 'skipped') return [];
      const expected = step.expect === 'failure' ? ', and was expected to fail' : '';
      const tail = kind === 'agent' || kind === 'review' ? '' : (tails.get(key) ?? '').trim();
      const ended = `${key} (${kind}): ${status.state}${expected}`;
      return tail === '' ? [ended] : [ended, ...tail.split('\n').map((line) => `    ${visibleLine(line)}`)];
    })
    .join('\n');
}
