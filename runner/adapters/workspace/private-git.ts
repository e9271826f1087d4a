import { lchownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommitId } from '../../core/ids.js';
import { ok, type Result } from '../../core/failure.js';
import type { Owner } from '../../app/ports/workspaces.js';
import type { GitPlaces } from '../git/places.js';
import { readIfThere } from '../git/small-files.js';
import type { CommitIndex } from './commit-index.js';
import { lstatIfThere, openUp } from './files.js';
import { listFolder } from './listing.js';
import { emptyFolder, removeTree } from './remove-tree.js';

/** Where an isolating sandbox shows the private git directory and the object stores. */
export const MOUNTED_GIT = '/git';
export const mountedObjects = (index: number): string => `/objects/${String(index)}`;

/**
 * Makes the git directory that a step sees as its own: a branch `work` at the commit, an index in step with the files, and the
 * project's objects borrowed read-only. The host writes it and never reads it back. The folder itself stays, because a sandbox
 * that is open shows it.
 */
export async function makePrivateGit(
  places: GitPlaces,
  index: CommitIndex,
  gitDir: string,
  commit: CommitId,
  owner: Owner,
  mounted: boolean,
): Promise<Result<null>> {
  if (lstatIfThere(gitDir)?.isDirectory() !== true) {
    removeTree(gitDir);
    mkdirSync(gitDir);
  }
  openUp(gitDir);
  emptyFolder(gitDir);
  for (const folder of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags', 'info'])
    mkdirSync(join(gitDir, folder), { recursive: true });
  const write = (path: string, content: string): void => {
    writeFileSync(join(gitDir, path), content, { flag: 'wx' });
  };
  write('HEAD', 'ref: refs/heads/work\n');
  write('refs/heads/work', `${commit}\n`);
  const format =
    places.objectFormat === 'sha1'
      ? '[core]\n\trepositoryformatversion = 0'
      : '[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = sha256\n[core]';
  write(
    'config',
    `${format}\n\tbare = false\n\tfilemode = true\n[user]\n\tname = PushPals agent\n\temail = agent@pushpals.invalid\n[gc]\n\tauto = 0\n`,
  );
  write(
    'objects/info/alternates',
    `${places.objectDirs.map((dir, index) => (mounted ? mountedObjects(index) : quotedAlternate(dir))).join('\n')}\n`,
  );
  const shallow = places.runnerEnv['GIT_SHALLOW_FILE'];
  if (shallow !== undefined) write('shallow', readIfThere(shallow) ?? '');
  const made = await index.of(commit);
  if (!made.ok) return made;
  writeFileSync(join(gitDir, 'index'), made.value, { flag: 'wx' });
  give(gitDir, owner);
  return ok(null);
}

/** A path that begins with a quote or a hash means something else there. */
const quotedAlternate = (path: string): string =>
  /^["#]|[\n"\\]/.test(path) ? `"${path.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"` : path;

function give(path: string, owner: Owner): void {
  lchownSync(path, owner.uid, owner.gid);
  for (const entry of listFolder(path).entries) {
    const place = join(path, entry.name);
    if (entry.isDirectory()) give(place, owner);
    else lchownSync(place, owner.uid, owner.gid);
  }
}
