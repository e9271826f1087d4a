import { epochMs, type Instant } from '../core/ids.js';

/** What was tried, each by a name, and from when it may be again. */
export class Tried {
  /** In epoch milliseconds. */
  readonly #from = new Map<string, number>();

  /** `againMs`: how long what was tried is left alone; Infinity for ever. */
  constructor(private readonly againMs: number) {}

  note(name: string, now: Instant): void {
    this.#from.set(name, epochMs(now) + this.againMs);
  }

  forget(name: string): void {
    this.#from.delete(name);
  }

  /** Whether it may be tried. What would take longer than it was ever to take was noted by a clock that has been put back since. */
  isOpen(name: string, now: Instant): boolean {
    const left = (this.#from.get(name) ?? -Infinity) - epochMs(now);
    return left <= 0 || left > this.againMs;
  }

  /** How long, in milliseconds, until each may be tried that may not be now, if it ever may; forgets the others. */
  waits(now: Instant): readonly number[] {
    for (const name of [...this.#from.keys()]) if (this.isOpen(name, now)) this.#from.delete(name);
    return [...this.#from.values()].filter(Number.isFinite).map((from) => from - epochMs(now));
  }
}
