import { createHash } from 'node:crypto';
import { closeSync, constants, fchmodSync, fchownSync, fstatSync, lchownSync, lstatSync, mkdirSync, openSync, readFileSync, readlinkSync, symlinkSync, writeSync, type Stats } from 'node:fs';
import type { Owner } from '../../app/ports.js';

/** Everything here works on one entry at a time, follows no link, and is used only while no process of a step is alive. */

export const hasCode = (error: unknown, ...codes: readonly string[]): boolean => error instanceof Error && 'code' in error && codes.includes(String(error.code));

export function lstatIfThere(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}

/** Reads a regular file without following a link or waiting on a FIFO; null if it is something else. */
export function readRegular(path: string, maxBytes: number): Buffer | null {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (hasCode(error, 'ELOOP', 'ENOENT', 'ENXIO', 'EISDIR', 'ENOTDIR')) return null;
    throw error;
  }
  try {
    const stat = fstatSync(fd);
    return stat.isFile() && stat.size <= maxBytes ? readFileSync(fd) : null;
  } finally {
    closeSync(fd);
  }
}

export function writeRegular(path: string, content: Uint8Array, executable: boolean, owner: Owner | null): void {
  const fd = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
  try {
    for (let at = 0; at < content.length; ) at += writeSync(fd, content, at);
    fchmodSync(fd, executable ? 0o755 : 0o644);
    if (owner !== null) fchownSync(fd, owner.uid, owner.gid);
  } finally {
    closeSync(fd);
  }
}

export function writeLink(path: string, target: string, owner: Owner | null): void {
  symlinkSync(target, path);
  if (owner !== null) lchownSync(path, owner.uid, owner.gid);
}

export function makeFolder(path: string, owner: Owner | null): void {
  mkdirSync(path, { mode: 0o755 });
  if (owner !== null) lchownSync(path, owner.uid, owner.gid);
}

export const readLink = (path: string): Buffer => readlinkSync(path, 'buffer');

/** The id that git gives to a blob. */
export function blobId(content: Uint8Array, format: 'sha1' | 'sha256'): string {
  return createHash(format).update(`blob ${String(content.length)}\0`).update(content).digest('hex');
}
