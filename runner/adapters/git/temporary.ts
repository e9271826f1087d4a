import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Processes } from '../../app/ports/machine.js';
import { parseJson } from '../../core/parse-json.js';
import { hasCode, lstatIfThere, namesIn } from '../workspace/files.js';
import type { GitPlaces } from './places.js';

export type Claimant = ReturnType<Processes['self']>;

/** Git's own prefix, so that its housekeeping knows such a file as well. */
const OBJECT = 'tmp_obj_';
/** In the runner's folder. */
const OWN = 'tmp';
/** Beside the index of the people's work tree, while a runner brings that along; what is on its way to be it has more to its name. */
export const FOLLOW_LOCK = 'pushpals-follow.lock';
/** What nobody has written for this long nobody is at work on: git writes a pack without a pause. */
const ABANDONED_MS = 24 * 3_600_000;
/** What is there for an instant only. */
const MOMENT_MS = 60_000;

/** A name for a file that is being written, from which one can tell whether its writer lives. */
export const temporaryName = (self: Claimant, prefix = OBJECT): string => `${prefix}${encode(self)}_${randomUUID()}`;

/** A place in the runner's own folder for a file or folder of this process alone, until it is removed or moved to where it belongs. */
export function temporaryPlace({ stateDir, self }: Pick<GitPlaces, 'stateDir' | 'self'>): string {
  const folder = join(stateDir, OWN);
  const there = lstatIfThere(folder);
  // Somebody may have planted a link, through a branch that was checked out here.
  if (there?.isDirectory() === false) rmSync(folder);
  if (there?.isDirectory() !== true) makeFolder(folder);
  return join(folder, temporaryName(self, ''));
}

/** Not the folders above: they are not there where the repository was taken away. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}

/** Who writes a file of such a name; null where it is none. */
const writerIn = (name: string, prefix: string): Claimant | null =>
  decode(name.slice(prefix.length).split('_').slice(0, -1).join('_'));

export const encode = (self: Claimant): string => Buffer.from(JSON.stringify(self)).toString('base64url');

/** Who is named in a text that `encode` made; null where it is none. */
export function decode(text: string): Claimant | null {
  const value = parseJson(Buffer.from(text, 'base64url').toString('utf8')) as Partial<Claimant> | null;
  const { host, pid, startedAt, boot } = value ?? {};
  return typeof host === 'string' &&
    typeof pid === 'number' &&
    typeof startedAt === 'string' &&
    typeof boot === 'string'
    ? { host, pid, startedAt, boot }
    : null;
}

/**
 * Removes half-written files that dead runners, or git processes that were killed, left among the objects, beside the index of the people's work tree and in the
 * runner's own folder. Answers their paths. One of a runner of another machine, or of git itself, has to be old as well.
 */
export function sweepTemporary(
  { projectDir, stateDir }: Pick<GitPlaces, 'projectDir' | 'stateDir'>,
  processes: Pick<Processes, 'alive'>,
  nowMs: number,
): readonly string[] {
  const objects = join(projectDir, 'objects');
  const isOlder = (path: string, ms: number): boolean => {
    const stat = lstatIfThere(path);
    return stat !== null && nowMs - stat.mtimeMs > ms;
  };
  /** What has a dead writer to its name, or an unknown one and lies there for so long. */
  const leftIn = (folder: string, prefix: string, ms: number): readonly string[] =>
    namesIn(folder)
      .filter((name) => {
        if (!name.startsWith(prefix)) return false;
        const writer = writerIn(name, prefix);
        const isAlive = writer === null ? null : processes.alive(writer);
        return isAlive === null ? isOlder(join(folder, name), ms) : !isAlive;
      })
      .map((name) => join(folder, name));
  const own = leftIn(objects, OBJECT, Infinity);
  const packs = join(objects, 'pack');
  const halves = namesIn(packs)
    .filter((name) => /^tmp_(pack|idx|rev)_/.test(name))
    .map((name) => join(packs, name))
    .filter((path) => isOlder(path, ABANDONED_MS));
  const trees = namesIn(join(projectDir, 'worktrees')).map((name) => join(projectDir, 'worktrees', name));
  const beside = trees.flatMap((tree) => leftIn(tree, `${FOLLOW_LOCK}.`, MOMENT_MS));
  const folder = join(stateDir, OWN);
  const inOurs = lstatIfThere(folder)?.isDirectory() === true ? leftIn(folder, '', ABANDONED_MS) : [];
  const left = [...own, ...halves, ...beside, ...inOurs];
  for (const path of left) rmSync(path, { recursive: true, force: true });
  return left;
}
