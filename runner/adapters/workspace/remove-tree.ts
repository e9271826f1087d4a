import { chmodSync, mkdtempSync, readdirSync, renameSync, rmSync, rmdirSync, unlinkSync, type Dirent } from 'node:fs';
import { dirname } from 'node:path';
import { hasCode, lstatIfThere } from './files.js';
import { placeIn } from './listing.js';

/**
 * Removes whatever lies at a path, links themselves and never what they point at; nothing there is fine. Also removes what a
 * step may leave to stop us: folders without permissions and trees nested deeper than a path can be long, at which `rm` of
 * Node gives up. For places where no process of a step is alive.
 */
export function removeTree(path: string | Buffer): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    if (!hasCode(error, 'ENAMETOOLONG', 'EACCES', 'EPERM') || lstatIfThere(path)?.isDirectory() !== true) throw error;
    removeFlatUnlessGone(path);
  }
}

/** As `removeTree`, of what was just listed: `ENOENT` where nothing lies there, for then it lies elsewhere. */
export function removeListed(path: string | Buffer): void {
  if (lstatIfThere(path) === null)
    throw Object.assign(new Error(`ENOENT: it was listed and is not there, '${String(path)}'`), {
      code: 'ENOENT',
      syscall: 'lstat',
    });
  removeTree(path);
}

/** Removes all that a folder holds, and leaves the folder. */
export function emptyFolder(folder: string): void {
  for (const { name } of entriesOf(folder)) removeListed(placeIn(folder, name));
}

function removeFlatUnlessGone(path: string | Buffer): void {
  try {
    removeFlat(path);
  } catch (error) {
    // Ticks overlap: another one is removing the same tree.
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

/** Moves every folder to one level below a place of our own before it looks inside, so that no path grows long. */
function removeFlat(path: string | Buffer): void {
  const place = mkdtempSync(`${dirname(String(path))}/.removing-`);
  const at = (number: number): string => `${place}/${String(number)}`;
  let made = 0;
  const take = (folder: string | Buffer): void => {
    // A folder can be moved only by somebody who may write its `..`.
    chmodSync(folder, 0o700);
    renameSync(folder, at(made));
    made += 1;
  };
  take(path);
  for (let next = 0; next < made; next += 1) {
    for (const entry of entriesOf(at(next))) {
      const inside = placeIn(at(next), entry.name);
      if (entry.isDirectory()) take(inside);
      else unlinkSync(inside);
    }
    rmdirSync(at(next));
  }
  rmdirSync(place);
}

/** Names as bytes: not every name is UTF-8. */
const entriesOf = (folder: string): readonly Dirent<Buffer>[] =>
  readdirSync(folder, { withFileTypes: true, encoding: 'buffer' });
