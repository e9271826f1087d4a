import { chmodSync, lstatSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import type { DriverName, SandboxSpec } from '../../app/ports/sandbox.js';

/** Where an isolating sandbox shows the step its folders. */
export const PATHS = { workspace: '/workspace', in: '/pushpals/in', out: '/pushpals/out' } as const;

export type Unavailable = Extract<Failure, { class: 'sandbox-unavailable' }>;

export const unavailable = (driver: DriverName, why: string, mend: string): Unavailable => ({
  class: 'sandbox-unavailable',
  driver,
  why,
  mend,
});

/** What a driver answers when something that it killed is still there: the work tree must not be read then. */
export const stillRunning = (driver: DriverName): Unavailable =>
  unavailable(
    driver,
    'processes of a step could not be ended',
    'Look for processes in state D (`ps axo pid,stat,args`); the order starts again once they are gone.',
  );

/**
 * Whether the folders are what will be mounted. With `host`, or by a way that was not thought of, a step can have replaced
 * them; what is mounted in their place would be its choice.
 */
export function checkFolders({ workspace, inDir, outDir, key }: SandboxSpec): Result<null> {
  const expected: readonly (readonly [path: string, kind: 'folder' | 'file'])[] = [
    [workspace.dir, 'folder'],
    [join(workspace.dir, '.git'), 'file'],
    [workspace.gitDir, 'folder'],
    [inDir, 'folder'],
    [outDir, 'folder'],
  ];
  const entries = expected.flatMap(([path, kind]) => {
    const found = lstatSync(path, { throwIfNoEntry: false });
    const fits = kind === 'folder' ? found?.isDirectory() : found?.isFile();
    return fits === true ? [] : [{ path, why: found === undefined ? 'is not there' : `is not a plain ${kind}` }];
  });
  return entries.length === 0 ? ok(null) : fail({ class: 'scope-violation', step: key, entries });
}

/** Writes a script where every user can read it, whatever the umask, and returns its name in the folder. */
export function writeScript(inDir: string, count: number, script: string): string {
  const name = `step-${String(count)}.sh`;
  writeFileSync(join(inDir, name), script);
  chmodSync(join(inDir, name), 0o644);
  return name;
}
