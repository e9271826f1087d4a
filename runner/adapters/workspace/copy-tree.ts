import { constants, copyFileSync, lchownSync, lutimesSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { Owner } from '../../app/ports/workspaces.js';
import { lstatIfThere, makeFolder, readLink, writeLink } from './files.js';
import { listFolder } from './listing.js';

/**
 * Copies a folder: files (shared until written to, where the file system can), links as links, modes and times of change. Sockets,
 * FIFOs and devices are left out: their meaning does not copy; and what has a name that is no text. Only while no process writes to it; errors of the file system are
 * thrown. `copied` is told of each file, with its looks before and after.
 */
export function copyTree(
  from: string,
  to: string,
  owner: Owner,
  copied: (path: string, before: Stats, after: Stats) => void,
  folder = '',
): void {
  const target = join(to, folder);
  makeFolder(target, owner);
  for (const entry of listFolder(join(from, folder)).entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    const [source, place] = [join(from, path), join(to, path)];
    const before = lstatIfThere(source);
    if (before === null) continue;
    if (before.isDirectory()) {
      copyTree(from, to, owner, copied, path);
      continue;
    }
    if (before.isSymbolicLink()) writeLink(place, readLink(source), owner);
    else if (before.isFile()) copyFileSync(source, place, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    else continue;
    if (before.isFile()) lchownSync(place, owner.uid, owner.gid);
    lutimesSync(place, before.atime, before.mtime);
    const after = lstatIfThere(place);
    if (after !== null) copied(path, before, after);
  }
}
