/** A tree that changes: what it holds, and below which names it was looked into. */
export interface TreeNode {
  readonly entries: Map<string, TreeEntry>;
}

interface TreeEntry {
  mode: string;
  id: string;
  /** The tree behind the entry, once it was looked into; it may have changed, and then `id` is out of date. */
  node: TreeNode | null;
}

const FOLDER = '40000';

export const emptyTree = (): TreeNode => ({ entries: new Map() });

/** A raw tree object. Names are kept byte for byte, as Latin-1 text. */
export function parseTree(raw: Buffer, idBytes: number): TreeNode {
  const node = emptyTree();
  for (let at = 0; at < raw.length;) {
    const space = raw.indexOf(32, at);
    const nul = raw.indexOf(0, space);
    const id = raw.toString('hex', nul + 1, nul + 1 + idBytes);
    node.entries.set(raw.toString('latin1', space + 1, nul), {
      mode: raw.toString('latin1', at, space),
      id,
      node: null,
    });
    at = nul + 1 + idBytes;
  }
  return node;
}

/** Puts a blob at a path (null: nothing), as fast-import does: what is in the way goes, and so do folders that become empty. */
export async function putInTree(
  root: TreeNode,
  path: string,
  blob: { readonly mode: string; readonly id: string } | null,
  load: (id: string) => Promise<TreeNode>,
): Promise<void> {
  const names = path.split('/').map((name) => Buffer.from(name).toString('latin1'));
  const last = names.pop() ?? '';
  const above: { readonly node: TreeNode; readonly name: string }[] = [];
  let node = root;
  for (const name of names) {
    const entry = node.entries.get(name);
    if (entry?.mode !== FOLDER && blob === null) return;
    above.push({ node, name });
    const below = entry?.mode === FOLDER ? (entry.node ?? (await load(entry.id))) : emptyTree();
    node.entries.set(name, { mode: FOLDER, id: entry?.id ?? '', node: below });
    node = below;
  }
  if (blob !== null) node.entries.set(last, { ...blob, node: null });
  else node.entries.delete(last);
  for (let up = above.pop(); up !== undefined && node.entries.size === 0; up = above.pop()) {
    up.node.entries.delete(up.name);
    node = up.node;
  }
}

/** Writes the tree and those below it that were looked into; its id. */
export function writeTreeObjects(root: TreeNode, write: (raw: Buffer) => string): string {
  const parts: Buffer[] = [];
  // Git's order: a folder's name counts as if it ended in a slash.
  const sorted = [...root.entries]
    .map(([name, entry]) => ({ name, entry, key: entry.mode === FOLDER ? `${name}/` : name }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const { name, entry } of sorted) {
    if (entry.node !== null) entry.id = writeTreeObjects(entry.node, write);
    parts.push(Buffer.from(`${entry.mode} ${name}\0`, 'latin1'), Buffer.from(entry.id, 'hex'));
  }
  return write(Buffer.concat(parts));
}
