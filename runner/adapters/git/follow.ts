import { access, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { CommitId } from '../../core/ids.js';
import type { Result } from '../../core/failure.js';
import { git, type GitEnd } from './command.js';
import type { GitPlaces } from './places.js';

/** Where the work tree's index was last brought to; a ref of that work tree alone. */
const FOLLOWED = 'refs/worktree/pushpals-followed';

/**
 * Brings the people's work tree of the ops branch to the branch's new tip, keeping whatever they have not committed. Paths that they
 * changed stay as they have them, and show as changes against the new tip. False: it could not follow now (a merge is under way,
 * the index is locked); the next call starts from where the index really is.
 */
export async function follow(places: GitPlaces, worktree: string, ref: string, from: CommitId | null, to: CommitId): Promise<boolean> {
  const gitDir = await gitDirOf(places, worktree);
  if (gitDir === null) return true;
  const run = (args: readonly string[], input?: string, expected: readonly number[] = [0, 1, 128]): Promise<Result<GitEnd>> =>
    git(places, args, {
      env: { ...places.projectEnv, GIT_DIR: gitDir, GIT_WORK_TREE: worktree, GIT_COMMON_DIR: places.projectDir },
      cwd: worktree,
      expected,
      ...(input === undefined ? {} : { input }),
    });
  const succeeded = (end: Result<GitEnd>): boolean => end.ok && end.value.exitCode === 0;
  const text = (end: Result<GitEnd>): string => (end.ok && end.value.exitCode === 0 ? end.value.stdout.toString('utf8') : '');

  const head = text(await run(['symbolic-ref', '--quiet', 'HEAD'])).trim();
  if (head !== ref) return true; // somebody checked something else out there: it is theirs
  const old = text(await run(['rev-parse', '--verify', '--quiet', FOLLOWED])).trim() || from;
  if (old === null) return true;
  await run(['update-index', '-q', '--refresh']);
  const readTree = ['read-tree', '-m', '-u', old, to];
  let done = succeeded(await run(readTree));
  if (!done) {
    const inTheWay = await changedByPeople(run, worktree, old, to);
    if (inTheWay === null) return false;
    const entries = await entriesAt(run, to, inTheWay);
    const zero = '0'.repeat(places.objectFormat === 'sha1' ? 40 : 64);
    const lines = inTheWay.map((path) => `${entries.get(path) ?? `0 ${zero}`}\t${path}\0`);
    done = succeeded(await run(['update-index', '-z', '--index-info'], lines.join(''))) && succeeded(await run(readTree));
  }
  if (done) await run(['update-ref', FOLLOWED, to]);
  return done;
}

type Run = (args: readonly string[], input?: string, expected?: readonly number[]) => Promise<Result<GitEnd>>;

/** Of the paths that differ between two commits, those that the index or the work tree has otherwise than the old one. */
async function changedByPeople(run: Run, worktree: string, old: string, to: string): Promise<readonly string[] | null> {
  const lists = await Promise.all([
    run(['diff-tree', '-r', '-z', '--name-only', '--no-renames', old, to]),
    run(['diff-files', '-z', '--name-only']),
    run(['diff-index', '--cached', '-z', '--name-only', '--no-renames', old]),
    run(['ls-files', '-z', '--unmerged']),
    run(['ls-files', '-z']),
  ]);
  const names = lists.map((end) => (end.ok && end.value.exitCode === 0 ? end.value.stdout.toString('utf8').split('\0').filter(Boolean) : null));
  const [moved, dirty, staged, unmerged, tracked] = names;
  if (moved == null || dirty == null || staged == null || unmerged == null || tracked == null || unmerged.length > 0) return null;
  const changed = new Set([...dirty, ...staged]);
  const known = new Set(tracked);
  const found: string[] = [];
  for (const path of moved) {
    if (changed.has(path) || (!known.has(path) && (await exists(join(worktree, path))))) found.push(path);
  }
  return found;
}

async function entriesAt(run: Run, commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map();
  const end = await run(['ls-tree', '-r', '-z', '--full-tree', commit]);
  const wanted = new Set(paths);
  const lines = end.ok ? end.value.stdout.toString('utf8').split('\0').filter(Boolean) : [];
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [meta = '', path = ''] = line.split('\t');
      const [mode = '', , id = ''] = meta.split(' ');
      return wanted.has(path) ? [[path, `${mode} ${id}`]] : [];
    }),
  );
}

/** The git directory of the work tree, if it is one of this repository's. */
async function gitDirOf(places: GitPlaces, worktree: string): Promise<string | null> {
  const file = await readIfThere(join(worktree, '.git'));
  const named = file === null ? null : /^gitdir: (.+)\n?$/.exec(file)?.[1];
  if (named == null) return null;
  const found = resolve(worktree, named);
  return dirname(found) === join(places.projectDir, 'worktrees') ? found : null;
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) return null;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}

const isCode = (error: unknown, ...codes: readonly string[]): boolean => error instanceof Error && 'code' in error && codes.includes(String(error.code));
