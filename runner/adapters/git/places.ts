import type { Processes } from '../../app/ports/machine.js';

/** Where git works, and in which surroundings. Made by `openGit`. */
export interface GitPlaces {
  readonly git: string;
  /** The project's common git directory. */
  readonly projectDir: string;
  /** The top of the people's (main) work tree. */
  readonly top: string;
  /** The runner's own bare git directory, `.pushpals/git`. */
  readonly runnerDir: string;
  /** `.pushpals`. */
  readonly stateDir: string;
  /** Object stores: the project's own first, then those it borrows from. */
  readonly objectDirs: readonly string[];
  readonly objectFormat: 'sha1' | 'sha256';
  /** This process, as others can ask after it. */
  readonly self: ReturnType<Processes['self']>;
  /** `-c` settings for every command: no hooks, no monitors. */
  readonly config: readonly string[];
  /** Environment of commands on the project's refs. */
  readonly projectEnv: Readonly<Record<string, string>>;
  /** Environment of commands in the runner's own directory, which write objects into the project's store. */
  readonly runnerEnv: Readonly<Record<string, string>>;
}

/** By default git syncs neither loose objects nor packs' indexes to disk; a ref must never point at what a power cut can take. */
const SYNC = 'core.fsync=all';

export const CONFIG: readonly string[] = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'gc.auto=0',
  'maintenance.auto=false',
  SYNC,
].flatMap((setting) => ['-c', setting]);

/** An environment without anything of the caller's but the search path. */
export function cleanEnvironment(path: string): Record<string, string> {
  return {
    PATH: path,
    LC_ALL: 'C',
    HOME: '/dev/null',
    XDG_CONFIG_HOME: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    // A ref below refs/replace would show other contents than the ids that decisions are made on.
    GIT_NO_REPLACE_OBJECTS: '1',
    // For reflogs; commits name their people themselves.
    GIT_COMMITTER_NAME: 'PushPals runner',
    GIT_COMMITTER_EMAIL: 'runner@pushpals.invalid',
  };
}

export const zeroId = ({ objectFormat }: Pick<GitPlaces, 'objectFormat'>): string =>
  '0'.repeat(objectFormat === 'sha1' ? 40 : 64);
