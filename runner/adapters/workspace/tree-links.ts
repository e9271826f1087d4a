/** As the kernel bounds them. */
const MOST_HOPS = 40;

export interface Followed {
  /** The links that the way goes by, in files’ places and in folders’. */
  readonly by: readonly string[];
  /** The path that it ends at, whether something is there or not; null if it leaves the tree, or comes to no end. */
  readonly to: string | null;
}

/** Where a path of a tree leads, told by the texts of the tree’s links alone. The top of the tree is the empty path. */
export function follow(path: string, links: ReadonlyMap<string, string>): Followed {
  const by: string[] = [];
  const at: string[] = [];
  const left = path.split('/').reverse();
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (at.pop() === undefined) return { by, to: null };
      continue;
    }
    const here = [...at, part].join('/');
    const target = links.get(here);
    if (target === undefined) {
      at.push(part);
      continue;
    }
    by.push(here);
    if (by.length > MOST_HOPS || target.startsWith('/')) return { by, to: null };
    left.push(...target.split('/').reverse());
  }
  return { by, to: at.join('/') };
}

/** The folders that a path is in, the outermost first. */
export function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
