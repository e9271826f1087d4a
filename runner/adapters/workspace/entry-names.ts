/** Code points that HFS+ ignores in a name, so that `.g\u200cit` is `.git` there (git's `next_hfs_char`). */
const HFS_IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** Most names by far: printable ASCII without `git`. */
const PLAIN = /^(?!.*git)[ -~]*$/i;

/** A name as the file systems that git knows may read it: NTFS drops trailing dots and spaces, and a colon begins a stream. */
const folded = (name: string): string =>
  name
    .replace(HFS_IGNORED, '')
    .toLowerCase()
    .replace(/:.*$/s, '')
    .replace(/[. ]+$/, '');

/**
 * Whether git, on any file system it knows, takes a name for `.git` (after git's `is_hfs_dotgit` and `is_ntfs_dotgit`; `git~1` is the short
 * name there). A backslash parts names on NTFS.
 */
export function isDotGit(name: string): boolean {
  if (PLAIN.test(name)) return false;
  return name.split('\\').some((part) => /^(\.git|git~1)$/.test(folded(part)));
}

/** Files by which git is configured from within a tree; git itself refuses most of them as links. */
export const isGitFile = (name: string): boolean =>
  /^\.git(modules|attributes|ignore)$|^(gitmod|gitatt|gitign)~\d$/.test(folded(name));

/** Why an entry of that name cannot go into a commit; null if it can. */
export function refusedName(name: string): string | null {
  if (isDotGit(name)) return 'git would take it for a repository of its own';
  if (name.includes('\ufffd')) return 'its name is not valid UTF-8';

  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(name))
    return 'its name holds a control character';
  if (name.includes('\\')) return 'its name holds a backslash';
  return null;
}

/**
 * The first path of a commit that must not be written to a folder, with why; null if all may. What is odd but harmless may: the
 * project has it.
 */
export function unwritablePath(paths: Iterable<string>): { readonly path: string; readonly why: string } | null {
  const fine = new Set<string>();
  for (const path of paths) {
    for (const part of path.split('/')) {
      if (fine.has(part)) continue;
      if (part.includes('\ufffd')) return { path, why: 'its name is not valid UTF-8' };
      if (part === '' || part === '.' || part === '..' || part.includes('\0') || isDotGit(part))
        return { path, why: 'it is no path in a work tree' };
      fine.add(part);
    }
  }
  return null;
}

/** Why a link must not go into a commit; null if it stays inside the tree. Told by its text alone: nothing is followed. */
export function refusedTarget(path: string, target: string): string | null {
  if (target.startsWith('/')) return 'it is a link to an absolute path';
  const reached = path.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') {
      if (reached.pop() === undefined) return 'it is a link out of the work tree';
    } else if (part !== '' && part !== '.') {
      reached.push(part);
    }
  }
  return reached.some(isDotGit) ? 'it is a link into a git directory' : null;
}
