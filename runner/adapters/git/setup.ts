import { closeSync, constants, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, readFile, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../core/failure.js';
import type { Setup } from '../../app/ports/setup.js';
import type { CommitId } from '../../core/ids.js';
import type { Clock } from '../../app/ports/machine.js';
import type { Person } from '../../app/ports/ops.js';
import { surveyOf } from '../survey.js';
import { hasCode, lstatIfThere } from '../workspace/files.js';
import { git } from './command.js';
import type { FastImport } from './fast-import.js';
import type { CatFile } from './object-reader.js';
import { excludeFromStatus } from './open.js';
import { recordFollowed, treeAt } from './peoples-tree.js';
import type { GitPlaces } from './places.js';
import { porcelain } from './porcelain.js';
import { moveRef } from './refs.js';
import { readIfThere } from './small-files.js';

export const ANCHOR = 'pushpals.branch';

/** What `init` needs of the repository. `programDir` holds the program's own `ops-template/` and `policy/`. */
export function gitSetup(
  places: GitPlaces,
  reader: CatFile,
  writer: FastImport,
  clock: Clock,
  operator: () => Promise<Person>,
  programDir: string,
): Setup {
  const inProject = { env: places.projectEnv, cwd: places.top };
  return {
    survey: async () => surveyOf(places.top, await remoteUrl(places)),
    present: async (branch, worktree, files) => {
      const there = await Promise.all(files.map((path) => isThere(join(places.top, path))));
      return {
        branch: (await reader.resolve(`refs/heads/${branch}`)) !== null,
        worktree: await isThere(join(places.top, worktree, '.git')),
        files: new Set(files.filter((_, index) => there[index])),
      };
    },
    template: async () => {
      const root = join(programDir, 'ops-template');
      const names = await readdir(root, { recursive: true, withFileTypes: true });
      return Promise.all(
        names
          .filter((entry) => entry.isFile())
          .map(async (entry) => ({
            path: join(entry.parentPath, entry.name).slice(root.length + 1),
            content: await readFile(join(entry.parentPath, entry.name)),
          })),
      );
    },
    shipped: (path) => readFile(join(programDir, path)),
    write: (path, content) => {
      const place = join(places.top, path);
      mkdirSync(dirname(place), { recursive: true });
      try {
        writeFileSync(place, content, { flag: 'wx' });
        return Promise.resolve(true);
      } catch (error) {
        if (hasCode(error, 'EEXIST')) return Promise.resolve(false);
        throw error;
      }
    },
    replace: (path, before, content) => {
      const place = join(places.top, path);
      if (lstatIfThere(place)?.isFile() !== true || readFileSync(place, 'utf8') !== before)
        return Promise.resolve(false);
      const file = openSync(place, constants.O_WRONLY | constants.O_TRUNC | constants.O_NOFOLLOW);
      try {
        writeFileSync(file, content);
      } finally {
        closeSync(file);
      }
      return Promise.resolve(true);
    },
    makeOps: async (branch, worktree, files) => {
      const ref = `refs/heads/${branch}`;
      excludeFromStatus(places, ['.pushpals', worktree]);
      let tip = await reader.resolve(ref);
      const before = tip;
      if (tip === null) {
        // Another machine made it already: there is one for all that share the remote.
        const shared = await sharedOps(reader, branch);
        if (shared !== null) {
          const moved = await moveRef(places, ref, null, shared);
          if (!moved.ok) return moved;
          tip = await reader.resolve(ref);
        }
      }
      if (tip === null) {
        const author = await operator();
        const made = await writer.commit(null, [
          {
            message: `Make the ${branch} branch\n\nPushPals-Event: init\n`,
            author,
            committer: author,
            at: clock.now(),
            changes: files.map(({ path, content }) => ({ path, mode: '100644', content })),
          },
        ]);
        if (!made.ok) return made;
        const moved = await moveRef(places, ref, null, made.value);
        if (!moved.ok) return moved;
        // Where another `init` was faster, its branch counts.
        tip = moved.value ? made.value : ((await reader.resolve(ref)) ?? made.value);
      }
      const tree = await addWorktree(places, branch, worktree, tip);
      return tree.ok ? ok({ branch: before === null ? 'made' : 'there', worktree: tree.value }) : tree;
    },
    schemas: () =>
      cp(join(programDir, 'schemas'), join(places.stateDir, 'schemas'), {
        recursive: true,
        filter: (path) => !path.endsWith('.md'),
      }),
    remember: async (branch) => {
      const end = await porcelain(places, ['config', '--local', ANCHOR, branch], inProject);
      if (!end.ok) throw new Error(`git config failed: ${JSON.stringify(end.failure)}`);
    },
    currentBranch: () => currentBranch(places),
  };
}

export async function currentBranch(places: GitPlaces): Promise<string | null> {
  const end = await git(places, ['symbolic-ref', '--quiet', '--short', 'HEAD'], {
    env: { ...places.projectEnv, GIT_DIR: join(places.top, '.git') },
    cwd: places.top,
    expected: [0, 1, 128],
  });
  const name = end.ok ? end.value.stdout.toString('utf8').trim() : '';
  return name === '' ? null : name;
}

/** The ops branch of `origin`, as it was last fetched; null where there is none, or it is something else that is called so. */
async function sharedOps(reader: CatFile, branch: string): Promise<CommitId | null> {
  const tip = await reader.resolve(`refs/remotes/origin/${branch}`);
  const folders =
    tip === null ? [] : await Promise.all(['inbox', 'evidence'].map((folder) => reader.tree(tip, folder)));
  return folders.length === 0 || folders.includes(null) ? null : tip;
}

async function remoteUrl(places: GitPlaces): Promise<string | null> {
  const end = await git(places, ['config', '--local', 'remote.origin.url'], {
    env: places.projectEnv,
    cwd: places.runnerDir,
    expected: [0, 1, 128],
  });
  const url = end.ok && end.value.exitCode === 0 ? end.value.stdout.toString('utf8').trim() : '';
  return url === '' ? null : url;
}

/** Branches that may hold the project, the most trusted first. */
export async function anchors(places: GitPlaces): Promise<readonly string[]> {
  const read = async (args: readonly string[]): Promise<string> => {
    const end = await git(places, args, { env: places.projectEnv, cwd: places.runnerDir, expected: [0, 1, 128] });
    return end.ok && end.value.exitCode === 0 ? end.value.stdout.toString('utf8').trim() : '';
  };
  const remembered = await read(['config', '--local', ANCHOR]);
  if (remembered !== '') return [remembered];
  const remote = (await read(['symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD'])).replace(
    /^refs\/remotes\/origin\//,
    '',
  );
  return [...new Set([remote, 'main', 'master'].filter((name) => name !== ''))];
}

/** Who works at this machine, by git's own settings (system and global ones too: they are the person's). */
export async function operatorOf(places: GitPlaces, env: Readonly<Record<string, string>>): Promise<Person> {
  const end = await git({ git: places.git, config: [] }, ['config', '-z', '--get-regexp', '^user\\.(name|email)$'], {
    env: { ...env, GIT_DIR: places.projectDir },
    cwd: places.top,
    expected: [0, 1, 128],
  });
  // Of several values the last one counts, as for git.
  const settings = new Map(
    (end.ok ? end.value.stdout.toString('utf8').split('\0') : []).map((entry): [string, string] => {
      const [key = '', ...value] = entry.split('\n');
      return [key, value.join('\n').trim()];
    }),
  );
  const somebody = env['USER'] ?? 'somebody';
  return { name: settings.get('user.name') || somebody, email: settings.get('user.email') || `${somebody}@localhost` };
}

/**
 * The one use of porcelain: `git worktree add` on the runner's own branch, into a folder that is not there yet. The files are put there by
 * `read-tree`, from the commit that is meant: `worktree add` would look its name up, and a tag may have the same.
 */
async function addWorktree(
  places: GitPlaces,
  branch: string,
  worktree: string,
  tip: CommitId,
): Promise<Result<'made' | 'there'>> {
  const dir = join(places.top, worktree);
  const hint = 'Move it away, or name another folder as `ops: { worktree: … }` in pushpals.yml.';
  if (await isThere(join(dir, '.git'))) {
    const tree = treeAt(places, dir);
    if (tree !== null && readIfThere(join(tree.gitDir, 'HEAD')) === `ref: refs/heads/${branch}\n`) return ok('there');
    return fail({
      class: 'state-conflict',
      what: `the folder ${worktree}/ is a work tree of something else than the ${branch} branch`,
      hint,
    });
  }
  if ((await isThere(dir)) && (await readdir(dir)).length > 0) {
    return fail({
      class: 'state-conflict',
      what: `the folder ${worktree}/ is there and is not a work tree of ${branch}`,
      hint,
    });
  }
  const pruned = await porcelain(places, ['worktree', 'prune'], { env: places.projectEnv, cwd: places.top });
  if (!pruned.ok) return pruned;
  const added = await porcelain(places, ['worktree', 'add', '--quiet', '--no-checkout', '--', dir, branch], {
    env: places.projectEnv,
    cwd: places.top,
  });
  if (!added.ok) return added;
  const tree = treeAt(places, dir);
  if (tree === null) throw new Error(`git made no work tree in ${dir}`);
  const filled = await tree.run(['read-tree', '--reset', '-u', tip]);
  if (!filled.ok) return filled;
  recordFollowed(tree, tip);
  return ok('made');
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}
