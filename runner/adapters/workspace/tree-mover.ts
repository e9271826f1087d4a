import { rmdirSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ok, type Result } from '../../core/failure.js';
import type { BlobId, CommitId } from '../../core/ids.js';
import type { ObjectReader, TreeFile } from '../../app/ports/repository.js';
import type { Owner } from '../../app/ports/workspaces.js';
import { git } from '../git/command.js';
import type { GitPlaces } from '../git/places.js';
import { hasCode, lstatIfThere, makeFolder } from './files.js';
import type { StatCache } from './stat-cache.js';
import { writeFiles } from './tree-writer.js';

export interface TreeMove {
  /** Paths that go. */
  readonly gone: readonly { readonly path: string; readonly mode: string }[];
  /** Files that come, or take another's place. */
  readonly come: readonly TreeFile[];
}

/** What is to be done to a tree that holds exactly one commit, to make it hold another. */
export async function moveBetween(places: GitPlaces, from: CommitId, to: CommitId): Promise<Result<TreeMove>> {
  if (from === to) return ok({ gone: [], come: [] });
  const end = await git(places, ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--full-index', from, to], {
    env: places.runnerEnv,
    cwd: places.runnerDir,
  });
  if (!end.ok) return end;
  const parts = end.value.stdout.toString('utf8').split('\0');
  const gone: TreeMove['gone'][number][] = [];
  const come: TreeFile[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [oldMode = '', newMode = '', , blob = ''] = (parts[index] ?? '').slice(1).split(' ');
    const path = parts[index + 1] ?? '';
    if (oldMode !== '000000') gone.push({ path, mode: oldMode });
    if (newMode !== '000000')
      come.push({ path, mode: (newMode === '100664' ? '100644' : newMode) as TreeFile['mode'], blob: blob as BlobId });
  }
  return ok({ gone, come });
}

/** Does it. The tree must be one that nobody else could write to since it was made to hold the first commit. */
export async function applyMove(
  dir: string,
  { gone, come }: TreeMove,
  owner: Owner,
  cache: StatCache,
  reader: ObjectReader,
): Promise<void> {
  for (const { path, mode } of gone) {
    cache.forget(path);
    if (mode === '160000') rmdirSync(join(dir, path));
    else unlinkSync(join(dir, path));
    removeEmptyFolders(dir, dirname(path));
  }
  for (const { path, mode } of come) makeFolders(dir, mode === '160000' ? path : dirname(path), owner);
  await writeFiles(dir, come, owner, cache, reader);
}

function removeEmptyFolders(dir: string, folder: string): void {
  try {
    for (let above = folder; above !== '.'; above = dirname(above)) rmdirSync(join(dir, above));
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
  }
}

function makeFolders(dir: string, folder: string, owner: Owner): void {
  if (folder === '.' || lstatIfThere(join(dir, folder)) !== null) return;
  makeFolders(dir, dirname(folder), owner);
  makeFolder(join(dir, folder), owner);
}
