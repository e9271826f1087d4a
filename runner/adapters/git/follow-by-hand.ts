import { rmdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CommitId } from '../../core/ids.js';
import { blobId, hasCode, lstatIfThere, readLink, readRegular } from '../workspace/files.js';
import type { FollowTurn } from './follow-lock.js';
import type { PeoplesTree } from './peoples-tree.js';
import { zeroId, type GitPlaces } from './places.js';

interface Moved {
  readonly path: string;
  readonly oldId: string;
  readonly newMode: string;
  readonly newId: string;
}

/** A file of the ops branch that is larger was not written by us: it counts as changed. */
const COMPARED_BYTES = 64 * 1024 * 1024;

/**
 * Follows path by path, where `read-tree` refuses: the index gets the new commit's entries, files that are as any commit since `base` had
 * them get the new contents, and files that a person changed, removed or put in the way stay as they are. Paths under a merge
 * that a person has not resolved are left alone altogether. So it does not matter how far somebody who died had come from `base` on. False: git
 * failed, such as on a locked index.
 */
export async function followByHand(
  places: GitPlaces,
  tree: PeoplesTree,
  base: CommitId,
  tip: CommitId,
  begins: FollowTurn['begins'],
): Promise<boolean> {
  const [raw, passed, staged, unmerged] = await Promise.all([
    list(tree, ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--full-index', base, tip]),
    passedBetween(tree, base, tip),
    list(tree, ['diff-index', '--cached', '-r', '-z', '--raw', '--no-renames', '--full-index', base]),
    list(tree, ['ls-files', '-z', '--unmerged']),
  ]);
  if (raw === null || passed === null || staged === null || unmerged === null) return false;
  const unresolved = new Set(unmerged.map((line) => line.slice(line.indexOf('\t') + 1)));
  const stagedIds = new Map(pairs(staged).map(({ path, newId }) => [path, newId]));
  const changed = pairs(raw);
  const versions = versionsIn([...changed, ...pairs(passed)]);
  const unmoved = await entriesAt(places, tree, tip, [...versions.keys()].filter(isNoneOf(changed)));
  if (unmoved === null) return false;
  const zero = zeroId(places);
  // Removals first: what they free may be where another path goes.
  const moved = [...changed, ...unmoved]
    .filter(({ path }) => !unresolved.has(path))
    .sort((a, b) => Number(b.newId === zero) - Number(a.newId === zero));

  const gone = new Set<string>();
  const writable: string[] = [];
  for (const { path, newId } of moved) {
    const isOurs = (id: string): boolean => id !== zero && versions.get(path)?.has(id) === true;
    const id = idOnDisk(places, tree.dir, path, gone);
    const stagedId = stagedIds.get(path);
    if (stagedId !== undefined && stagedId !== zero && !isOurs(stagedId) && stagedId !== id)
      await saveStaged(tree, path, stagedId);
    // As for `read-tree`: nothing at a path is nothing to lose.
    if (id !== null && !isOurs(id)) continue;
    if (newId === zero) gone.add(path);
    else writable.push(path);
  }

  const entries = moved.map(({ path, newMode, newId }) => `${newId === zero ? '0' : newMode} ${newId}\t${path}\0`);
  // Before the index forgets them: a file that it does not know would be a person's to whoever comes after a runner that died here.
  for (const path of gone) removeFile(tree.dir, path);
  const update = ['update-index', '-z', '--add', '--replace', '--index-info'];
  if (!(await tree.run(update, { input: entries.join(''), begins })).ok) return false;
  if (writable.length === 0) return true;
  const input = writable.map((path) => `${path}\0`).join('');
  return (await tree.run(['checkout-index', '-f', '-u', '-z', '--stdin'], { input, begins })).ok;
}

/** What each commit from one to another changed, on all lines of the history. */
async function passedBetween(tree: PeoplesTree, base: CommitId, tip: CommitId): Promise<readonly string[] | null> {
  const commits = await tree.run(['rev-list', `${base}..${tip}`]);
  if (!commits.ok) return null;
  const each = ['diff-tree', '--stdin', '-m', '-r', '-z', '--raw', '--no-commit-id', '--no-renames', '--full-index'];
  return list(tree, each, commits.value.stdout);
}

/** All that was at each path. */
function versionsIn(changes: readonly Moved[]): ReadonlyMap<string, ReadonlySet<string>> {
  const versions = new Map<string, Set<string>>();
  for (const { path, oldId, newId } of changes)
    versions.set(path, (versions.get(path) ?? new Set()).add(oldId).add(newId));
  return versions;
}

const isNoneOf = (changes: readonly Moved[]): ((path: string) => boolean) => {
  const paths = new Set(changes.map(({ path }) => path));
  return (path) => !paths.has(path);
};

/** How many paths go into one command line. */
const PATHS_AT_ONCE = 200;

/** What a commit has at some paths, as if they had been that before. Null: git failed. */
async function entriesAt(
  places: GitPlaces,
  tree: PeoplesTree,
  commit: CommitId,
  paths: readonly string[],
): Promise<readonly Moved[] | null> {
  const found = new Map<string, Moved>();
  for (let from = 0; from < paths.length; from += PATHS_AT_ONCE) {
    const some = paths.slice(from, from + PATHS_AT_ONCE);
    const lines = await list(tree, ['--literal-pathspecs', 'ls-tree', '-z', '--full-tree', commit, '--', ...some]);
    if (lines === null) return null;
    for (const line of lines) {
      const [newMode = '', , newId = ''] = line.split('\t', 1)[0]?.split(' ') ?? [];
      const path = line.slice(line.indexOf('\t') + 1);
      if (newMode !== '040000') found.set(path, { path, oldId: newId, newMode, newId });
    }
  }
  const none = zeroId(places);
  return paths.map((path) => found.get(path) ?? { path, oldId: none, newMode: '0', newId: none });
}

async function list(
  tree: PeoplesTree,
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<readonly string[] | null> {
  const end = await tree.run(args, { input });
  return end.ok
    ? end.value.stdout
        .toString('utf8')
        .split('\0')
        .filter((part) => part !== '')
    : null;
}

/** `:oldmode newmode oldid newid status`, then the path. */
function pairs(raw: readonly string[]): readonly Moved[] {
  const moved: Moved[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [, newMode = '', oldId = '', newId = ''] = (raw[index] ?? '').split(' ');
    moved.push({ path: raw[index + 1] ?? '', oldId, newMode, newId });
  }
  return moved;
}

/** The blob id of what lies at a path; null for nothing; `other` for a folder, a place below something that is no folder, and the like. */
function idOnDisk({ objectFormat }: GitPlaces, dir: string, path: string, gone: ReadonlySet<string>): string | null {
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    const above = path.slice(0, slash);
    const stat = lstatIfThere(join(dir, above));
    if (stat === null || gone.has(above)) return null;
    if (!stat.isDirectory()) return 'other';
  }
  const place = join(dir, path);
  const stat = lstatIfThere(place);
  if (stat === null) return null;
  const content = stat.isSymbolicLink() ? readLink(place) : readRegular(place, COMPARED_BYTES);
  return content === null ? 'other' : blobId(content, objectFormat);
}

function removeFile(dir: string, path: string): void {
  const place = join(dir, path);
  if (lstatIfThere(place) === null) return;
  unlinkSync(place);
  try {
    for (let above = dirname(path); above !== '.'; above = dirname(above)) rmdirSync(join(dir, above));
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) throw error;
  }
}

/** What a person staged and has not on disk is put beside the file, so that nothing of theirs is only in an index entry that goes. */
async function saveStaged(tree: PeoplesTree, path: string, id: string): Promise<void> {
  const end = await tree.run(['cat-file', 'blob', id]);
  if (!end.ok) return;
  const beside = lstatIfThere(join(tree.dir, dirname(path)))?.isDirectory() === true ? path : path.replaceAll('/', '-');
  for (let count = 1; ; count += 1) {
    try {
      writeFileSync(join(tree.dir, `${beside}.${count === 1 ? '' : String(count)}staged`), end.value.stdout, {
        flag: 'wx',
      });
      return;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  }
}
