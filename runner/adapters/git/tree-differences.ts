import { entriesOf } from './object-reader.js';

type Entry = ReturnType<typeof entriesOf>[number];

const FOLDER = '40000';

/**
 * The paths in which two trees differ, with `mode id` of what the second holds there, or null for nothing, as `git diff-tree -r --raw` tells them, without
 * a process of its own. Folders that are alike are not read. `read` gives a tree as it is; null, from either: there is no such tree.
 */
export async function treeDifferences(
  read: (tree: string) => Promise<Buffer | null>,
  from: string,
  to: string,
): Promise<ReadonlyMap<string, string | null> | null> {
  const found = new Map<string, string | null>();
  let isMissing = false;
  const entries = async (tree: string | undefined): Promise<ReadonlyMap<string, Entry>> => {
    const raw = tree === undefined ? Buffer.alloc(0) : await read(tree);
    isMissing ||= raw === null;
    // The length of an id is that of any other, and a name such as `<id>^{tree}` begins with one.
    const idBytes = (/^[0-9a-f]+/.exec(tree ?? '')?.[0].length ?? 0) / 2;
    return new Map(entriesOf(raw ?? Buffer.alloc(0), idBytes).map((entry) => [entry.name, entry]));
  };
  const compare = async (one: string | undefined, other: string | undefined, prefix: string): Promise<void> => {
    const [before, after] = await Promise.all([entries(one), entries(other)]);
    const below: Promise<void>[] = [];
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const [was, is] = [before.get(name), after.get(name)];
      if (was?.id === is?.id && was?.mode === is?.mode) continue;
      const [wasFolder, isFolder] = [was?.mode === FOLDER, is?.mode === FOLDER];
      if (is !== undefined && !isFolder) found.set(prefix + name, `${is.mode} ${is.id}`);
      else if (was !== undefined && !wasFolder) found.set(prefix + name, null);
      if (wasFolder || isFolder)
        below.push(compare(wasFolder ? was?.id : undefined, isFolder ? is?.id : undefined, `${prefix}${name}/`));
    }
    await Promise.all(below);
  };
  await compare(from, to, '');
  return isMissing ? null : found;
}
