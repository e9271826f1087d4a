import type { Failure } from '../failure.js';

/** A call that was performed. */
export interface Performed {
  readonly name: string;
  /** What it was called with, and what came of it, as texts that are equal where those are. */
  readonly call: string;
  readonly result: string;
  readonly ok: boolean;
  readonly changed: boolean;
}

/** How often the same may come of the same call while nothing changes; before the last time the model is told. */
const REPEATS = 4;
/** How many turns may bring nothing: no change, nothing that was not read before, nothing executed. */
const STALLED = 8;

/** Notices an agent that goes round in circles. */
export class Stops {
  /** How often each call came to the same since the last change. */
  readonly #seen = new Map<string, number>();
  #idle = 0;
  #repeated: string | null = null;

  constructor(private readonly step: string) {}

  /** What to tell the model of a call; null where there is nothing. */
  saw({ name, call, result, ok, changed }: Performed): string | null {
    if (changed) this.#seen.clear();
    const key = JSON.stringify([call, result]);
    const times = (this.#seen.get(key) ?? 0) + 1;
    this.#seen.set(key, times);
    // What a program does may matter where what it prints stays the same.
    if (changed || name === 'exec' || (ok && times === 1)) this.#idle = -1;
    if (times >= REPEATS) this.#repeated = name;
    return times === REPEATS - 1 ? 'The same came of the same call before, and will again: do something else.' : null;
  }

  /** Ends a turn: why the agent is not to have another; null while it may. */
  turned(): Failure | null {
    this.#idle += 1;
    if (this.#repeated !== null)
      return { class: 'agent-repeats', step: this.step, call: this.#repeated, times: REPEATS };
    return this.#idle >= STALLED ? { class: 'agent-stalled', step: this.step, turns: STALLED } : null;
  }
}
