import type { Clock } from './ports/machine.js';

/** How urgently a call wants to be answered. */
const [NOT_CALLED, CALLED, URGED] = [0, 1, 2];

/** Calls to look again, coalesced: however many come before somebody waits for them, they are one. */
export class WakeUps {
  /** The first look waits for nobody. */
  #call = URGED;
  #heard: () => void = () => undefined;

  /** What can wait is answered at most once in `gapMs`. */
  constructor(
    private readonly clock: Clock,
    private readonly gapMs: number,
  ) {}

  /** Something may have changed. */
  call(): void {
    this.#note(CALLED);
  }

  /** Something has changed that work waits for. */
  urge(): void {
    this.#note(URGED);
  }

  /** Resolves when there was a call since it last did, at the latest after `ms`. One at a time. */
  async next(ms: number): Promise<void> {
    await this.#until(URGED, Math.min(this.gapMs, ms));
    await this.#until(CALLED, ms - this.gapMs);
    this.#call = NOT_CALLED;
  }

  #note(call: number): void {
    this.#call = Math.max(this.#call, call);
    this.#heard();
  }

  async #until(call: number, ms: number): Promise<void> {
    if (this.#call >= call || ms <= 0) return;
    const heard = new AbortController();
    this.#heard = () => {
      if (this.#call >= call) heard.abort();
    };
    await this.clock.sleep(ms, heard.signal);
    this.#heard = () => undefined;
  }
}
