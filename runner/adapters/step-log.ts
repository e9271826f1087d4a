import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import type { StepLog } from '../app/ports/run-files.js';
import { HeadAndTail } from '../core/head-and-tail.js';

const HEAD_BYTES = 64 * 1024;
const TAIL_BYTES = 192 * 1024;
/** How large a live file becomes, but for the line that says so. */
export const LIVE_BYTES = 8 * 1024 * 1024;
const TAIL_LINES = 20;
const LINE_CHARS = 500;
const LIVE_FULL = Buffer.from('\n[the live log ends here; the last lines are in the evidence]\n');

/** A file that is appended to until it is full: an earlier try of the same step may have written there. */
export class LiveFile {
  #file: number | null;
  #room: number;

  constructor(path: string) {
    this.#file = openSync(path, 'a', 0o644);
    this.#room = Math.max(0, LIVE_BYTES - fstatSync(this.#file).size);
  }

  write(chunk: Uint8Array): void {
    if (this.#file === null || this.#room === 0) return;
    const shown = chunk.subarray(0, this.#room);
    this.#room -= shown.length;
    for (const bytes of this.#room === 0 ? [shown, LIVE_FULL] : [shown])
      for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
  }

  end(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}

/** Keeps head and tail of an endless stream, and shows it live in a file. */
export class BoundedLog implements StepLog {
  readonly #kept = new HeadAndTail(HEAD_BYTES, TAIL_BYTES);
  readonly #live: LiveFile;

  constructor(live: string) {
    this.#live = new LiveFile(live);
  }

  write(chunk: Uint8Array): void {
    this.#live.write(chunk);
    this.#kept.write(chunk);
  }

  end(): Promise<{ readonly text: string; readonly tail: string; readonly bytes: number }> {
    this.#live.end();
    const text = this.#kept.text();
    const tail = text
      .trimEnd()
      .split('\n')
      .slice(-TAIL_LINES)
      .map((line) => line.slice(0, LINE_CHARS))
      .join('\n');
    return Promise.resolve({ text, tail, bytes: this.#kept.bytes });
  }
}
