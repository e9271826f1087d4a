import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode, lstatIfThere } from '../workspace/files.js';
import type { GitPlaces } from './places.js';
import { readIfThere } from './small-files.js';
import { temporaryPlace } from './temporary.js';

/** What the runner's git directory may hold, beside what git leaves there for a moment. */
const OURS = new Set(['HEAD', 'config', 'info', 'objects', 'refs']);
const LEFT_BEHIND = /^(fast_import_crash_\d+|packed-refs|packed-refs\.lock|logs)$/;

/**
 * Makes the runner's own bare git directory: no hooks, filters, drivers or monitors, and no attributes but its own empty ones. A
 * directory that is not exactly so is made anew: somebody may have planted it, through a branch that was checked out here.
 * Written by hand and put in place by a rename, so that a runner that starts meanwhile never sees half of it.
 */
export function makeRunnerDir(places: GitPlaces): void {
  const { runnerDir, stateDir } = places;
  if (isOurs(places)) return;
  mkdirSync(stateDir, { recursive: true });
  const made = temporaryPlace(places);
  for (const folder of ['info', 'objects', 'refs']) mkdirSync(join(made, folder), { recursive: true });
  for (const [name, text] of contents(places)) writeFileSync(join(made, name), text);
  const old = temporaryPlace(places);
  try {
    renameSync(runnerDir, old);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
  try {
    renameSync(made, runnerDir);
  } catch (error) {
    // Another runner was faster, with the same contents.
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
    rmSync(made, { recursive: true });
  }
  rmSync(old, { recursive: true, force: true });
}

function contents({ objectFormat }: GitPlaces): readonly (readonly [string, string])[] {
  const format =
    objectFormat === 'sha1'
      ? '[core]\n\trepositoryformatversion = 0\n'
      : '[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = sha256\n[core]\n';
  return [
    ['HEAD', 'ref: refs/heads/none\n'],
    [
      'config',
      `${format}\tbare = true\n\thooksPath = /dev/null\n\tfsmonitor = false\n\tlogAllRefUpdates = false\n[gc]\n\tauto = 0\n`,
    ],
    ['info/attributes', ''],
  ];
}

function isOurs(places: GitPlaces): boolean {
  const { runnerDir } = places;
  if (lstatIfThere(runnerDir)?.isDirectory() !== true) return false;
  const isKnown = (name: string): boolean => OURS.has(name) || LEFT_BEHIND.test(name);
  if (!readdirSync(runnerDir).every(isKnown)) return false;
  for (const folder of ['info', 'objects', 'refs'])
    if (lstatIfThere(join(runnerDir, folder))?.isDirectory() !== true) return false;
  if (readdirSync(join(runnerDir, 'info')).some((name) => name !== 'attributes')) return false;
  return contents(places).every(
    ([name, text]) =>
      lstatIfThere(join(runnerDir, name))?.isFile() === true && readIfThere(join(runnerDir, name)) === text,
  );
}
