import { chmodSync, lstatSync, readdirSync, renameSync, rmdirSync, unlinkSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { lstatIfThere } from './files.js';

/** Paths from here on are shortened before they reach the system's 4096 bytes, which nothing but a rename gets around. */
const LONG = 2000;

/**
 * Removes whatever lies at a path, links never followed. Unlike `rm -r` it also gets rid of folders that were made
 * unreadable, and of folders nested deeper than a path can name: a step may leave either.
 */
export function removeTree(path: string): void {
  const tops = [path];
  for (let top = tops.pop(); top !== undefined; top = tops.pop()) {
    const stat = lstatIfThere(top);
    if (stat === null) continue;
    if (!stat.isDirectory()) unlinkSync(top);
    else removeFolder(top, dirname(path), tops);
  }
}

function removeFolder(folder: string, parking: string, tops: string[]): void {
  openUp(folder);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const place = join(folder, entry.name);
    if (!entry.isDirectory()) {
      unlinkSync(place);
    } else if (Buffer.byteLength(place) < LONG) {
      removeFolder(place, parking, tops);
    } else {
      openUp(place);
      const parked = join(parking, `.removed-${randomUUID()}`);
      renameSync(place, parked);
      tops.push(parked);
    }
  }
  rmdirSync(folder);
}

/** Gives the owner back what it takes to look into a folder and to empty it. */
export function openUp(folder: string): void {
  const { mode } = lstatSync(folder);
  if ((mode & 0o700) !== 0o700) chmodSync(folder, (mode & 0o7777) | 0o700);
}
