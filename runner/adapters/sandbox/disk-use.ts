import { lstatSync, opendirSync, type Dir, type Stats } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';
import { hasCode } from '../workspace/files.js';

/** What was written below some folders. */
export interface DiskUse {
  /** Bytes that are taken on disk: the holes of a sparse file take none. */
  readonly bytes: number;
  readonly files: number;
  /** Something could not be looked at: locked, or its path is too long. */
  readonly blind: boolean;
}

const BLOCK_BYTES = 512;
/** How many entries are looked at before others have a turn. */
const TURN = 500;
const SLASH = Buffer.from('/');

/**
 * Counts what was written below folders after `sinceMs`, by the time of each entry's last change, which nobody but the kernel
 * sets. Stops where there is more than `most`. Steps may write meanwhile, so it only counts: nothing is opened but folders, and
 * what is gone by the time it is looked at is left out. Names are bytes, for no name may hide from it.
 */
export async function writtenSince(
  folders: readonly string[],
  sinceMs: number,
  most: Pick<DiskUse, 'bytes' | 'files'>,
): Promise<DiskUse> {
  const left: Buffer[] = folders.map((folder) => Buffer.from(folder));
  /** Files of several names are counted once. */
  const linked = new Set<string>();
  let [bytes, files, blind, turn] = [0, 0, false, 0];
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    const folder = opened(path);
    if (folder === null) continue;
    if (folder === 'blind') {
      blind = true;
      continue;
    }
    try {
      for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
        if ((turn += 1) % TURN === 0) await breathe();
        // With names as bytes, which the types do not know.
        const place = Buffer.concat([path, SLASH, entry.name as unknown as Buffer]);
        const stat = lookedAt(place);
        if (stat === 'blind') blind = true;
        if (stat === null || stat === 'blind') continue;
        if (stat.isDirectory()) left.push(place);
        if (stat.ctimeMs <= sinceMs) continue;
        if (stat.isFile() && stat.nlink > 1) {
          const id = `${String(stat.dev)} ${String(stat.ino)}`;
          if (linked.has(id)) continue;
          linked.add(id);
        }
        files += 1;
        bytes += stat.blocks * BLOCK_BYTES;
        if (bytes > most.bytes || files > most.files) return { bytes, files, blind };
      }
    } finally {
      folder.closeSync();
    }
  }
  return { bytes, files, blind };
}

function opened(path: Buffer): Dir | 'blind' | null {
  return tried(() => opendirSync(path, { encoding: 'buffer' as BufferEncoding, bufferSize: TURN }));
}

const lookedAt = (path: Buffer): Stats | 'blind' | null => tried(() => lstatSync(path));

function tried<T>(look: () => T): T | 'blind' | null {
  try {
    return look();
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) return null;
    if (hasCode(error, 'EACCES', 'EPERM', 'ENAMETOOLONG', 'ESTALE')) return 'blind';
    throw error;
  }
}
