/** Where git works, and in which surroundings. Made by `openGit`. */
export interface GitPlaces {
  readonly git: string;
  /** The project's common git directory. */
  readonly projectDir: string;
  /** The top of the people's work tree. */
  readonly top: string;
  /** The runner's own bare git directory, `.pushpals/git`. */
  readonly runnerDir: string;
  /** `.pushpals`. */
  readonly stateDir: string;
  /** Object stores: the project's own first, then those it borrows from. */
  readonly objectDirs: readonly string[];
  readonly objectFormat: 'sha1' | 'sha256';
  /** `-c` settings for every command: no hooks, no monitors. */
  readonly config: readonly string[];
  /** Environment of commands on the project's refs. */
  readonly projectEnv: Readonly<Record<string, string>>;
  /** Environment of commands in the runner's own directory, which write objects into the project's store. */
  readonly runnerEnv: Readonly<Record<string, string>>;
}

export const CONFIG: readonly string[] = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', '-c', 'gc.auto=0', '-c', 'maintenance.auto=false', '-c', 'core.fsync=committed,loose-object'];

/** An environment without anything of the caller's but the search path. */
export function cleanEnvironment(path: string): Record<string, string> {
  return { PATH: path, LC_ALL: 'C', HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1' };
}
