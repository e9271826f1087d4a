import { closeSync, constants, ftruncateSync, openSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Result } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import { git, type GitEnd, type GitOptions } from './command.js';
import type { GitPlaces } from './places.js';
import { readIfThere } from './small-files.js';

/** The people's work tree of the ops branch. */
export interface PeoplesTree {
  readonly dir: string;
  /** Its own git directory, below the project's `worktrees/`. */
  readonly gitDir: string;
  run(args: readonly string[], options?: Pick<GitOptions, 'input' | 'begins'>): Promise<Result<GitEnd>>;
}

/** The work tree at a folder, if it is one of this repository's; null otherwise. */
export function treeAt(places: GitPlaces, worktree: string): PeoplesTree | null {
  const named = /^gitdir: (.+)\n?$/.exec(readIfThere(join(worktree, '.git')) ?? '')?.[1];
  if (named === undefined) return null;
  const gitDir = resolve(worktree, named);
  if (dirname(gitDir) !== join(places.projectDir, 'worktrees')) return null;
  // What is lost of an index and of checked-out files is made again from the commit; only those are worth waiting for the disk.
  const config = [...places.config, '-c', 'core.fsync=none'];
  const env = { ...places.projectEnv, GIT_DIR: gitDir, GIT_WORK_TREE: worktree, GIT_COMMON_DIR: places.projectDir };
  return {
    dir: worktree,
    gitDir,
    run: (args, options) => git({ ...places, config }, args, { ...options, env, cwd: worktree }),
  };
}

/** Where it is noted which commit the index was brought to: beside the index, so that it lives exactly as long. */
export const followedFile = (gitDir: string): string => join(gitDir, 'pushpals-followed');

/**
 * Notes which commit the index was brought to. In one write over what is there, so that a runner that dies here leaves the one or the other;
 * a new file in its place some file systems first write out, which takes longer than all else here.
 */
export function recordFollowed({ gitDir }: PeoplesTree, commit: CommitId): void {
  const fd = openSync(followedFile(gitDir), constants.O_WRONLY | constants.O_CREAT);
  try {
    ftruncateSync(fd, writeSync(fd, `${commit}\n`, 0));
  } finally {
    closeSync(fd);
  }
}
