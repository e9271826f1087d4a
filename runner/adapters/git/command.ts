import { spawn } from 'node:child_process';
import { fail, ok, type Result } from '../../core/failure.js';
import type { GitPlaces } from './places.js';

export interface GitEnd {
  readonly exitCode: number;
  readonly stdout: Buffer;
  /** The output was longer than `maxBytes`, and stops there. */
  readonly cut: boolean;
}

export interface GitOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly input?: string | Uint8Array;
  /** Exit codes that are answers; 0 alone if not given. */
  readonly expected?: readonly number[];
  /** The command is stopped when it has written that many bytes. Without it the output is whole, or the call fails. */
  readonly maxBytes?: number;
  /** Is told the command's process before it begins. A runner that dies before this has returned leaves a command that never begins. */
  readonly begins?: (pid: number) => void;
}

/** Waits for a line of its input, then becomes the command: the process stays the same. */
const WAITING = ['-c', 'read -r _ && exec "$0" "$@"'];

const STDERR_KEPT = 4000;

/**
 * Runs git once, in exactly the given environment. Exit codes in `expected` are answers; every other end is `git-failed`.
 * `node:child_process` and not a library, because a tick that finds nothing to do costs less than loading one.
 */
export function git(
  { git: program, config }: Pick<GitPlaces, 'git' | 'config'>,
  args: readonly string[],
  options: GitOptions,
): Promise<Result<GitEnd>> {
  const { cwd, env, input, expected = [0], maxBytes = Infinity, begins } = options;
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let room = maxBytes;
    let cut = false;
    let stderr = '';
    const failed = (exitCode: number | null): void => {
      resolve(fail({ class: 'git-failed', command: `git ${args[0] ?? ''}`, exitCode, stderr: stderr.trim() }));
    };
    const line = begins === undefined ? [...config, ...args] : [...WAITING, program, ...config, ...args];
    const child = spawn(begins === undefined ? program : '/bin/sh', line, {
      cwd,
      env,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk: Buffer) => {
      if (cut) return;
      chunks.push(chunk.subarray(0, room));
      cut = chunk.length > room;
      room -= chunk.length;
      if (cut) child.kill('SIGKILL');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(0, STDERR_KEPT);
    });
    child.on('error', (error) => {
      stderr ||= error.message;
      failed(null);
    });
    child.on('close', (exitCode) => {
      if (cut) resolve(ok({ exitCode: 0, stdout: Buffer.concat(chunks), cut }));
      else if (exitCode !== null && expected.includes(exitCode))
        resolve(ok({ exitCode, stdout: Buffer.concat(chunks), cut }));
      else failed(exitCode);
    });
    // Git may end before it has read its input; its exit code says what happened.
    child.stdin.on('error', () => undefined);
    if (begins !== undefined && child.pid !== undefined) {
      try {
        begins(child.pid);
      } catch (error) {
        child.kill('SIGKILL');
        throw error;
      }
      child.stdin.write('\n');
    }
    child.stdin.end(input);
  });
}
