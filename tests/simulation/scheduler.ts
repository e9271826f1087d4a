import { createHash } from 'node:crypto';
import { SimulatedFault } from './carry.js';
import type { Random } from './random.js';

/** What the world does to a call beside answering it. */
export interface Fate {
  /** The process is gone at that very call, before or after the call took effect. */
  readonly kill?: 'before' | 'after';
  /** The call takes effect also where its process is dead by then: it was another's to carry out. */
  readonly outlives?: boolean;
  /** The call fails as the real one can, before or after it took effect. */
  readonly fail?: 'before' | 'after';
  /** How much later than others it takes effect. */
  readonly delayMs?: number;
  /** The process stands still for that long when the call has taken effect, and goes on then. */
  readonly pauseMs?: number;
}

export type Fates = (process: Process, what: string) => Fate;

/** A process: whatever runs in it waits for a call of its own, and never runs any more once it is dead. */
export interface Process {
  readonly name: string;
  readonly machine: string;
  readonly pid: number;
  alive: boolean;
  /** A call of it failed: what it dies of may come of that. */
  hit: boolean;
  heldUntil: number;
}

/** A call of a port: its name, what it does all at once, and how it fails. */
export interface Call<T> {
  readonly what: string;
  /** What it is about, for the trace. */
  readonly about?: string;
  readonly effect: () => T;
  /** How it fails, where it can: by throwing, or by a value. `done`: though it took effect. */
  readonly failing?: (done: boolean) => T;
}

interface Event {
  readonly at: number;
  readonly tie: number;
  readonly process: Process | null;
  /** It hands something to the process, which takes nothing while it stands still. */
  readonly delivers: boolean;
  readonly run: () => void;
}

const MICROTASKS = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/**
 * Owns time and order: every call of every port, and every timer, is an event here, and one at a time takes place. What the processes do in
 * between are microtasks alone, which are drained before the next, so that nothing but the seed decides what comes when.
 */
export class Scheduler {
  readonly #events: Event[] = [];
  readonly #digest = createHash('sha256');
  #nowMs: number;
  #pids = 1000;
  #steps = 0;
  #settled = false;

  constructor(
    startMs: number,
    private readonly random: Random,
    private readonly fates: Fates,
    /** Told of each thing that takes place. */
    private readonly trace: (line: string) => void,
  ) {
    this.#nowMs = startMs;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  get steps(): number {
    return this.#steps;
  }

  get digest(): string {
    return this.#digest.copy().digest('hex');
  }

  note(process: Process | null, text: string): void {
    const line = `${new Date(this.#nowMs).toISOString().slice(8, 23)} ${process?.name ?? '-'} ${text}`;
    this.#digest.update(`${line}\n`);
    this.trace(line);
  }

