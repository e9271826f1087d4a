import { fail, ok, type Result } from '../../core/failure.js';
import type { GitPlaces } from './places.js';

/**
 * Runs one porcelain command by simple-git, in exactly the given environment and with our settings: no hooks, no monitors. For what
 * a person asked for and waits for (`init`, `order show`); plumbing goes straight to git, because an idle tick must not load a library.
 */
export async function porcelain(
  places: Pick<GitPlaces, 'git' | 'config'>,
  args: readonly string[],
  { env, cwd }: { readonly env: Readonly<Record<string, string>>; readonly cwd: string },
): Promise<Result<string>> {
  const { simpleGit, GitError } = await import('simple-git');
  let exitCode: number | null = null;
  const client = simpleGit({
    baseDir: cwd,
    config: places.config.filter((word) => word !== '-c'),
    // It refuses settings that could run a program; ours are the ones that keep any from running.
    unsafe: { allowUnsafeHooksPath: true, allowUnsafeFsMonitor: true, allowUnsafeConfigPaths: true },
    errors: (error, result) => {
      exitCode = result.exitCode;
      return result.exitCode === 0 ? undefined : (error ?? Buffer.concat(result.stdErr));
    },
  }).env(env);
  try {
    return ok(await client.raw([...args]));
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return fail({ class: 'git-failed', command: `git ${args[0] ?? ''}`, exitCode, stderr: error.message.trim() });
  }
}
