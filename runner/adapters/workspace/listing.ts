import { isUtf8 } from 'node:buffer';
import { readdirSync, type Dirent } from 'node:fs';

/** What a walk asks of an entry. */
export type Entry = Pick<Dirent, 'name' | 'isDirectory' | 'isFile' | 'isSymbolicLink'>;

/** What a folder holds. */
export interface Listing {
  readonly entries: readonly Entry[];
  /** Whose names are no text. Listed as text they would have other names, by which nothing is found and nothing removed. */
  readonly nameless: readonly Dirent<Buffer>[];
}

/** What Node puts in the place of bytes that are no UTF-8. */
const REPLACED = '\ufffd';

/**
 * Lists a folder that a step wrote to. Every walk that goes by names as text lists by this, and says what becomes of those that have none. Errors
 * of the file system are thrown.
 */
export function listFolder(folder: string): Listing {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (!entries.some(({ name }) => name.includes(REPLACED))) return { entries, nameless: [] };
  // A name may also be that very character, so they are told apart by their bytes.
  const found = readdirSync(folder, { withFileTypes: true, encoding: 'buffer' });
  const nameless = found.filter(({ name }) => !isUtf8(name));
  return { entries: found.filter(({ name }) => isUtf8(name)).map(asText), nameless };
}

/** The place of an entry whose name is bytes. */
export const placeIn = (folder: string, name: Buffer): Buffer => Buffer.concat([Buffer.from(`${folder}/`), name]);

const asText = (entry: Dirent<Buffer>): Entry => ({
  name: entry.name.toString('utf8'),
  isDirectory: () => entry.isDirectory(),
  isFile: () => entry.isFile(),
  isSymbolicLink: () => entry.isSymbolicLink(),
});
