/** Questions about the graph of commits. */
import type { CommitId } from '../../../runner/core/ids.js';
import { entryAt, type Commit, type Objects } from './objects.js';

export function isAncestor(objects: Objects, ancestor: string, of: string): boolean {
  const [from, to] = [objects.commits.get(of), objects.commits.get(ancestor)];
  if (from === undefined || to === undefined) return false;
  const seen = new Set<string>();
  const left: Commit[] = [from];
  for (let commit = left.pop(); commit !== undefined; commit = left.pop()) {
    if (commit.id === ancestor) return true;
    for (const parent of commit.parents) {
      const next = objects.get(parent);
      if (seen.has(parent) || next.generation < to.generation) continue;
      seen.add(parent);
      left.push(next);
    }
  }
  return false;
}

/** A commit and all that it goes back to. */
export function* reachable(objects: Objects, from: string): Generator<Commit> {
  const seen = new Set<string>([from]);
  const left = [objects.get(from)];
  for (let commit = left.pop(); commit !== undefined; commit = left.pop()) {
    yield commit;
    for (const parent of commit.parents) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      left.push(objects.get(parent));
    }
  }
}

export function mergeBase(objects: Objects, one: string, other: string): CommitId | null {
  const common = new Set([...reachable(objects, one)].map(({ id }) => id));
  const shared = [...reachable(objects, other)].filter(({ id }) => common.has(id));
  const [best] = shared.sort((a, b) => b.generation - a.generation || (a.id < b.id ? -1 : 1));
  return best?.id ?? null;
}

/** The first commit, from a commit back, of which no parent's file has a line. */
export function lineOrigin(objects: Objects, from: string, to: string, path: string, line: number): CommitId | null {
  const linesAt = ({ tree }: Commit): readonly string[] => {
    const entry = entryAt(tree, path);
    if (entry === null || !('blob' in entry)) return [];
    return Buffer.from(entry.blob.bytes).toString('utf8').replace(/\n$/, '').split('\n');
  };
  let commit = objects.get(to);
  const text = linesAt(commit)[line - 1];
  if (text === undefined) return null;
  for (;;) {
    const before = commit.parents.map((parent) => objects.get(parent)).find((parent) => linesAt(parent).includes(text));
    if (before === undefined) return isAncestor(objects, commit.id, from) ? null : commit.id;
    commit = before;
  }
}

/** The first-parent line, the newest first. */
export function* firstParents(objects: Objects, tip: string): Generator<{ commit: Commit; parent: Commit | null }> {
  for (let commit: Commit | null = objects.get(tip); commit !== null;) {
    const first: CommitId | undefined = commit.parents[0];
    const parent: Commit | null = first === undefined ? null : objects.get(first);
    yield { commit, parent };
    commit = parent;
  }
}

export function firstParent(objects: Objects, { parents }: Commit): Commit | null {
  const [first] = parents;
  return first === undefined ? null : objects.get(first);
}

/** Whether a commit has a file at a path that its parent does not have. */
export function adds(commit: Commit, parent: Commit | null, path: string): boolean {
  const now = entryAt(commit.tree, path);
  if (now === null || !('blob' in now)) return false;
  const before = parent === null ? null : entryAt(parent.tree, path);
  return before === null || !('blob' in before);
}
