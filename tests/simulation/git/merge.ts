/** Merges of whole files: what both sides changed differently is a conflict, also where git could join the lines. */
import type { AutoMerge, ConflictedPath } from '../../../runner/app/ports/repository.js';
import { fileMap } from './changes.js';
import { mergeBase } from './history.js';
import { EMPTY_TREE, withFiles, type Blob, type FileMode, type Objects, type Tree } from './objects.js';

type File = { readonly mode: FileMode; readonly blob: Blob } | null;

const same = (a: File, b: File): boolean => a?.blob.id === b?.blob.id && a?.mode === b?.mode;

export function autoMerge(
  objects: Objects,
  ours: string,
  theirs: string,
): { readonly merged: AutoMerge; readonly tree: Tree } {
  const base = mergeBase(objects, ours, theirs);
  const [mine, other] = [objects.get(ours).tree, objects.get(theirs).tree];
  const [was, left, right] = [base === null ? EMPTY_TREE : objects.get(base).tree, mine, other].map(fileMap);
  const changes = new Map<string, File>();
  const conflicts: ConflictedPath[] = [];
  for (const path of new Set([...(left?.keys() ?? []), ...(right?.keys() ?? []), ...(was?.keys() ?? [])])) {
    const [before, a, b] = [was?.get(path) ?? null, left?.get(path) ?? null, right?.get(path) ?? null];
    if (same(a, b) || same(before, b)) continue;
    if (same(before, a)) {
      changes.set(path, b);
      continue;
    }
    const kind = a === null || b === null ? 'modify/delete' : before === null ? 'add/add' : 'contents';
    conflicts.push({ path, kind, stages: stagesOf([before, a, b]) });
    changes.set(
      path,
      a === null || b === null ? (a ?? b) : { mode: a.mode, blob: marked(objects, a.blob, b.blob, ours, theirs) },
    );
  }
  conflicts.sort((a, b) => (a.path < b.path ? -1 : 1));
  const tree = withFiles(mine, changes);
  return { merged: { tree: tree.id, conflicts }, tree };
}

const stagesOf = (files: readonly File[]): ConflictedPath['stages'] =>
  files.flatMap((file, index) =>
    file === null ? [] : [{ mode: file.mode, id: file.blob.id, stage: String(index + 1) }],
  );

function marked(objects: Objects, ours: Blob, theirs: Blob, one: string, other: string): Blob {
  const [a, b] = [ours, theirs].map(({ bytes }) => Buffer.from(bytes).toString('utf8'));
  return objects.blob(`<<<<<<< ${one}\n${a ?? ''}=======\n${b ?? ''}>>>>>>> ${other}\n`);
}
