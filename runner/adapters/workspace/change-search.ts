import { setImmediate } from 'node:timers/promises';
import type { ChangeSearch, Finding } from '../../app/ports/workspaces.js';
import type { FileChange } from '../git/import-stream.js';

/** Others get a turn after that much. */
const TURN_BYTES = 8 * 1024 * 1024;
const MOST_FOUND = 20;

/**
 * Looks through what a snapshot would write, before any of it is: names, contents, and the texts of links. What is an object already is none of it. The writer reads
 * each file again, and takes no other bytes than these (`ChangedWhileRead`).
 */
export async function searchChanges(
  changes: readonly FileChange[],
  finder: ChangeSearch['finder'],
): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  let sinceTurn = 0;
  for (const { path, content } of changes) {
    if (content === null) continue;
    if (finder()(Buffer.from(path)) !== null) found.push({ path, line: null });
    if (!('blob' in content)) {
      const bytes = typeof content === 'function' ? content() : content;
      const line = finder()(bytes);
      if (line !== null) found.push({ path, line });
      sinceTurn += bytes.length;
    }
    if (found.length >= MOST_FOUND) break;
    if (sinceTurn < TURN_BYTES) continue;
    sinceTurn = 0;
    await setImmediate();
  }
  return found;
}
