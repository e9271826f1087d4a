import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import type { StepLog } from '../app/ports/run-files.js';

const HEAD_BYTES = 64 * 1024;
const TAIL_BYTES = 192 * 1024;
const LIVE_BYTES = 8 * 1024 * 1024;
const TAIL_LINES = 20;
const LINE_CHARS = 500;
const LIVE_FULL = Buffer.from('\n[the live log ends here; the last lines are in the evidence]\n');

/**
 * Keeps head and tail of an endless stream in bounded memory, and appends it to a live file until that is full. Bytes are
 * decoded at the end only, so that no character is torn by where a chunk happened to end; what is no UTF-8 becomes U+FFFD.
 */
export class BoundedLog implements StepLog {
  readonly #head = Buffer.alloc(HEAD_BYTES);
  /** A ring: byte `n` of what follows the head lies at `n % TAIL_BYTES`. */
  readonly #ring = Buffer.alloc(TAIL_BYTES);
  #bytes = 0;
  #live: number | null;
  #liveRoom: number;

  /** `live` is appended to: an earlier try of the same step may have written there. */
  constructor(live: string) {
    this.#live = openSync(live, 'a', 0o644);
    this.#liveRoom = Math.max(0, LIVE_BYTES - fstatSync(this.#live).size);
  }

  write(chunk: Uint8Array): void {
    this.#show(chunk);
    const toHead = Math.min(chunk.length, Math.max(0, HEAD_BYTES - this.#bytes));
    this.#head.set(chunk.subarray(0, toHead), this.#bytes < HEAD_BYTES ? this.#bytes : 0);
    const followed = Math.max(0, this.#bytes - HEAD_BYTES);
    const rest = chunk.subarray(toHead);
    const last = rest.subarray(Math.max(0, rest.length - TAIL_BYTES));
    const start = (followed + rest.length - last.length) % TAIL_BYTES;
    const beforeWrap = last.subarray(0, TAIL_BYTES - start);
    this.#ring.set(beforeWrap, start);
    this.#ring.set(last.subarray(beforeWrap.length), 0);
    this.#bytes += chunk.length;
  }

  end(): Promise<{ readonly text: string; readonly tail: string; readonly bytes: number }> {
    if (this.#live !== null) closeSync(this.#live);
    this.#live = null;
    const text = this.#text();
    const tail = text
      .trimEnd()
      .split('\n')
      .slice(-TAIL_LINES)
      .map((line) => line.slice(0, LINE_CHARS))
      .join('\n');
    return Promise.resolve({ text, tail, bytes: this.#bytes });
  }

  #text(): string {
    const head = this.#head.subarray(0, this.#bytes);
    const followed = Math.max(0, this.#bytes - HEAD_BYTES);
    if (followed <= TAIL_BYTES) return Buffer.concat([head, this.#ring.subarray(0, followed)]).toString('utf8');
    const turn = followed % TAIL_BYTES;
    const tail = Buffer.concat([this.#ring.subarray(turn), this.#ring.subarray(0, turn)]);
    const cut = `\n[${String(followed - TAIL_BYTES)} bytes are cut out here]\n`;
    return head.toString('utf8') + cut + tail.toString('utf8');
  }

  #show(chunk: Uint8Array): void {
    if (this.#live === null || this.#liveRoom === 0) return;
    const shown = chunk.subarray(0, this.#liveRoom);
    this.#liveRoom -= shown.length;
    for (const bytes of this.#liveRoom === 0 ? [shown, LIVE_FULL] : [shown])
      for (let at = 0; at < bytes.length;) at += writeSync(this.#live, bytes, at);
  }
}
