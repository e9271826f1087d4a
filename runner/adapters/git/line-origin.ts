import type { CommitId } from '../../core/ids.js';
import { git } from './command.js';
import type { GitPlaces } from './places.js';

/** The commit that a line of a file comes from (`git blame`), of those that `to` has and `from` has not; null where it is none of them. */
export async function lineOrigin(
  places: GitPlaces,
  from: CommitId,
  to: CommitId,
  path: string,
  line: number,
): Promise<CommitId | null> {
  const at = `${String(line)},${String(line)}`;
  const end = await git(places, ['blame', '--porcelain', '-L', at, `${from}..${to}`, '--', path], {
    env: { ...places.runnerEnv, GIT_LITERAL_PATHSPECS: '1' },
    cwd: places.runnerDir,
    expected: [0, 128],
  });
  if (!end.ok || end.value.exitCode !== 0) return null;
  const told = end.value.stdout.toString('utf8');
  const [, commit] = /^([0-9a-f]{40,64}) /.exec(told) ?? [];
  // A line that is older is told as the boundary's.
  return commit === undefined || /^boundary$/m.test(told) ? null : (commit as CommitId);
}
