import type { Random } from './random.js';
import type { Fate, Process } from './scheduler.js';

/** What goes wrong in one simulation, and how often: each a probability for a call. */
interface Rates {
  readonly kill: number;
  readonly fail: number;
  readonly delay: number;
  readonly pause: number;
}

/** Calls around which most bugs of this kind of program live. */
const TENDER = [
  'ops.advance',
  'repository.moveRef',
  'ops.append',
  'inbox.',
  'workspaces.keep',
  'sandbox.exec',
  'ops.branch',
];

/**
 * Decides what becomes of each call. A simulation has some kinds of faults and not others, as often as not one kind of call that is hit far more
 * often than all others: what all do at once hides what one does alone.
 */
export class Faults {
  readonly #rates: Rates;
  readonly #tender: { readonly what: string; readonly kind: 'kill' | 'fail' | 'pause' } | null;
  isOver = false;

  constructor(private readonly random: Random) {
    const rate = (most: number): number => (random.chance(0.5) ? (most * random.int(1, 100)) / 100 : 0);
    this.#rates = { kill: rate(0.006), fail: rate(0.006), delay: rate(0.02), pause: rate(0.004) };
    this.#tender = random.chance(0.4)
      ? { what: random.pick(TENDER), kind: random.pick(['kill', 'fail', 'pause'] as const) }
      : null;
  }

  fate(process: Process, what: string): Fate {
    if (this.isOver) return {};
    const { random } = this;
    const { kill, fail, delay, pause } = this.#rates;
    const tender = this.#tender !== null && what.startsWith(this.#tender.what) ? this.#tender.kind : null;
    const hits = (kind: 'kill' | 'fail' | 'pause', rate: number): boolean =>
      random.chance(tender === kind ? 0.05 : rate);
    const when = (): 'before' | 'after' => random.pick(['before', 'after'] as const);
    if (hits('kill', kill)) return { kill: when() };
    if (!process.name.startsWith('person') && hits('fail', fail)) return { fail: when() };
    if (hits('pause', pause)) return { pauseMs: random.int(100, random.pick([2_000, 60_000, 1_800_000])) };
    const outlives = random.chance(0.3);
    if (random.chance(delay)) return { outlives, delayMs: random.int(10, random.pick([1_000, 120_000])) };
    return { outlives };
  }
}
