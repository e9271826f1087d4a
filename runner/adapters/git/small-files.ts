import { readFileSync } from 'node:fs';
import { hasCode } from '../workspace/files.js';

/** A small text file of git's or ours; null where there is none. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) return null;
    throw error;
  }
}
