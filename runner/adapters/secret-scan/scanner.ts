import { Worker } from 'node:worker_threads';
import type { ScannedText, SecretScanner, Suspicion } from '../../app/ports/secrets.js';
import type { Answer, Question } from './worker.js';

/** A text for which that is too short was made for it. */
const SCAN_MS = 30_000;
/** A thread that nobody asks costs memory for nothing. */
const IDLE_MS = 20_000;

/** Asks a thread, which is started when it is first needed, and ended when it takes too long. */
export class ThreadScanner implements SecretScanner {
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | undefined;
  #asked = 0;
  readonly #open = new Map<number, (found: readonly Suspicion[] | null) => void>();

  constructor(
    private readonly file: string,
    private readonly limitMs = SCAN_MS,
  ) {}

  prepare(): void {
    this.#start();
  }

  scan(texts: readonly ScannedText[]): Promise<readonly Suspicion[] | null> {
    if (texts.length === 0) return Promise.resolve([]);
    const worker = this.#start();
    this.#asked += 1;
    const question: Question = { id: this.#asked, texts };
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        void this.#stop(worker);
      }, this.limitMs);
      this.#open.set(question.id, (found) => {
        clearTimeout(timer);
        this.#open.delete(question.id);
        this.#rest();
        resolve(found);
      });
      worker.postMessage(question);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker !== null) await this.#stop(worker);
  }

  #start(): Worker {
    this.#rest();
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(this.file, { env: {}, resourceLimits: { maxOldGenerationSizeMb: 512 } });
    worker.on('message', ({ id, found }: Answer) => this.#open.get(id)?.(found));
    // A fault of the thread, or its memory: whoever asked hears that nobody knows.
    worker.on('error', () => {
      this.#gone(worker);
    });
    worker.on('exit', () => {
      this.#gone(worker);
    });
    // What is asked is waited for by its timer; the thread alone keeps no process alive.
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  /** Ends the thread some time after the last question. */
  #rest(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      if (this.#open.size === 0 && this.#worker !== null) void this.#stop(this.#worker);
    }, IDLE_MS).unref();
  }

  async #stop(worker: Worker): Promise<void> {
    this.#gone(worker);
    await worker.terminate();
  }

  #gone(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const answer of this.#open.values()) answer(null);
  }
}
