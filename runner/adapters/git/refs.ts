import { ok, type Result } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import { git } from './command.js';
import type { GitPlaces } from './places.js';

/**
 * Moves a ref by compare-and-swap; null for `from` creates, null for `to` deletes. False: it was not at `from`. Names and ids go by
 * standard input, so that none is ever taken for an option.
 */
export async function moveRef(places: GitPlaces, ref: string, from: CommitId | null, to: CommitId | null): Promise<Result<boolean>> {
  const zero = '0'.repeat(places.objectFormat === 'sha1' ? 40 : 64);
  const input = to === null ? `delete ${ref}\0${from ?? zero}\0` : `update ${ref}\0${to}\0${from ?? zero}\0`;
  const end = await git(places, ['update-ref', '-z', '--stdin'], { env: places.projectEnv, cwd: places.runnerDir, input, expected: [0, 128] });
  if (!end.ok) return end;
  if (end.value.exitCode === 0) return ok(true);
  // Told apart by what the ref is now, not by git's words.
  const now = await git(places, ['rev-parse', '--verify', '--quiet', '--end-of-options', ref], { env: places.projectEnv, cwd: places.runnerDir, expected: [0, 1] });
  if (!now.ok) return now;
  const found = now.value.stdout.toString('utf8').trim();
  if (found !== (from ?? '')) return ok(false);
  return { ok: false, failure: { class: 'git-failed', command: 'git update-ref', exitCode: 128, stderr: `${ref} could not be moved; another process may hold its lock, or a branch of a shorter or longer name is in the way` } };
}
