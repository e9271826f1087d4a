import type { Change } from '../../core/change.js';
import type { CommitId } from '../../core/ids.js';
import { MINOR, minorChange, type Minor, type Texts } from '../../core/quiet.js';
import { workOf } from '../../core/selection.js';
import type { RunContext } from './context.js';
import { filesAt } from './conflicts.js';

/** A change of more files than this is looked at by somebody. */
const MOST_FILES = 100;

/** What a result is that nobody asked for and that holds nothing up; null: it ships. People who ask for documentation get it. */
export async function minorOf(
  { tools, base, merge, journal, project }: RunContext,
  changes: readonly Change[],
  input: CommitId,
): Promise<Minor | null> {
  const { record } = journal.order;
  const held = project['hold-back'] ?? MINOR;
  if (merge !== null || held.length === 0 || workOf(record) !== 'friction' || record.order.unblocks !== undefined)
    return null;
  if (changes.length > MOST_FILES) return null;
  const paths = changes.map(({ path }) => path);
  const [before, after] = [await filesAt(tools.repository, base, paths), await filesAt(tools.repository, input, paths)];
  const texts = new Map(
    paths.map((path): [string, Texts] => [
      path,
      { before: before.get(path)?.text ?? null, after: after.get(path)?.text ?? null },
    ]),
  );
  const minor = minorChange(changes, texts);
  return minor !== null && held.includes(minor) ? minor : null;
}
