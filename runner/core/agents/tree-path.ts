import { fail, ok, type Result } from '../failure.js';

/**
 * A path that a model gave, from the top of the project; `''` is the top itself. `workspace` is where the project lies in the sandbox, which models like
 * to put in front. Fails with why it is none.
 */
export function treePath(given: string, workspace: string): Result<string, string> {
  if (/[\u0000-\u001f\u007f]/.test(given)) return fail('a path has no control characters');
  const inside = given === workspace || given.startsWith(`${workspace}/`) ? given.slice(workspace.length + 1) : given;
  if (inside.startsWith('/')) return fail(`${given} is outside of the project: give the path from its top`);
  const names = inside.split('/').filter((name) => name !== '' && name !== '.');
  if (names.includes('..')) return fail(`${given}: a path has no \`..\`: give it from the top of the project`);
  if (names.some((name) => name.toLowerCase() === '.git')) return fail(`${given}: what belongs to git is not yours`);
  return ok(names.join('/'));
}
