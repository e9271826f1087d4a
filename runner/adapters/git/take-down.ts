import { join } from 'node:path';
import { fail, ok, type Result } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import type { TakeDown } from '../../app/ports/setup.js';
import { lstatIfThere } from '../workspace/files.js';
import { removeTree } from '../workspace/remove-tree.js';
import { cloneFolder } from './clone-id.js';
import { git } from './command.js';
import { includeInStatus, isExcluded } from './open.js';
import { treeAt } from './peoples-tree.js';
import type { GitPlaces } from './places.js';
import { porcelain } from './porcelain.js';
import { moveRef } from './refs.js';
import { ANCHOR } from './setup.js';
import { readIfThere } from './small-files.js';

const STATE = '.pushpals';

/** What `uninit` needs of the repository. */
export function gitTakeDown(places: GitPlaces): TakeDown {
  const inProject = { env: places.projectEnv, cwd: places.top };
  const refs = async (prefix: string): Promise<Result<readonly { ref: string; commit: CommitId }[]>> => {
    const end = await git(places, ['for-each-ref', '--format=%(refname)%00%(objectname)', '--', prefix], inProject);
    if (!end.ok) return end;
    const lines = end.value.stdout
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '');
    return ok(
      lines.map((line) => {
        const [ref = '', commit = ''] = line.split('\0');
        return { ref, commit: commit as CommitId };
      }),
    );
  };
  return {
    look: async (branch, worktree) => {
      const dir = join(places.top, worktree);
      const tree = treeAt(places, dir);
      if (tree !== null && readIfThere(join(tree.gitDir, 'HEAD')) !== `ref: refs/heads/${branch}\n`) {
        return fail({
          class: 'state-conflict',
          what: `the folder ${worktree}/ is a work tree of something else than the ${branch} branch`,
          hint: 'Check the ops branch out there again, or remove the work tree yourself with `git worktree remove`.',
        });
      }
      const status =
        tree === null
          ? ok(null)
          : await tree.run(['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all']);
      if (!status.ok) return status;
      const snapshots = await refs('refs/pushpals/');
      if (!snapshots.ok) return snapshots;
      const shipped = await refs('refs/heads/pushpals/');
      if (!shipped.ok) return shipped;
      const anchor = await git(places, ['config', '--local', ANCHOR], { ...inProject, expected: [0, 1, 128] });
      return ok({
        worktree: tree !== null,
        uncommitted: (status.value?.stdout.toString('utf8') ?? '').split('\0').flatMap((line) => line.slice(3) || []),
        stateDir: lstatIfThere(places.stateDir) !== null,
        snapshots: snapshots.value.map(({ ref }) => ref),
        settings:
          (anchor.ok && anchor.value.exitCode === 0) || [STATE, worktree].some((path) => isExcluded(places, path)),
        shipped: shipped.value.map(({ ref }) => ref.slice('refs/heads/'.length)),
      });
    },
    remove: async (worktree, { worktree: isThere, snapshots, settings }, force) => {
      if (isThere) {
        const words = ['worktree', 'remove', ...(force ? ['--force'] : []), '--', join(places.top, worktree)];
        const removed = await porcelain(places, words, inProject);
        if (!removed.ok) return removed;
      }
      const there = await refs('refs/pushpals/');
      if (!there.ok) return there;
      for (const { ref, commit } of there.value) {
        if (!snapshots.includes(ref)) continue;
        const gone = await moveRef(places, ref, commit, null);
        if (!gone.ok) return gone;
      }
      if (settings) {
        const unset = await git(places, ['config', '--local', '--unset-all', ANCHOR], {
          ...inProject,
          expected: [0, 5],
        });
        if (!unset.ok) return unset;
        includeInStatus(places, [STATE, worktree]);
      }
      removeTree(places.stateDir);
      removeTree(cloneFolder(places));
      return ok(null);
    },
  };
}
