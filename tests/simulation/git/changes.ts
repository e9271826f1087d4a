/** What differs between two trees, with lines counted and shown. */
import type { Change } from '../../../runner/core/change.js';
import { filesBelow, type Blob, type Entry, type FileMode, type Tree } from './objects.js';

interface File {
  readonly mode: FileMode;
  readonly blob: Blob;
}

export interface Difference {
  readonly path: string;
  readonly before: File | null;
  readonly after: File | null;
}

/** Every file that differs; folders that are the same are not looked into. */
export function differences(
  before: Tree | null,
  after: Tree | null,
  prefix = '',
  found: Difference[] = [],
): Difference[] {
  if (before?.id === after?.id) return found;
  for (const name of new Set([...(before?.entries.keys() ?? []), ...(after?.entries.keys() ?? [])])) {
    const [was, is] = [before?.entries.get(name), after?.entries.get(name)];
    const path = `${prefix}${name}`;
    const [oldTree, newTree] = [treeIn(was), treeIn(is)];
    if (oldTree !== null || newTree !== null) differences(oldTree, newTree, `${path}/`, found);
    const [oldFile, newFile] = [fileIn(was), fileIn(is)];
    if (oldFile?.blob.id !== newFile?.blob.id || oldFile?.mode !== newFile?.mode)
      found.push({ path, before: oldFile, after: newFile });
  }
  return found;
}

const treeIn = (entry: Entry | undefined): Tree | null => (entry !== undefined && 'tree' in entry ? entry.tree : null);
const fileIn = (entry: Entry | undefined): File | null => (entry !== undefined && 'blob' in entry ? entry : null);

export function changesOf(from: Tree, to: Tree): readonly Change[] {
  const changes = differences(from, to).map(({ path, before, after }): Change => {
    const binary = isBinary(before) || isBinary(after);
    const counts = binary || before?.blob.id === after?.blob.id ? { added: 0, removed: 0 } : lineCounts(before, after);
    return {
      path,
      kind: kindOf(before, after),
      oldMode: before?.mode ?? '000000',
      newMode: after?.mode ?? '000000',
      binary,
      ...counts,
    };
  });
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function kindOf(before: File | null, after: File | null): Change['kind'] {
  if (before === null) return 'added';
  if (after === null) return 'deleted';
  if (before.mode.slice(0, 3) !== after.mode.slice(0, 3)) return 'type';
  return before.blob.id === after.blob.id ? 'mode' : 'modified';
}

const isBinary = (file: File | null): boolean => file?.blob.bytes.includes(0) === true;

const linesOf = (file: File | null): readonly string[] =>
  file === null || file.blob.bytes.length === 0
    ? []
    : Buffer.from(file.blob.bytes).toString('utf8').replace(/\n$/, '').split('\n');

function lineCounts(before: File | null, after: File | null): { added: number; removed: number } {
  const [was, is] = [linesOf(before), linesOf(after)];
  const kept = commonLines(was, is);
  return { added: is.length - kept, removed: was.length - kept };
}

/** The length of the longest common subsequence. */
function commonLines(one: readonly string[], other: readonly string[]): number {
  let row = new Array<number>(other.length + 1).fill(0);
  for (const line of one) {
    const next = [0];
    for (const [index, text] of other.entries())
      next.push(text === line ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** A patch that names everything that differs, whole files at a time. */
export function patchOf(from: Tree, to: Tree): string {
  const parts = differences(from, to)
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, before, after }) =>
      [
        `diff --git a/${path} b/${path}`,
        ...(before?.mode === after?.mode ? [] : [`mode ${before?.mode ?? 'none'} → ${after?.mode ?? 'none'}`]),
        ...linesOf(before).map((line) => `-${line}`),
        ...linesOf(after).map((line) => `+${line}`),
      ].join('\n'),
    );
  return parts.length === 0 ? '' : `${parts.join('\n')}\n`;
}

/** Every file of a tree by its path. */
export const fileMap = (tree: Tree): ReadonlyMap<string, File> =>
  new Map(filesBelow({ mode: '40000', tree }, '').map(({ path, mode, blob }) => [path, { mode, blob }]));
