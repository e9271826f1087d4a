import { execFile } from 'node:child_process';
import { CONFIG, type GitPlaces } from './places.js';

export interface PersonsGit {
  readonly exitCode: number | null;
  readonly stdout: string;
  /** The one line that says what is wrong; null where it ended well. */
  readonly complaint: string | null;
  readonly stderr: string;
}

/**
 * Runs git on a remote as the person would: with their settings, keys and helpers, without which the remote may not let them in, but without prompts and
 * without hooks. What does not answer in time is ended.
 */
export function asPerson(
  places: GitPlaces,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<PersonsGit> {
  const quiet = {
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes -o ConnectTimeout=5',
    ...env,
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: 'true',
    SSH_ASKPASS_REQUIRE: 'never',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_DIR: places.projectDir,
    LC_ALL: 'C',
  };
  return new Promise((resolve) => {
    execFile(
      places.git,
      [...CONFIG, ...args],
      { cwd: places.top, env: quiet, timeout: timeoutMs, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error === null) resolve({ exitCode: 0, stdout, stderr, complaint: null });
        else {
          const why =
            error.killed === true
              ? `no answer within ${String(timeoutMs / 1000)} s`
              : (complaint(stderr) ?? 'git failed without saying why');
          resolve({ exitCode: typeof error.code === 'number' ? error.code : null, stdout, stderr, complaint: why });
        }
      },
    );
  });
}

/** The line of git's or ssh's that says what is wrong, the first if none stands out. */
function complaint(stderr: string): string | undefined {
  const lines = stderr.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.find((line) => /^(fatal|error|ssh|remote: error):|denied|declined|not found/i.test(line)) ?? lines[0];
}
