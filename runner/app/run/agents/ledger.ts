import type { Usage } from '../../../generated/types.js';
import { left, usedUp, type Bounds, type UsedUp } from '../../../core/agents/budget.js';
import { NO_USAGE, plus } from '../../../core/agents/usage.js';

/** What an order has used of what it may: one ledger for all its runs, and for all steps of a run, also those that run at the same time. */
export class Ledger {
  readonly #steps = new Map<string, Usage>();
  #spent: Usage;

  /** `spent`: what was used before this run. */
  constructor(
    private readonly bounds: Bounds,
    spent: Usage,
  ) {
    this.#spent = spent;
  }

  spend(step: string, usage: Usage): void {
    this.#spent = plus(this.#spent, usage);
    this.#steps.set(step, plus(this.of(step), usage));
  }

  /** What a step of this run used. */
  of(step: string): Usage {
    return this.#steps.get(step) ?? NO_USAGE;
  }

  /** What the order used, earlier runs included. */
  get spent(): Usage {
    return this.#spent;
  }

  get left(): Bounds {
    return left(this.bounds, this.#spent);
  }

  get usedUp(): UsedUp | null {
    return usedUp(this.bounds, this.#spent);
  }
}
