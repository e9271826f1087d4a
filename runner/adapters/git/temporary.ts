import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Processes } from '../../app/ports/machine.js';
import { parseJson } from '../../core/parse-json.js';
import { lstatIfThere, namesIn } from '../workspace/files.js';
import type { GitPlaces } from './places.js';

export type Claimant = ReturnType<Processes['self']>;

/** Git's own prefix, so that its housekeeping knows such a file as well. */
const OBJECT = 'tmp_obj_';
/** Beside the index of the people's work tree, while a runner brings that along; what is on its way to be it has more to its name. */
export const FOLLOW_LOCK = 'pushpals-follow.lock';
/** What nobody has written for this long nobody is at work on: git writes a pack without a pause. */
const ABANDONED_MS = 24 * 3_600_000;
/** What is there for an instant only. */
const MOMENT_MS = 60_000;

/** A name for a file that is being written, from which one can tell whether its writer lives. */
export const temporaryName = (self: Claimant, prefix = OBJECT): string => `${prefix}${encode(self)}_${randomUUID()}`;

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
 * Removes half-written files that dead runners, or git processes that were killed, left among the objects and beside the index of the people's work tree. Answers
 * their paths. One of a runner of another machine, or of git itself, has to be old as well.
 */
export function sweepTemporary(
  { projectDir }: Pick<GitPlaces, 'projectDir'>,
  processes: Pick<Processes, 'alive'>,
  nowMs: number,
): readonly string[] {
  const objects = join(projectDir, 'objects');
  const isOlder = (path: string, ms: number): boolean => {
    const stat = lstatIfThere(path);
    return stat !== null && stat.isFile() && nowMs - stat.mtimeMs > ms;
  };
  const own = namesIn(objects)
    .filter((name) => name.startsWith(OBJECT))
    .filter((name) => {
      const writer = writerIn(name, OBJECT);
      return writer !== null && processes.alive(writer) === false;
    })
    .map((name) => join(objects, name));
  const packs = join(objects, 'pack');
  const halves = namesIn(packs)
    .filter((name) => /^tmp_(pack|idx|rev)_/.test(name))
    .map((name) => join(packs, name))
    .filter((path) => isOlder(path, ABANDONED_MS));
  const trees = namesIn(join(projectDir, 'worktrees')).map((name) => join(projectDir, 'worktrees', name));
  const beside = trees.flatMap((tree) =>
    namesIn(tree)
      .filter((name) => name.startsWith(`${FOLLOW_LOCK}.`))
      .filter((name) => {
        const writer = writerIn(name, `${FOLLOW_LOCK}.`);
        const isAlive = writer === null ? null : processes.alive(writer);
        return isAlive === null ? isOlder(join(tree, name), MOMENT_MS) : !isAlive;
      })
      .map((name) => join(tree, name)),
  );
  const left = [...own, ...halves, ...beside];
  for (const path of left) rmSync(path, { force: true });
  return left;
}
