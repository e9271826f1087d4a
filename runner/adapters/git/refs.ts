import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import { lstatIfThere } from '../workspace/files.js';
import { readIfThere } from './small-files.js';
import { git } from './command.js';
import { zeroId, type GitPlaces } from './places.js';

/** git's `check-ref-format`, for full names: at least `refs/<kind>/<name>`. */
export function isRefName(ref: string): boolean {
  if (!ref.startsWith('refs/') || /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\.$/.test(ref)) return false;
  const parts = ref.split('/');
  return parts.length >= 3 && parts.every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
}

/**
 * Whether a ref of exactly that name is there. Git itself takes `refs/heads/x` for `refs/tags/refs/heads/x` where the first
 * is missing, so that a tag could pose as a branch.
 */
export async function refExists(places: GitPlaces, ref: string): Promise<boolean> {
  if (!isRefName(ref)) return false;
  if (lstatIfThere(join(places.projectDir, ref))?.isFile() === true) return true;
  if ((readIfThere(join(places.projectDir, 'packed-refs')) ?? '').includes(` ${ref}\n`)) return true;
  // Another storage of refs than files.
  if (lstatIfThere(join(places.projectDir, 'reftable')) === null) return false;
  const end = await git(places, ['show-ref', '--verify', '--quiet', '--', ref], {
    env: places.projectEnv,
    cwd: places.runnerDir,
    expected: [0, 1],
  });
  return end.ok && end.value.exitCode === 0;
}

/** One line of `git update-ref -z --stdin`. */
export function refCommand(places: GitPlaces, ref: string, from: CommitId | null, to: CommitId | null): string {
  const before = from ?? zeroId(places);
  return to === null ? `delete ${ref}\0${before}\0` : `update ${ref}\0${to}\0${before}\0`;
}

const TRIES = 5;

/**
 * Moves a ref by compare-and-swap; null for `from` creates, null for `to` deletes. False: it was not at `from`. Names and ids go by
 * standard input, so that none is ever taken for an option.
 */
export async function moveRef(
  places: GitPlaces,
  ref: string,
  from: CommitId | null,
  to: CommitId | null,
): Promise<Result<boolean>> {
  if (!isRefName(ref))
    return fail({
      class: 'state-conflict',
      what: `${JSON.stringify(ref)} is not the full name of a ref`,
      hint: 'Give the branch another name.',
    });
  const input = refCommand(places, ref, from, to);
  for (let attempt = 1; ; attempt += 1) {
    const end = await git(places, ['update-ref', '-z', '--stdin'], {
      env: places.projectEnv,
      cwd: places.runnerDir,
      input,
    });
    if (end.ok) return ok(true);
    // Told apart by what the ref is now, not by git's words.
    const now = await idOf(places, ref);
    if (!now.ok) return now;
    if (now.value !== from) return ok(false);
    if (attempt === TRIES) return blamed(places, ref, end.failure);
    // Still at `from`: another process holds the ref's lock for a moment, or this can never work.
    await after(10 * attempt);
  }
}

/** Names the lock that is in the way: git itself does not say what to do about it in one line. */
function blamed(places: GitPlaces, ref: string, failure: Failure): { readonly ok: false; readonly failure: Failure } {
  const found = [`${ref}.lock`, 'packed-refs.lock'].find(
    (name) => lstatIfThere(join(places.projectDir, name)) !== null,
  );
  if (found === undefined || failure.class !== 'git-failed') return fail(failure);
  return fail({ ...failure, lock: join(places.projectDir, found) });
}

async function idOf(places: GitPlaces, ref: string): Promise<Result<string | null>> {
  const end = await git(places, ['show-ref', '--verify', '--hash', '--', ref], {
    env: places.projectEnv,
    cwd: places.runnerDir,
    expected: [0, 1, 128],
  });
  if (!end.ok) return end;
  return ok(end.value.exitCode === 0 ? end.value.stdout.toString('utf8').trim() : null);
}
