import { matcher } from './glob.js';

/** A `.gitattributes` file of a commit. */
export interface AttributesFile {
  /** The folder that it lies in, without a slash at the end; empty at the top. */
  readonly folder: string;
  readonly text: string;
}

/** The `.gitattributes` files that say something of a path, the nearest last. */
export function attributesOf(path: string): readonly string[] {
  const folders = path.split('/').slice(0, -1);
  return [...folders.keys(), folders.length].map((count) => [...folders.slice(0, count), '.gitattributes'].join('/'));
}

/**
 * Whether both sides of a conflict in a path are kept, one after the other: `merge=union` in `.gitattributes`. The last line that says anything counts,
 * and a nearer file before those above. No other driver is known here: what one would execute is up to people.
 */
export function isUnion(path: string, files: readonly AttributesFile[]): boolean {
  let answer = false;
  for (const { folder, text } of [...files].sort((a, b) => a.folder.length - b.folder.length)) {
    const within = folder === '' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null;
    if (within === null) continue;
    for (const line of text.split('\n').slice(0, 1000)) {
      const [pattern = '', ...words] = line.trim().split(/[ \t]+/);
      const said = words.filter((word) => /^[-!]?merge(=|$)|^binary$/.test(word)).at(-1);
      if (said === undefined || pattern === '' || /^[#"[!]/.test(pattern) || pattern.length > 500) continue;
      if (matches(pattern, within)) answer = said === 'merge=union';
    }
  }
  return answer;
}

/** A pattern without a slash is of a name in any folder; git's braces are themselves. */
function matches(pattern: string, path: string): boolean {
  const glob = pattern.replace(/[{},]/g, '\\$&');
  if (glob.endsWith('/')) return false;
  const rooted = glob.slice(0, -1).includes('/') ? glob.replace(/^\//, '') : `**/${glob}`;
  return matcher([rooted])(path);
}