  /** Starts a process with its `main`, which is over when that settles. */
  start(
    name: string,
    machine: string,
    main: (process: Process) => Promise<unknown>,
    ended: (process: Process, error: unknown) => void = () => undefined,
  ): Process {
    const process: Process = { name, machine, pid: (this.#pids += 1), alive: true, hit: false, heldUntil: 0 };
    const over = (error: unknown, how: string): void => {
      if (!process.alive) return;
      process.alive = false;
      this.note(process, how);
      ended(process, error);
    };
    this.after(null, 0, () => {
      this.note(process, `starts as ${String(process.pid)} on ${machine}`);
      main(process).then(
        () => {
          over(null, 'ends');
        },
        (error: unknown) => {
          over(error, `dies of ${error instanceof Error ? error.message : String(error)}`);
        },
      );
      this.#settled = true;
    });
    return process;
  }

  kill(process: Process, why: string): void {
    if (!process.alive) return;
    process.alive = false;
    this.note(process, `is killed ${why}`);
  }

  pause(process: Process, ms: number): void {
    process.heldUntil = Math.max(process.heldUntil, this.#nowMs + ms);
    this.note(process, `stands still for ${String(ms)} ms`);
  }

  /** A call of a process: takes effect at some moment, and is answered at a later one. */
  call<T>(process: Process, { what, about = '', effect, failing }: Call<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const fate = this.fates(process, what);
      this.after(null, this.#latency() + (fate.delayMs ?? 0), () => {
        const told = about === '' ? what : `${what} ${about}`;
        if (!process.alive && fate.outlives !== true) return;
        if (fate.kill === 'before') {
          this.kill(process, `before ${told}`);
          return;
        }
        const fails = failing === undefined ? undefined : fate.fail;
        if (fails !== undefined) process.hit = true;
        let settle: () => void;
        try {
          const answer = fails === 'before' ? failing?.(false) : effect();
          const given = (fails === 'after' ? failing?.(true) : answer) as T;
          this.note(process, `${told}${fails === undefined ? '' : ` FAILS ${fails}`}${said(given)}`);
          settle = () => {
            resolve(given);
          };
        } catch (error) {
          if (error instanceof SimulatedFault) error.process = process;
          this.note(process, `${told} throws ${error instanceof Error ? error.message : String(error)}`);
          settle = () => {
            reject(error instanceof Error ? error : new Error(String(error)));
          };
        }
        if (fate.kill === 'after') {
          this.kill(process, `after ${told}`);
          return;
        }
        if (fate.pauseMs !== undefined) this.pause(process, fate.pauseMs);
        this.hand(process, this.#latency(), settle);
      });
    });
  }

  /** Resolves after that long, or at once when the signal aborts. */
  sleep(process: Process, ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) {
        this.hand(process, 0, resolve);
        return;
      }
      const wake = (): void => {
        this.hand(process, 0, resolve);
      };
      signal?.addEventListener('abort', wake, { once: true });
      this.hand(process, Math.max(0, ms), () => {
        signal?.removeEventListener('abort', wake);
        resolve();
      });
    });
  }

  /** Has something take place after that long, unless the process that it is for is dead by then. */
  after(process: Process | null, ms: number, run: () => void): void {
    this.#add({ at: this.#nowMs + ms, tie: this.random.int(0, 0x7fffffff), process, delivers: false, run });
  }

  /** Hands something to a process: whatever it does then are microtasks of its own. */
  hand(process: Process, ms: number, settle: () => void): void {
    const run = (): void => {
      this.#settled = true;
      settle();
    };
    this.#add({ at: this.#nowMs + ms, tie: this.random.int(0, 0x7fffffff), process, delivers: true, run });
  }

  /** Has a signal come in: what hears it, runs. */
  signal(controller: AbortController): void {
    controller.abort();
    this.#settled = true;
  }

  /** Lets things take place until nothing is left, `until` says so, or time reaches `endMs`. */
  async run(endMs: number, until: () => boolean = () => false): Promise<void> {
    while (!until()) {
      const event = this.#next();
      if (event === null || event.at > endMs) {
        if (event !== null) this.#add(event);
        this.#nowMs = Math.max(this.#nowMs, Math.min(endMs, event?.at ?? endMs));
        return;
      }
      this.#nowMs = Math.max(this.#nowMs, event.at);
      const { process } = event;
      if (process !== null && !process.alive) continue;
      if (process !== null && event.delivers && process.heldUntil > this.#nowMs) {
        this.#add({ ...event, at: process.heldUntil, tie: this.random.int(0, 0x7fffffff) });
        continue;
      }
      this.#steps += 1;
      this.#settled = false;
      event.run();
      if (this.#settled) await MICROTASKS();
    }
  }

  #latency(): number {
    return this.random.int(0, 3);
  }

  /** A binary heap by time, then by the tie that chance gave. */
  #add(event: Event): void {
    const heap = this.#events;
    heap.push(event);
    for (let at = heap.length - 1; at > 0;) {
      const above = (at - 1) >> 1;
      if (!isBefore(heap[at], heap[above])) break;
      swap(heap, at, above);
      at = above;
    }
  }

  #next(): Event | null {
    const heap = this.#events;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined) return null;
    if (heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < heap.length && isBefore(heap[left], heap[least])) least = left;
      if (right < heap.length && isBefore(heap[right], heap[least])) least = right;
      if (least === at) return first;
      swap(heap, at, least);
      at = least;
    }
  }
}

const isBefore = (a: Event | undefined, b: Event | undefined): boolean =>
  a !== undefined && b !== undefined && (a.at < b.at || (a.at === b.at && a.tie < b.tie));

function swap(heap: Event[], a: number, b: number): void {
  const [one, other] = [heap[a], heap[b]];
  if (one === undefined || other === undefined) return;
  heap[a] = other;
  heap[b] = one;
}

/** What tells answers apart in the trace: ids, yes and no, and failures. */
function said(answer: unknown): string {
  if (typeof answer === 'string') return ` = ${answer.slice(0, 12)}`;
  if (typeof answer === 'boolean' || answer === null) return ` = ${String(answer)}`;
  if (typeof answer !== 'object' || !('ok' in answer)) return '';
  if (answer.ok !== true) return ` = ${String((answer as { failure?: { class?: string } }).failure?.class)}`;
  return said((answer as { value?: unknown }).value);
}
