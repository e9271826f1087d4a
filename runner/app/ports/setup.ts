/** Putting PushPals on a repository, and taking it off again. */
import type { Survey } from '../../core/detect/survey.js';
import type { Result } from '../../core/failure.js';

/** What `init` writes. */
export interface Setup {
  /** What lies at the top of the work tree, as far as it tells what the project is made of. */
  survey(): Promise<Survey>;
  /** Which parts of a set-up are there: the ops branch, its work tree, files below the top. */
  present(
    branch: string,
    worktree: string,
    files: readonly string[],
  ): Promise<{ readonly branch: boolean; readonly worktree: boolean; readonly files: ReadonlySet<string> }>;
  /** The files of the program's `ops-template/`, paths relative to it. */
  template(): Promise<readonly { readonly path: string; readonly content: Uint8Array }[]>;
  /** A file that comes with the program, such as `policy/policy.yml`. */
  shipped(path: string): Promise<Uint8Array>;
  /** Writes a new file below the repository's top; false if there is something already. */
  write(path: string, content: string | Uint8Array): Promise<boolean>;
  /** Writes over a file below the repository's top that holds `before`; false if it does not, or is no plain file. */
  replace(path: string, before: string, content: string): Promise<boolean>;
  /** Makes the ops branch with these files, and its work tree; says what was made. */
  makeOps(
    branch: string,
    worktree: string,
    files: readonly { readonly path: string; readonly content: Uint8Array }[],
  ): Promise<Result<{ readonly branch: 'made' | 'there'; readonly worktree: 'made' | 'there' }>>;
  /** Puts the schemas where the first line of the written files points, for editors. */
  schemas(): Promise<void>;
  /** Remembers, on this machine, which branch the project lives on. */
  remember(branch: string): Promise<void>;
  /** The branch that is checked out in the work tree's top; null when detached. */
  currentBranch(): Promise<string | null>;
}

/** What PushPals has in a repository on this machine, beside the ops branch and the files that people commit. */
export interface Belongings {
  /** The work tree of the ops branch is there. */
  readonly worktree: boolean;
  /** Files in it that are not committed: a person's, who may still want them. */
  readonly uncommitted: readonly string[];
  /** `.pushpals/`. */
  readonly stateDir: boolean;
  /** Refs of snapshot commits. */
  readonly snapshots: readonly string[];
  /** The branch remembered in git's settings, or lines in `info/exclude`. */
  readonly settings: boolean;
  /** Branches `pushpals/…` that runs shipped to. */
  readonly shipped: readonly string[];
}

export interface TakeDown {
  /** Fails where the folder is a work tree of something else. */
  look(branch: string, worktree: string): Promise<Result<Belongings>>;
  /** Removes the work tree, the refs, the settings and `.pushpals/`. Uncommitted files go only with `force`. */
  remove(worktree: string, belongings: Belongings, force: boolean): Promise<Result<null>>;
}
