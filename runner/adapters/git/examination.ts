import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import type { Examination } from '../../app/ports/examination.js';
import { instant, type Instant } from '../../core/ids.js';
import type { LockFile } from '../../core/locks.js';
import { hasCode, lstatIfThere, namesIn } from '../workspace/files.js';
import { git } from './command.js';
import { followedFile, treeAt } from './peoples-tree.js';
import { asPerson } from './person-git.js';
import type { GitPlaces } from './places.js';
import { readIfThere } from './small-files.js';

const REMOTE_MS = 10_000;

/** `env` is the person's own environment, without which their remote may not let them in. */
export function gitExamination(
  places: GitPlaces,
  env: Readonly<Record<string, string>>,
  nowMs: () => number,
): Examination {
  const inProject = { env: places.projectEnv, cwd: places.top };
  return {
    gitVersion: async () => {
      const end = await git({ git: places.git, config: [] }, ['version'], inProject);
      return end.ok ? (/\d+(\.\d+)+/.exec(end.value.stdout.toString('utf8'))?.[0] ?? null) : null;
    },
    locks: () => Promise.resolve(lockFiles(places, nowMs())),
    opsTree: (branch, worktree, tip) => {
      const dir = join(places.top, worktree);
      const tree = treeAt(places, dir);
      if (tree === null) return Promise.resolve(lstatIfThere(dir) === null ? 'missing' : 'elsewhere');
      if (readIfThere(join(tree.gitDir, 'HEAD')) !== `ref: refs/heads/${branch}\n`) return Promise.resolve('elsewhere');
      return Promise.resolve(readIfThere(followedFile(tree.gitDir))?.trim() === tip ? 'in-step' : 'behind');
    },
    unwritable: () => {
      for (const folder of [join(places.projectDir, 'refs', 'heads'), places.objectDirs[0] ?? places.projectDir]) {
        try {
          accessSync(folder, constants.W_OK);
        } catch (error) {
          if (!hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOENT')) throw error;
          return Promise.resolve(`${relative(places.top, folder)} cannot be written`);
        }
      }
      return Promise.resolve(null);
    },
    hasProgram: (name) =>
      (places.runnerEnv['PATH'] ?? '')
        .split(delimiter)
        .some((folder) => folder !== '' && existsSync(join(folder, name))),
    remoteNames: async () => {
      const end = await git(places, ['remote'], inProject);
      return end.ok
        ? end.value.stdout
            .toString('utf8')
            .split('\n')
            .filter((name) => name !== '')
        : [];
    },
    remoteProblem: async (name, commit) => {
      const words = ['ls-remote', '--heads', '--', name, 'refs/heads/pushpals-doctor'];
      const reached = (await asPerson(places, words, env, REMOTE_MS)).complaint;
      if (reached !== null) return `it cannot be reached: ${reached}`;
      // Full ref names and no hooks; with --dry-run nothing is sent.
      const refspec = `${commit}:refs/heads/pushpals-doctor`;
      const push = ['push', '--dry-run', '--no-verify', '--quiet', '--', name, refspec];
      const pushed = (await asPerson(places, push, env, REMOTE_MS)).complaint;
      return pushed === null ? null : `it cannot be written: ${pushed}`;
    },
    newestCommit: async (refs) => {
      const end = await git(places, ['for-each-ref', '--format=%(committerdate:unix)', '--', ...refs], inProject);
      if (!end.ok) return null;
      const seconds = end.value.stdout
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map(Number);
      return seconds.length === 0 ? null : (instant(Math.max(...seconds) * 1000) satisfies Instant);
    },
  };
}

/** Locks on the index, on HEAD, on settings and on packed refs, of the repository and of each of its work trees. */
function lockFiles({ projectDir, top }: GitPlaces, nowMs: number): readonly LockFile[] {
  const folders = [
    projectDir,
    join(projectDir, 'refs', 'heads'),
    ...namesIn(join(projectDir, 'worktrees')).map((name) => join(projectDir, 'worktrees', name)),
  ];
  return folders.flatMap((folder) =>
    namesIn(folder).flatMap((name): LockFile[] => {
      const stat = name.endsWith('.lock') ? lstatIfThere(join(folder, name)) : null;
      return stat === null ? [] : [{ path: relative(top, join(folder, name)), ageMs: nowMs - stat.mtimeMs }];
    }),
  );
}
