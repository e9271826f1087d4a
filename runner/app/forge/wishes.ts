import { hasLabel, issueOrderName, withdrawnOrders } from '../../core/forge/issues.js';
import type { SeenWishes } from '../../core/observed.js';
import type { StoredOrder } from '../../core/record.js';
import type { Desired } from '../desired.js';
import { readEndedOrders } from '../children.js';
import type { TreeFile } from '../ports/repository.js';
import type { Tools } from '../tools.js';

/** Which orders of issues are not wanted any more, and which are again. `archive` lists the files of all that ended. */
export async function readWishes(
  tools: Tools,
  { project }: Desired,
  live: readonly StoredOrder[],
  archive: readonly TreeFile[],
): Promise<SeenWishes> {
  const { seen, sha256 } = tools;
  if (seen === undefined) return { withdrawn: new Map(), again: [] };
  const labels = Object.keys(project.issues?.labels ?? {});
  const roots = new Set(
    seen.issues.open.filter((issue) => hasLabel(issue, labels)).map((issue) => issueOrderName(issue, sha256)),
  );
  const names = archive.flatMap(({ path }) => {
    const [, name = '', root = ''] = /^cancelled\/.*\/((issue-\d+-[0-9a-f]{12})[a-z0-9-]*)\.yml$/.exec(path) ?? [];
    return roots.has(root) ? [name] : [];
  });
  const ended = await readEndedOrders(new Set(names), archive, tools);
  const again = [...ended.values()].filter(({ record }) => record.ended?.outcome === 'withdrawn');
  return { withdrawn: withdrawnOrders(seen.issues, live), again };
}
