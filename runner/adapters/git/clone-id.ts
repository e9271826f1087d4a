import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode, readRegular } from '../workspace/files.js';
import type { GitPlaces } from './places.js';

/** In the project's git directory, which nobody clones or checks out. With a dot, so that git takes nothing below it for a branch. */
const FOLDER = '.pushpals';
const FILE = 'clone';
const MOST_BYTES = 256;

/** Where a clone keeps what it has to itself. */
export const cloneFolder = ({ projectDir }: Pick<GitPlaces, 'projectDir'>): string => join(projectDir, FOLDER);

/**
 * A text that no other clone has: its path, and a random id that it keeps from when it is first asked for. Containers that have a clone each at the same path,
 * and use one engine, are told apart by it; and so are a folder that was copied, and the one that lay there before.
 */
export function cloneId(places: Pick<GitPlaces, 'projectDir'>): string {
  const kept = keptId(places) ?? keepId(places);
  return `${places.projectDir}\0${kept}`;
}

const keptId = (places: Pick<GitPlaces, 'projectDir'>): string | null =>
  readRegular(join(cloneFolder(places), FILE), MOST_BYTES)?.toString('utf8') ?? null;

/** Put in place as a whole folder, which a rename never does to one that holds something: of two processes one makes it. */
function keepId(places: Pick<GitPlaces, 'projectDir'>): string {
  const id = randomUUID();
  const made = `${cloneFolder(places)}.${id}`;
  mkdirSync(made);
  try {
    writeFileSync(join(made, FILE), id, { flush: true });
    renameSync(made, cloneFolder(places));
    return id;
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
    // What is there instead is no id of ours: the path alone has to do.
    return keptId(places) ?? '';
  }
}
