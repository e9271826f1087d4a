import type { Formula, OrderRecord, Usage } from '../../../generated/types.js';
import {
  boundsOf,
  exceeded,
  left,
  together,
  usedUp,
  type Account,
  type Bounds,
  type UsedUp,
} from '../../../core/agents/budget.js';
import { shares } from '../../../core/agents/shares.js';
import { NO_USAGE, minus, most, plus } from '../../../core/agents/usage.js';
import type { RunId } from '../../../core/ids.js';
import type { Tools } from '../../tools.js';

/**
 * What an order has used of what it may: one ledger for all its runs, for all steps of a run, also those that run at the same time, and for what it gave
 * to the orders that it filed. It begins with what the order's record says, and whatever writes the record writes down what stands here.
 */
export class Ledger {
  readonly #steps = new Map<string, Usage>();
  /** What steps had used when they were asked for something else. */
  readonly #before = new Map<string, Usage>();
  readonly #bounds: Bounds;
  #spent: Usage;
  #given: Bounds;

  /** `keep` is told whenever something was used, with all that the order has used by then. */
  constructor(
    budget: Formula['budget'],
    account: Account,
    private readonly keep: (spent: Usage) => void = () => undefined,
  ) {
    this.#bounds = boundsOf(budget, account);
    this.#spent = account.spent ?? NO_USAGE;
    this.#given = account.given ?? {};
  }

  spend(step: string, usage: Usage): void {
    this.#spent = plus(this.#spent, usage);
    this.#steps.set(step, plus(this.of(step), usage));
    this.keep(this.#spent);
  }

  /** Divides what is left among orders that are filed, each by what it asks for; with `keeps` as much stays as one of them gets. Counts as used from now on. */
  giveAway(asks: readonly Bounds[], keeps: boolean): readonly Bounds[] {
    const given = shares(this.left, keeps ? [...asks, {}] : asks).slice(0, asks.length);
    this.#given = given.reduce(together, this.#given);
    return given;
  }

  /** A step is asked for something else than before, such as what a review found: what its agent may use by its own file begins anew. */
  anew(step: string): void {
    this.#before.set(step, this.of(step));
  }

  /** What a step used of what its agent may by its own file: all its attempts since it was last asked for something else. */
  own(step: string): Usage {
    return minus(this.of(step), this.#before.get(step) ?? NO_USAGE);
  }

  /** What a step of this run used, as far as this process knows. */
  of(step: string): Usage {
    return this.#steps.get(step) ?? NO_USAGE;
  }

  /** What the order used, earlier runs included. */
  get spent(): Usage {
    return this.#spent;
  }

  /** What it gave to the orders that it filed. */
  get given(): Bounds {
    return this.#given;
  }

  get left(): Bounds {
    return left(this.#bounds, this.#account);
  }

  get exceeded(): UsedUp | null {
    return exceeded(this.#bounds, this.#account);
  }

  get usedUp(): UsedUp | null {
    return usedUp(this.#bounds, this.#account);
  }

  get #account(): Account {
    return { spent: this.#spent, given: this.#given };
  }
}

/** What an order has used: a runner that was killed on this machine may have kept more than it came to write on the branch. */
export function spentSoFar({ runFiles }: Pick<Tools, 'runFiles'>, { spent = NO_USAGE, run }: OrderRecord): Usage {
  const kept = run === undefined ? null : runFiles.keptSpent(run.id as RunId);
  return kept === null ? spent : most(spent, kept);
}
