/** `app/` on the real adapters, over a project of its own. */
import { resolve } from 'node:path';
import type { Connection } from '../../runner/app/connection.js';
import { composition } from '../../runner/compose.js';
import type { Result } from '../../runner/core/failure.js';
import type { Project } from '../cli/program.js';
import { GIT_ENV, SEARCH_PATH } from '../git-repository.js';

export const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

/** Works on a project with the tools that the program would have there, and removes it. */
export async function connected<T>(
  project: Project,
  dryRun: boolean,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const own = composition({
    env: GIT_ENV,
    searchPath: SEARCH_PATH,
    self: { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
    pid: process.pid,
    nodePath: process.execPath,
    programDir: resolve('.'),
    version: '0.0.0',
  });
  const repo = valueOf(await own.openRepo(project.dir));
  try {
    return await work(valueOf(await own.connect(repo, () => undefined, dryRun)));
  } finally {
    repo.close();
    await own.close();
    await project.remove();
  }
}
