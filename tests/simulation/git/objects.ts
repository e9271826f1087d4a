/** Git's objects in memory, with git's own ids, so that what the simulated repository writes can be told from what git writes by nothing. */
import { createHash } from 'node:crypto';
import type { BlobId, CommitId, TreeId } from '../../../runner/core/ids.js';
import type { Person } from '../../../runner/app/ports/ops.js';

export type FileMode = '100644' | '100755' | '120000' | '160000';

export interface Blob {
  readonly id: BlobId;
  readonly bytes: Uint8Array;
}

export type Entry = { readonly mode: FileMode; readonly blob: Blob } | { readonly mode: '40000'; readonly tree: Tree };

/** Never changed: what differs is another tree, with everything that is the same shared. */
export interface Tree {
  readonly id: TreeId;
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface Commit {
  readonly id: CommitId;
  readonly tree: Tree;
  readonly parents: readonly CommitId[];
  readonly author: Person;
  readonly committer: Person;
  readonly seconds: number;
  readonly message: string;
  /** The key that signed it; git itself would hold a signature. */
  readonly signedBy: string | null;
  /** One more than that of its highest parent. */
  readonly generation: number;
}

const idOf = (type: string, body: Uint8Array): string =>
  createHash('sha1')
    .update(`${type} ${String(body.length)}\0`)
    .update(body)
    .digest('hex');

export function blobOf(content: string | Uint8Array): Blob {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return { id: idOf('blob', bytes) as BlobId, bytes };
}

export function treeOf(entries: ReadonlyMap<string, Entry>): Tree {
  const sorted = [...entries].map(([name, entry]) => ({
    name,
    entry,
    // Git's order: a folder's name counts as if it ended in a slash.
    key: Buffer.from(entry.mode === '40000' ? `${name}/` : name).toString('latin1'),
  }));
  sorted.sort((a, b) => (a.key < b.key ? -1 : 1));
  const parts = sorted.flatMap(({ name, entry }) => [
    Buffer.from(`${entry.mode} ${name}\0`),
    Buffer.from('tree' in entry ? entry.tree.id : entry.blob.id, 'hex'),
  ]);
  return {
    id: idOf('tree', Buffer.concat(parts)) as TreeId,
    entries: new Map(sorted.map(({ name, entry }) => [name, entry])),
  };
}

export const EMPTY_TREE = treeOf(new Map());

/** Changes of a tree: a file at a path, or null for none. What is in the way goes, and so do folders that become empty. */
export function withFiles(
  tree: Tree,
  files: Iterable<readonly [path: string, file: { readonly mode: FileMode; readonly blob: Blob } | null]>,
): Tree {
  const below = new Map<string, [string, { mode: FileMode; blob: Blob } | null][]>();
  const entries = new Map(tree.entries);
  // Removals first, so that a file can take the place of a folder and the other way round.
  const all = [...files];
  for (const [path, file] of [...all.filter(([, each]) => each === null), ...all.filter(([, each]) => each !== null)]) {
    const slash = path.indexOf('/');
    if (slash >= 0) {
      const name = path.slice(0, slash);
      below.set(name, [...(below.get(name) ?? []), [path.slice(slash + 1), file]]);
    } else if (file !== null) entries.set(path, file);
    else entries.delete(path);
  }
  for (const [name, changes] of below) {
    const entry = entries.get(name);
    const isFolder = entry !== undefined && 'tree' in entry;
    if (!isFolder && changes.every(([, file]) => file === null)) continue;
    const changed = withFiles(isFolder ? entry.tree : EMPTY_TREE, changes);
    if (changed.entries.size === 0) entries.delete(name);
    else entries.set(name, { mode: '40000', tree: changed });
  }
  return treeOf(entries);
}

export function entryAt(tree: Tree, path: string): Entry | null {
  let entry: Entry = { mode: '40000', tree };
  if (path === '') return entry;
  for (const name of path.split('/')) {
    if (!('tree' in entry)) return null;
    const next: Entry | undefined = entry.tree.entries.get(name);
    if (next === undefined) return null;
    entry = next;
  }
  return entry;
}

/** Every file at or below a path. */
export function filesBelow(
  entry: Entry | null,
  path: string,
  found: { path: string; mode: FileMode; blob: Blob }[] = [],
): typeof found {
  if (entry === null) return found;
  if ('blob' in entry) found.push({ path, mode: entry.mode, blob: entry.blob });
  else for (const [name, each] of entry.tree.entries) filesBelow(each, path === '' ? name : `${path}/${name}`, found);
  return found;
}

const line = ({ name, email }: Person, seconds: number): string => `${name} <${email}> ${String(seconds)} +0000`;

/** The objects that there are, whosever they are. Ids are made of contents, so that no two repositories can mean different things by one. */
export class Objects {
  readonly commits = new Map<string, Commit>();
  readonly blobs = new Map<string, Blob>();
  /** Of commits, and of merges that no commit holds yet, with those in them. */
  readonly trees = new Map<string, Tree>();

  blob(content: string | Uint8Array): Blob {
    const blob = blobOf(content);
    const known = this.blobs.get(blob.id);
    if (known !== undefined) return known;
    this.blobs.set(blob.id, blob);
    return blob;
  }

  commit(of: Omit<Commit, 'id' | 'generation' | 'signedBy'> & { readonly signedBy?: string | null }): Commit {
    const { tree, parents, author, committer, seconds, signedBy = null } = of;
    const message = of.message.replaceAll('\0', '');
    const head = [
      `tree ${tree.id}`,
      ...parents.map((parent) => `parent ${parent}`),
      `author ${line(author, seconds)}`,
      `committer ${line(committer, seconds)}`,
      ...(signedBy === null ? [] : [`gpgsig ${signedBy}`]),
    ];
    const id = idOf('commit', Buffer.from(`${head.join('\n')}\n\n${message}`)) as CommitId;
    const known = this.commits.get(id);
    if (known !== undefined) return known;
    const generation = 1 + Math.max(0, ...parents.map((parent) => this.get(parent).generation));
    const commit = { id, tree, parents, author, committer, seconds, message, signedBy, generation };
    this.commits.set(id, commit);
    this.keep(tree);
    return commit;
  }

  keep(tree: Tree): void {
    if (this.trees.has(tree.id)) return;
    this.trees.set(tree.id, tree);
    for (const entry of tree.entries.values()) if ('tree' in entry) this.keep(entry.tree);
  }

  /** Throws where there is none: a broken repository, or a bug of whoever asks. */
  get(id: string): Commit {
    const commit = this.commits.get(id);
    if (commit === undefined) throw new Error(`commit ${id} is missing: the repository is damaged`);
    return commit;
  }
}
