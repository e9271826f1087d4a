import { execa } from 'execa';
import { fail, ok, type Result } from '../../core/failure.js';
import type { GitPlaces } from './places.js';

export interface GitEnd {
  readonly exitCode: number;
  readonly stdout: Buffer;
}

/** Runs git once. Exit codes in `expected` are answers; every other end is `git-failed`. */
export async function git(
  places: Pick<GitPlaces, 'git' | 'config'>,
  args: readonly string[],
  options: { readonly env: Readonly<Record<string, string>>; readonly cwd: string; readonly input?: string | Uint8Array; readonly expected?: readonly number[]; readonly maxBytes?: number },
): Promise<Result<GitEnd>> {
  const end = await execa(places.git, [...places.config, ...args], {
    cwd: options.cwd,
    env: options.env,
    extendEnv: false,
    encoding: 'buffer',
    reject: false,
    stripFinalNewline: false,
    maxBuffer: options.maxBytes ?? 256 * 1024 * 1024,
    ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
  });
  const expected = options.expected ?? [0];
  if (end.exitCode !== undefined && expected.includes(end.exitCode)) return ok({ exitCode: end.exitCode, stdout: Buffer.from(end.stdout) });
  if (end.isMaxBuffer) return ok({ exitCode: 0, stdout: Buffer.from(end.stdout) });
  const stderr = Buffer.from(end.stderr).toString('utf8').trim() || (end.originalMessage ?? '');
  return fail({ class: 'git-failed', command: `git ${args[0] ?? ''}`, exitCode: end.exitCode ?? null, stderr });
}
