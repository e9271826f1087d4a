import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result } from '../../core/failure.js';
import type { TreeId } from '../../core/ids.js';
import { git } from './command.js';
import type { GitPlaces } from './places.js';
import { temporaryPlace } from './temporary.js';

const NAMES = ['current', 'base', 'other'] as const;

/**
 * Three texts merged as files of no repository, so that nothing is a driver for them: git's own merge, or both sides where they conflict. Null where they
 * conflict and both sides are not wanted.
 */
export async function mergeFile(
  places: GitPlaces,
  texts: readonly [current: Uint8Array, base: Uint8Array, other: Uint8Array],
  where: 'union' | 'conflict',
): Promise<Result<Uint8Array | null>> {
  const folder = temporaryPlace(places);
  mkdirSync(folder);
  try {
    for (const [index, name] of NAMES.entries()) writeFileSync(join(folder, name), texts[index] ?? '');
    const args = ['merge-file', '-p', '-q', ...(where === 'union' ? ['--union'] : []), ...NAMES];
    const env = { ...places.runnerEnv, GIT_CEILING_DIRECTORIES: places.stateDir };
    // It answers with the number of conflicts, 127 at most.
    const expected = Array.from({ length: 128 }, (_, count) => count);
    const end = await git(places, args, { env, cwd: folder, expected });
    if (!end.ok) return end;
    return ok(end.value.exitCode === 0 ? end.value.stdout : null);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A tree with other contents in some of its files. */
export async function replaceFiles(
  places: GitPlaces,
  tree: TreeId,
  files: readonly { readonly path: string; readonly mode: string; readonly content: Uint8Array }[],
): Promise<Result<TreeId>> {
  const index = temporaryPlace(places);
  const options = { env: { ...places.runnerEnv, GIT_INDEX_FILE: index }, cwd: places.runnerDir };
  try {
    const read = await git(places, ['read-tree', tree], options);
    if (!read.ok) return read;
    const entries: string[] = [];
    for (const { path, mode, content } of files) {
      const blob = await git(places, ['hash-object', '-w', '--stdin', '--no-filters'], { ...options, input: content });
      if (!blob.ok) return blob;
      entries.push(`${mode} ${blob.value.stdout.toString('utf8').trim()}\t${path}\0`);
    }
    const updated = await git(places, ['update-index', '-z', '--index-info'], { ...options, input: entries.join('') });
    if (!updated.ok) return updated;
    const written = await git(places, ['write-tree'], options);
    return written.ok ? ok(written.value.stdout.toString('utf8').trim() as TreeId) : written;
  } finally {
    rmSync(index, { force: true });
    rmSync(`${index}.lock`, { force: true });
  }
}
