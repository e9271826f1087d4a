import type { AutoMerge, ConflictedPath } from '../../app/ports/repository.js';
import type { TreeId } from '../../core/ids.js';

/**
 * Parses the output of `git merge-tree --write-tree -z --messages`: the tree, then `mode id stage TAB path` of each conflicted
 * path, then after an empty field the messages, each as a count, that many paths, a type and a text.
 */
export function parseMergeTree(output: string): AutoMerge {
  const fields = output.split('\0');
  const tree = (fields[0] ?? '').trim() as TreeId;
  const conflicts = new Map<string, ConflictedPath>();
  let at = 1;
  for (; at < fields.length && fields[at] !== ''; at += 1) {
    const [, mode = '', id = '', stage = '', path = ''] =
      /^(\d+) ([0-9a-f]+) ([123])\t([^]*)$/.exec(fields[at] ?? '') ?? [];
    if (path === '') throw new Error(`git merge-tree says ${JSON.stringify(fields[at])}, which we do not know`);
    const known = conflicts.get(path)?.stages ?? [];
    conflicts.set(path, { path, kind: 'contents', stages: [...known, { mode, id, stage }] });
  }
  for (at += 1; at < fields.length && /^\d+$/.test(fields[at] ?? '');) {
    const count = Number(fields[at]);
    const kind = /^CONFLICT \((.*)\)$/.exec(fields[at + count + 1] ?? '')?.[1];
    for (const path of kind === undefined ? [] : fields.slice(at + 1, at + 1 + count)) {
      const conflict = conflicts.get(path);
      if (conflict !== undefined && kind !== undefined) conflicts.set(path, { ...conflict, kind });
    }
    at += count + 3;
  }
  return { tree, conflicts: [...conflicts.values()] };
}
