/** Code points that HFS+ ignores in a name, so that `.g\u200cit` is `.git` there (git's `next_hfs_char`). */
const HFS_IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** Whether git, on any file system it knows, takes a name for `.git` (after git's `is_hfs_dotgit` and `is_ntfs_dotgit`). */
export function isDotGit(name: string): boolean {
  const folded = name.replace(HFS_IGNORED, '').toLowerCase();
  // NTFS drops trailing dots and spaces, and what follows a colon names a stream; `git~1` is the short name.
  return /^(\.git|git~1)[. ]*(:.*)?$/.test(folded);
}

/** Why an entry of that name cannot go into a commit; null if it can. */
export function refusedName(name: string): string | null {
  if (isDotGit(name)) return 'git would take it for a repository of its own';
  if (name.includes('\ufffd')) return 'its name is not valid UTF-8';
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'its name holds a control character';
  if (name.includes('\\')) return 'its name holds a backslash';
  return null;
}
