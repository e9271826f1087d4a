import { join } from 'node:path';
import { JSONFile } from 'lowdb/node';
import type { LocalState, Remembered } from '../app/ports/machine.js';
import { hasCode } from './workspace/files.js';

interface State {
  readonly idle: Remembered | null;
}

/** `.pushpals/state.json`: a cache, so that what cannot be read is as good as nothing. */
export class LocalStateFile implements LocalState {
  readonly #file: JSONFile<State>;

  constructor(stateDir: string) {
    this.#file = new JSONFile<State>(join(stateDir, 'state.json'));
  }

  async read(): Promise<Remembered | null> {
    try {
      return remembered(((await this.#file.read()) as Partial<State> | null)?.idle);
    } catch (error) {
      // Torn or edited.
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  }

  async write(idle: Remembered | null): Promise<void> {
    try {
      await this.#file.write({ idle });
    } catch (error) {
      // Ticks overlap, and lowdb gives all of them one temporary file: another tick has just moved it into place.
      if (!hasCode(error, 'ENOENT')) throw error;
    }
  }
}

function remembered(idle: Partial<Record<keyof Remembered, unknown>> | null | undefined): Remembered | null {
  if (typeof idle?.ops !== 'string' || typeof idle.base !== 'string') return null;
  const { ops, base, wakeAt = null } = idle;
  return wakeAt === null || typeof wakeAt === 'string' ? { ops, base, wakeAt } : null;
}
