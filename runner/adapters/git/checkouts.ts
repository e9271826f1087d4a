import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Checkout, Checkouts } from '../../app/ports/checkouts.js';
import { fail, ok, type Result } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import { hasCode } from '../workspace/files.js';
import { git, type GitEnd } from './command.js';
import type { GitPlaces } from './places.js';
import type { RefSession } from './ref-session.js';
import { readIfThere } from './small-files.js';

interface WorkTree {
  readonly gitDir: string;
  readonly dir: string;
}

/** The work trees of a repository, as git itself keeps account of them. */
export class GitCheckouts implements Checkouts {
  constructor(
    private readonly places: GitPlaces,
    private readonly refs: RefSession,
    /** Whether the project lets a work tree go along with its branch. */
    private readonly mayGo: boolean,
  ) {}

  async holding(ref: string): Promise<Checkout | null> {
    const tree = this.#holder(ref);
    if (tree === null) return null;
    if (!this.mayGo || !isOn(tree, ref)) return { dir: tree.dir, may: 'stay' };
    return { dir: tree.dir, may: (await this.#isClean(tree)) ? 'go' : 'dirty' };
  }

  async move(ref: string, from: CommitId, to: CommitId): Promise<Result<boolean>> {
    const tree = this.#holder(ref);
    if (tree === null) return this.refs.move(ref, from, to);
    if (!this.mayGo || !isOn(tree, ref)) return stays(tree, ref, 'it is not to be touched');
    // The tree first: what a runner leaves that dies in between is a tree with the result staged, and not one that would take it back.
    if (!(await this.#isAt(tree, to))) {
      if (!(await this.#isClean(tree))) return stays(tree, ref, 'something in it is not committed');
      if (!(await this.#bring(tree, from, to)))
        return (await this.#isStill(tree, ref, from)) ? stays(tree, ref, 'a file there is in the way') : ok(false);
    }
    const moved = await this.refs.move(ref, from, to);
    if (!moved.ok || !moved.value) await this.#bring(tree, to, from);
    return moved;
  }

  #holder(ref: string): WorkTree | null {
    const { projectDir, top } = this.places;
    const trees = [{ gitDir: projectDir, dir: top }, ...linkedTrees(join(projectDir, 'worktrees'))];
    return trees.find(({ gitDir }) => holds(gitDir, ref)) ?? null;
  }

  /** Whether nothing of what is tracked was changed. Files that are not tracked are in nobody's way unless they are, which git then says. */
  async #isClean(tree: WorkTree): Promise<boolean> {
    const end = await this.#run(tree, ['status', '--porcelain', '-z', '--untracked-files=no']);
    return end.ok && end.value.exitCode === 0 && end.value.stdout.length === 0;
  }

  /** Whether index and files are as a commit has them. */
  async #isAt(tree: WorkTree, commit: CommitId): Promise<boolean> {
    const index = await this.#run(tree, ['diff-index', '--cached', '--quiet', commit]);
    if (!index.ok || index.value.exitCode !== 0) return false;
    const files = await this.#run(tree, ['diff-files', '--quiet']);
    return files.ok && files.value.exitCode === 0;
  }

  /** All or nothing: git refuses where a file would be lost. */
  async #bring(tree: WorkTree, from: CommitId, to: CommitId): Promise<boolean> {
    const end = await this.#run(tree, ['read-tree', '-m', '-u', from, to]);
    return end.ok && end.value.exitCode === 0;
  }

  async #isStill(tree: WorkTree, ref: string, at: CommitId): Promise<boolean> {
    const end = await this.#run(tree, ['rev-parse', '--verify', '--quiet', '--end-of-options', ref]);
    return end.ok && end.value.stdout.toString('utf8').trim() === at;
  }

  #run({ gitDir, dir }: WorkTree, args: readonly string[]): Promise<Result<GitEnd>> {
    const { projectEnv, projectDir } = this.places;
    const env = { ...projectEnv, GIT_DIR: gitDir, GIT_WORK_TREE: dir, GIT_COMMON_DIR: projectDir };
    return git(this.places, args, { env, cwd: dir, expected: [0, 1, 128] });
  }
}

const stays = ({ dir }: WorkTree, ref: string, why: string): Result<never> =>
  fail({
    class: 'state-conflict',
    what: `${ref.replace('refs/heads/', '')} is checked out in ${dir}, which cannot go along: ${why}`,
    hint: 'Commit or move away what is in the way there, or merge the result there by hand. It is tried again by itself.',
  });

function linkedTrees(folder: string): readonly WorkTree[] {
  let names: readonly string[] = [];
  try {
    names = readdirSync(folder);
  } catch (error) {
    // A repository that never had another work tree.
    if (!hasCode(error, 'ENOENT')) throw error;
  }
  return names.map((name) => {
    const gitDir = join(folder, name);
    const file = readIfThere(join(gitDir, 'gitdir'))?.trim() ?? '';
    return { gitDir, dir: file === '' ? gitDir : dirname(file) };
  });
}

const textOf = (gitDir: string, name: string): string => (readIfThere(join(gitDir, name)) ?? '').trim();

/** Whether a branch is what is checked out there, and nothing is under way with it. */
const isOn = ({ gitDir }: WorkTree, ref: string): boolean =>
  textOf(gitDir, 'HEAD') === `ref: ${ref}` &&
  ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'BISECT_START'].every((name) => textOf(gitDir, name) === '');

/** Git itself refuses to move a branch in each of these states. */
function holds(gitDir: string, ref: string): boolean {
  const short = ref.replace(/^refs\/heads\//, '');
  return (
    textOf(gitDir, 'HEAD') === `ref: ${ref}` ||
    ['rebase-merge/head-name', 'rebase-apply/head-name'].some((name) => textOf(gitDir, name) === ref) ||
    [ref, short].includes(textOf(gitDir, 'BISECT_START'))
  );
}
