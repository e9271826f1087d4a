import { createHash, hash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  readlinkSync,
  symlinkSync,
  writeSync,
  type Stats,
} from 'node:fs';
import type { Owner } from '../../app/ports/workspaces.js';

/** Everything here works on one entry at a time, follows no link, and is used only while no process of a step is alive. */

export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

export function lstatIfThere(path: string | Buffer): Stats | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    // A file where the path has a folder.
    if (hasCode(error, 'ENOTDIR')) return null;
    throw error;
  }
}

/** Reads a regular file without following a link or waiting on a FIFO; null if it is something else, too large, or not ours to read. */
export function readRegular(path: string, maxBytes: number): Buffer | null {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (hasCode(error, 'ELOOP', 'ENOENT', 'ENXIO', 'EISDIR', 'ENOTDIR', 'EACCES', 'EPERM')) return null;
    throw error;
  }
  try {
    const stat = fstatSync(fd);
    return stat.isFile() && stat.size <= maxBytes ? readUpTo(fd, stat.size) : null;
  } finally {
    closeSync(fd);
  }
}

/** `readFileSync` would ask for the size again, and once more whether there is more. */
function readUpTo(fd: number, size: number): Buffer {
  const content = Buffer.allocUnsafe(size);
  for (let at = 0; at < size;) {
    const read = readSync(fd, content, at, size - at, null);
    if (read === 0) return content.subarray(0, at);
    at += read;
  }
  return content;
}

export function writeRegular(path: string, content: Uint8Array, executable: boolean, owner: Owner): void {
  const fd = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
  try {
    for (let at = 0; at < content.length;) at += writeSync(fd, content, at);
    fchmodSync(fd, executable ? 0o755 : 0o644);
    fchownSync(fd, owner.uid, owner.gid);
  } finally {
    closeSync(fd);
  }
}

export function writeLink(path: string, target: Buffer, owner: Owner): void {
  symlinkSync(target, path);
  lchownSync(path, owner.uid, owner.gid);
}

/** Readable and passable for whoever the step runs as, whatever this process's umask takes away. */
export function makeFolder(path: string, owner: Owner): void {
  mkdirSync(path, { mode: 0o755 });
  chmodSync(path, 0o755);
  lchownSync(path, owner.uid, owner.gid);
}

/** Gives the owner back what it takes to look into a folder and to empty it. */
export function openUp(folder: string): void {
  const { mode } = lstatSync(folder);
  if ((mode & 0o700) !== 0o700) chmodSync(folder, (mode & 0o7777) | 0o700);
}

export const readLink = (path: string): Buffer => readlinkSync(path, 'buffer');

/** The id that git gives to a blob. */
export function blobId(content: Uint8Array, format: 'sha1' | 'sha256'): string {
  const header = `blob ${String(content.length)}\0`;
  // One call for small files: making a hash object costs more than hashing them.
  if (content.length < SMALL) return hash(format, Buffer.concat([Buffer.from(header), content]));
  return createHash(format).update(header).update(content).digest('hex');
}

const SMALL = 256 * 1024;

/** The names in a folder; none where there is no such folder. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}
