import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import type { Examination } from '../../app/ports/examination.js';
import { instant, type Instant } from '../../core/ids.js';
import type { LockFile } from '../../core/locks.js';
import { hasCode, lstatIfThere, namesIn } from '../workspace/files.js';
import { git } from './command.js';
import { followedFile, treeAt } from './peoples-tree.js';
import { CONFIG, type GitPlaces } from './places.js';
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
      const reached = await quietly(places, ['ls-remote', '--heads', '--', name, 'refs/heads/pushpals-doctor'], env);
      if (reached !== null) return `it cannot be reached: ${reached}`;
      // Full ref names and no hooks; with --dry-run nothing is sent.
      const refspec = `${commit}:refs/heads/pushpals-doctor`;
      const pushed = await quietly(places, ['push', '--dry-run', '--no-verify', '--quiet', '--', name, refspec], env);
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

/** Runs git against a remote as the person would, but without prompts; null, or the last thing that it said. */
function quietly(
  places: GitPlaces,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string | null> {
  const quiet = {
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes -o ConnectTimeout=5',
    ...env,
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: 'true',
    SSH_ASKPASS_REQUIRE: 'never',
    LC_ALL: 'C',
  };
  return new Promise((resolve) => {
    execFile(
      places.git,
      [...CONFIG, ...args],
      { cwd: places.top, env: quiet, timeout: REMOTE_MS, encoding: 'utf8' },
      (error, _stdout, stderr) => {
        if (error === null) resolve(null);
        else if (error.killed === true) resolve(`no answer within ${String(REMOTE_MS / 1000)} s`);
        else resolve(complaint(stderr) ?? 'git failed without saying why');
      },
    );
  });
}

/** The line of git's or ssh's that says what is wrong, the first if none stands out. */
function complaint(stderr: string): string | undefined {
  const lines = stderr.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.find((line) => /^(fatal|error|ssh):|denied|not found/i.test(line)) ?? lines[0];
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
