import { join } from 'node:path';
import { JSONFile } from 'lowdb/node';
import type { LocalState, Remembered } from '../app/ports.js';

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
      const idle = (await this.#file.read())?.idle;
      return typeof idle?.ops === 'string' && typeof idle.base === 'string' ? idle : null;
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof TypeError) return null;
      throw error;
    }
  }

  async write(idle: Remembered | null): Promise<void> {
    await this.#file.write({ idle });
  }
}
