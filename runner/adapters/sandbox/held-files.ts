import { readdirSync, statSync, statfsSync, type Stats } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';
import { hasCode } from '../workspace/files.js';
import type { DiskUse } from './disk-use.js';
import { readVolatile } from './process-table.js';

const BLOCK_BYTES = 512;
/** How many descriptors are looked at before others have a turn. */
const TURN = 500;
/** File systems in memory (tmpfs, hugetlbfs, and what the kernel mounts for itself as one of them): bounded as memory is. */
const IN_MEMORY = new Set([0x01021994, 0x958458f6, 0x858458f6]);

/**
 * Counts what processes keep of files that have no name any more: open, or mapped. They take their place on the disk until the last process lets go, and no
 * folder has them. `blind` where some may be kept in a way that cannot be seen: in a message that nobody took out of its socket yet, or in a mapping that
 * only root can look at. Processes come and go meanwhile. Stops where there is more than `most`.
 */
export async function heldFiles(
  processes: readonly number[],
  most: Pick<DiskUse, 'bytes' | 'files'>,
): Promise<DiskUse> {
  const seen = new Set<string>();
  let [bytes, blind, turn] = [0, false, 0];
  const add = (path: string, stat: Stats): void => {
    const id = `${String(stat.dev)} ${String(stat.ino)}`;
    if (!stat.isFile() || stat.nlink > 0 || seen.has(id) || isInMemory(path)) return;
    seen.add(id);
    bytes += stat.blocks * BLOCK_BYTES;
  };
  for (const id of processes) {
    const home = `/proc/${String(id)}`;
    // Each thread may have a table of descriptors of its own.
    for (const thread of listed(`${home}/task`) ?? []) {
      const own = `${home}/task/${thread}`;
      const descriptors = listed(`${own}/fd`);
      if (descriptors === null) blind = true;
      for (const fd of descriptors ?? []) {
        if ((turn += 1) % TURN === 0) await breathe();
        const stat = lookedAt(`${own}/fd/${fd}`);
        if (stat === 'hidden') blind = true;
        else if (stat?.isSocket() === true) blind ||= holdsMessages(`${own}/fdinfo/${fd}`);
        else if (stat != null) add(`${own}/fd/${fd}`, stat);
        if (bytes > most.bytes || seen.size > most.files) return { bytes, files: seen.size, blind };
      }
    }
    for (const range of deletedMappings(home)) {
      if ((turn += 1) % TURN === 0) await breathe();
      const stat = lookedAt(`${home}/map_files/${range}`);
      if (stat === 'hidden') blind = true;
      else if (stat !== null) add(`${home}/map_files/${range}`, stat);
    }
  }
  return { bytes, files: seen.size, blind };
}

/** Where memory is mapped to a file that may have been deleted; not what never is on a disk. */
function deletedMappings(home: string): readonly string[] {
  const maps = readVolatile(`${home}/maps`) ?? '';
  if (!maps.includes(' (deleted)\n')) return [];
  return maps.split('\n').flatMap((line) => {
    const [, range, path = ''] = /^([0-9a-f]+-[0-9a-f]+) .{4} \S+ \S+ \d+ +(.*) \(deleted\)$/.exec(line) ?? [];
    return range === undefined || /^\/(?:memfd:|dev\/zero$|SYSV[0-9a-f]{8}$|dev\/shm\/)/.test(path) ? [] : [range];
  });
}

/** Whether descriptors wait in a socket for somebody to take them: the kernel says how many. */
const holdsMessages = (path: string): boolean => /^scm_fds:\s*[1-9]/m.test(readVolatile(path) ?? '');

function isInMemory(path: string): boolean {
  const kind = tried(() => statfsSync(path).type);
  return typeof kind === 'number' && IN_MEMORY.has(kind);
}

/** Null where we may not look; nothing where it is gone. */
function listed(folder: string): readonly string[] | null {
  const names = tried(() => readdirSync(folder));
  return names === 'hidden' ? null : (names ?? []);
}

/** Follows the link, which is none: what is open is looked at, whatever lies at its path by now. */
const lookedAt = (path: string): Stats | 'hidden' | null => tried(() => statSync(path));

function tried<T>(look: () => T): T | 'hidden' | null {
  try {
    return look();
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH')) return null;
    if (hasCode(error, 'EACCES', 'EPERM')) return 'hidden';
    throw error;
  }
}
