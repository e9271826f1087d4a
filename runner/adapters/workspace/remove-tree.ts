import { chmodSync, mkdtempSync, readdirSync, renameSync, rmSync, rmdirSync, unlinkSync, type Dirent } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasCode, lstatIfThere } from './files.js';

/**
 * Removes whatever lies at a path, links themselves and never what they point at; nothing there is fine. Also removes what a
 * step may leave to stop us: folders without permissions and trees nested deeper than a path can be long, at which `rm` of
 * Node gives up. For places where no process of a step is alive.
 */
export function removeTree(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    if (!hasCode(error, 'ENAMETOOLONG', 'EACCES', 'EPERM') || lstatIfThere(path)?.isDirectory() !== true) throw error;
    removeFlatUnlessGone(path);
  }
}

function removeFlatUnlessGone(path: string): void {
  try {
    removeFlat(path);
  } catch (error) {
    // Ticks overlap: another one is removing the same tree.
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

/** Moves every folder to one level below a place of our own before it looks inside, so that no path grows long. */
function removeFlat(path: string): void {
  const place = mkdtempSync(join(dirname(path), '.removing-'));
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
    const folder = Buffer.from(`${at(next)}/`);
    for (const entry of entriesOf(at(next))) {
      const inside = Buffer.concat([folder, entry.name]);
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
