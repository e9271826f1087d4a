import type { Formula, Project } from '../generated/types.js';
import { globsOverlap, type Effort } from './glob-overlap.js';
import type { Observed } from './observed.js';
import type { StoredOrder } from './record.js';

/** What orders may change, as lists of globs: a path has to match one of each list. No lists: anything. Null: an order that ships nothing. */
type Reach = readonly (readonly string[])[] | null;

type Facts = Pick<Observed, 'formulas' | 'project'>;
type Sequence = NonNullable<NonNullable<Project['runner']>['overlapping']>;

const EVERYTHING = new Set(['**', '**/*', '**/**']);

function reachOf({ record: { order, formula } }: StoredOrder, { formulas }: Pick<Facts, 'formulas'>): Reach {
  const loaded = formulas.get(formula);
  const found = loaded?.ok === true ? loaded.value.formula : undefined;
  if (found !== undefined && !found.steps.some(({ ship }) => ship !== undefined)) return null;
  const lists = [order.constraints?.only, found?.scope?.write, found === undefined ? undefined : stepScope(found)];
  return lists.filter((list): list is string[] => list !== undefined && !list.some((glob) => EVERYTHING.has(glob)));
}

/** What its steps may change together, where each of them says so. */
function stepScope({ steps }: Formula): readonly string[] | undefined {
  const changing = steps.filter(({ run, agent, revert }) => (run ?? agent ?? revert) !== undefined);
  const scopes = changing.map(({ scope }) => scope?.write);
  return scopes.length > 0 && scopes.every((scope) => scope !== undefined) ? [...new Set(scopes.flat())] : undefined;
}

/** Two globs, one of each, that a path may match; null where no path can be in both. */
function common(one: readonly string[], other: readonly string[], effort: Effort): readonly [string, string] | null {
  for (const glob of one)
    for (const against of other) {
      effort.left -= 1;
      if (effort.left <= 0 || globsOverlap(glob, against, effort)) return [glob, against];
    }
  return null;
}

/**
 * Keeps orders apart that may change the same files: they would do the same work twice, or end in conflicts. Orders take their scopes in the order of
 * their turns, those that wait for another's as well, so that one with a wide scope is not passed for ever. What says nothing of its scope waits for
 * nobody: nearly all formulas would then run one at a time, and what really meets is merged when it ships.
 */
export class Scopes {
  readonly #taken: { readonly order: StoredOrder; readonly reach: Reach; readonly runs: boolean }[] = [];
  readonly #known = new Map<string, readonly [string, string] | null>();
  readonly #sequence: Sequence;
  /** Of all orders together: their globs are hostile, and a tick has to come to its end. */
  readonly #effort: Effort = { left: 5_000_000 };

  constructor(
    active: readonly StoredOrder[],
    private readonly facts: Facts,
  ) {
    this.#sequence = facts.project.runner?.overlapping ?? 'wait';
    if (this.#sequence !== 'run') for (const order of active) this.#take(order, true);
  }

  /** Why an order has to wait for another, whose scope it then does take for those after it; null if it need not. */
  holdup(order: StoredOrder): string | null {
    if (this.#sequence === 'run') return null;
    const reach = reachOf(order, this.facts);
    if (reach === null) return null;
    for (const other of this.#taken) {
      const why = this.#meets(reach, other.reach);
      if (why === null) continue;
      this.#take(order, false);
      return `${why} as ${other.order.record.id}, which ${other.runs ? 'runs' : 'is before it'}`;
    }
    return null;
  }

  /** Of an order that starts now. */
  take(order: StoredOrder): void {
    if (this.#sequence !== 'run') this.#take(order, true);
  }

  #take(order: StoredOrder, runs: boolean): void {
    this.#taken.push({ order, reach: reachOf(order, this.facts), runs });
  }

  #meets(one: Reach, other: Reach): string | null {
    if (one === null || other === null) return null;
    if (one.length === 0 || other.length === 0)
      return this.#sequence === 'strict' ? 'it may change the same files' : null;
    let met: readonly [string, string] | null = null;
    for (const list of one)
      for (const against of other) {
        const found = this.#common(list, against);
        if (found === null) return null;
        met ??= found;
      }
    return `it may change the same files (${met?.[0] ?? ''})`;
  }

  #common(one: readonly string[], other: readonly string[]): readonly [string, string] | null {
    const key = JSON.stringify([one, other]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = common(one, other, this.#effort);
    this.#known.set(key, found);
    return found;
  }
}
