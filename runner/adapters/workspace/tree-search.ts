import { closeSync, constants, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Finding, SearchLimits, TreeSearch } from '../../app/ports/workspaces.js';
import { hasCode, readLink } from './files.js';
import { listFolder, type Entry } from './listing.js';

const CHUNK_BYTES = 1024 * 1024;
/** Others get a turn after that much. */
const TURN_BYTES = 8 * 1024 * 1024;
const MOST_FOUND = 20;

/**
 * Looks through every file of a folder, ignored ones too, and through names and the texts of links; follows nothing. For when every process
 * of the step is gone. `finder` makes what looks through one file, told its bytes in parts.
 */
export async function searchTree(
  dir: string,
  finder: () => (bytes: Uint8Array) => number | null,
  limits: SearchLimits,
): Promise<TreeSearch> {
  const found: Finding[] = [];
  const open = [''];
  const buffer = Buffer.alloc(CHUNK_BYTES);
  let [bytes, files, sinceTurn] = [0, 0, 0];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const entries = entriesOf(join(dir, folder));
    if (entries === null) return { found, whole: false };
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (path === '.git') continue;
      files += 1;
      if (files > limits.maxFiles || bytes > limits.maxBytes) return { found, whole: false };
      if (finder()(Buffer.from(entry.name)) !== null) found.push({ path, line: null });
      if (found.length >= MOST_FOUND) return { found, whole: true };
      if (entry.isDirectory()) open.push(path);
      else if (entry.isSymbolicLink()) {
        const target = targetOf(join(dir, path));
        if (target === null) return { found, whole: false };
        if (finder()(target) !== null) found.push({ path, line: null });
      } else if (entry.isFile()) {
        const look = finder();
        const read = readThrough(join(dir, path), buffer, limits.maxBytes - bytes, (part) => {
          const line = look(part);
          if (line !== null) found.push({ path, line });
          return line !== null;
        });
        if (read === null) return { found, whole: false };
        bytes += read;
        sinceTurn += read;
      }
      if (sinceTurn < TURN_BYTES) continue;
      sinceTurn = 0;
      await setImmediate();
    }
  }
  return { found, whole: true };
}

/** Null where we may not look, where a path is too long, and where a name is no text: nobody could be told what has it. */
function entriesOf(folder: string): readonly Entry[] | null {
  try {
    const { entries, nameless } = listFolder(folder);
    return nameless.length === 0 ? entries : null;
  } catch (error) {
    if (hasCode(error, 'EACCES', 'EPERM', 'ENAMETOOLONG', 'ENOENT')) return null;
    throw error;
  }
}

/** Null where it cannot be read. */
function targetOf(path: string): Buffer | null {
  try {
    return readLink(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'EACCES', 'EPERM', 'ENAMETOOLONG')) return null;
    throw error;
  }
}

/** How many bytes were read; null where it cannot be read, or not to its end. */
function readThrough(
  path: string,
  buffer: Buffer,
  maxBytes: number,
  enough: (part: Uint8Array) => boolean,
): number | null {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (hasCode(error, 'EACCES', 'EPERM', 'ENOENT', 'ELOOP', 'ENXIO', 'ENAMETOOLONG')) return null;
    throw error;
  }
  try {
    let total = 0;
    for (;;) {
      const read = readSync(fd, buffer);
      total += read;
      if (read === 0 || enough(buffer.subarray(0, read))) return total;
      if (total > maxBytes) return null;
    }
  } finally {
    closeSync(fd);
  }
}
