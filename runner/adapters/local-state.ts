import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JSONFile } from 'lowdb/node';
import type { LocalState, Remembered } from '../app/ports/machine.js';
import type { GitPlaces } from './git/places.js';
import { temporaryPlace } from './git/temporary.js';
import { lstatIfThere } from './workspace/files.js';

/** What was concluded, beside what it was concluded from but for the refs. */
export interface Idle extends Remembered {
  readonly version: string;
  /** The state of the repository's git settings, which name the branch that desired state is read from. */
  readonly settings: string;
  /** The work tree of the ops branch. */
  readonly worktree: string;
}

interface State {
  readonly idle: Idle | null;
}

/** `.pushpals/state.json`: a cache, so that what cannot be read is as good as nothing. */
export class LocalStateFile implements LocalState {
  constructor(
    private readonly places: Pick<GitPlaces, 'stateDir' | 'projectDir' | 'self'>,
    private readonly version: string,
    private readonly worktree: string,
  ) {}

  write(idle: Remembered | null): Promise<void> {
    const { places, version, worktree } = this;
    const state: State = { idle: idle && { ...idle, version, settings: settingsOf(places.projectDir), worktree } };
    // Ticks overlap: lowdb gives all of them one temporary file, in which two writes can run into each other.
    const aside = temporaryPlace(places);
    writeFileSync(aside, JSON.stringify(state, null, 2));
    renameSync(aside, join(places.stateDir, 'state.json'));
    return Promise.resolve();
  }
}

/** What this program concluded with the settings that the repository has now; null where that is nothing. */
export async function readIdle(stateDir: string, version: string, projectDir: string): Promise<Idle | null> {
  try {
    const state = (await new JSONFile<Partial<State>>(join(stateDir, 'state.json')).read()) ?? {};
    const { idle } = state;
    return isIdle(idle) && idle.version === version && idle.settings === settingsOf(projectDir) ? idle : null;
  } catch (error) {
    // Torn or edited.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function settingsOf(projectDir: string): string {
  const stat = lstatIfThere(join(projectDir, 'config'));
  return stat === null ? '' : `${String(stat.ino)} ${String(stat.size)} ${String(stat.mtimeMs)}`;
}

function isIdle(idle: unknown): idle is Idle {
  const { at, refs, wakeAt, againAt, worktree } = (idle ?? {}) as Partial<Record<keyof Idle, unknown>>;
  return (
    typeof refs === 'object' &&
    refs !== null &&
    Object.values(refs).every((id) => typeof id === 'string') &&
    typeof at === 'string' &&
    [wakeAt, againAt].every((time) => time === null || typeof time === 'string') &&
    typeof worktree === 'string'
  );
}
