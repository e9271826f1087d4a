import { LEAST_CHARS, type Pattern } from './encodings.js';

/** More white space than that in a row is no line break of a tool, and ends what began before it. */
const MOST_GAP = 16;

/**
 * Finds any of many texts in one pass over bytes (Aho and Corasick, 1975). Letter case does not count, nor does white space: tools
 * wrap what they print, and base64 most of all.
 */
export class Matcher {
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  readonly #byte: Uint8Array;
  readonly #fail: Int32Array;
  readonly #depth: Int32Array;
  /** Length of the longest text that ends in a state; 0 for none. */
  readonly #out: Int32Array;
  readonly #proof: Uint8Array;
  readonly #root = new Int32Array(256);
  #count = 1;
  readonly longest: number;

  constructor(patterns: readonly Pattern[]) {
    const texts = patterns
      .map(({ bytes, proves }) => ({ bytes: squeezed(bytes), proves }))
      .filter(({ bytes }) => bytes.length >= LEAST_CHARS);
    const size = texts.reduce((sum, { bytes }) => sum + bytes.length, 1);
    this.longest = texts.reduce((most, { bytes }) => Math.max(most, bytes.length), 0);
    const table = (): Int32Array => new Int32Array(size);
    [this.#first, this.#next, this.#fail, this.#depth, this.#out] = [table(), table(), table(), table(), table()];
    this.#byte = new Uint8Array(size);
    this.#proof = new Uint8Array(size);
    for (const { bytes, proves } of texts) this.#add(bytes, proves);
    for (let child = this.#first[0] ?? 0; child !== 0; child = this.#next[child] ?? 0)
      this.#root[this.#byte[child] ?? 0] = child;
    this.#link();
  }

  get isEmpty(): boolean {
    return this.longest === 0;
  }

  /** The state after one more byte that is no white space. State 0: nothing has begun. */
  step(state: number, byte: number): number {
    const folded = FOLD[byte] ?? 0;
    for (let from = state; from !== 0; from = this.#fail[from] ?? 0) {
      const child = this.#child(from, folded);
      if (child !== 0) return child;
    }
    return this.#root[folded] ?? 0;
  }

  /** How many bytes back, white space aside, what a state has begun with lies. */
  depth(state: number): number {
    return this.#depth[state] ?? 0;
  }

  /** Length of the longest text that ends here. */
  ending(state: number): number {
    return this.#out[state] ?? 0;
  }

  /** Whether a text that proves its secret ends here. */
  proves(state: number): boolean {
    return this.#proof[state] === 1;
  }

  /** Whether something may begin with that byte. */
  begins(byte: number): boolean {
    return (this.#root[FOLD[byte] ?? 0] ?? 0) !== 0;
  }

  #child(state: number, byte: number): number {
    let child = this.#first[state] ?? 0;
    while (child !== 0 && this.#byte[child] !== byte) child = this.#next[child] ?? 0;
    return child;
  }

  #add(bytes: Uint8Array, proves: boolean): void {
    let state = 0;
    for (const byte of bytes) {
      let child = this.#child(state, byte);
      if (child === 0) {
        child = this.#count;
        this.#count += 1;
        this.#byte[child] = byte;
        this.#depth[child] = (this.#depth[state] ?? 0) + 1;
        this.#next[child] = this.#first[state] ?? 0;
        this.#first[state] = child;
      }
      state = child;
    }
    this.#out[state] = bytes.length;
    if (proves) this.#proof[state] = 1;
  }

  /** Where to go on when a text does not go on: breadth first, so that shorter ones are linked before. */
  #link(): void {
    const queue = new Int32Array(this.#count);
    let [head, tail] = [0, 1];
    while (head < tail) {
      const state = queue[head] ?? 0;
      head += 1;
      for (let child = this.#first[state] ?? 0; child !== 0; child = this.#next[child] ?? 0) {
        queue[tail] = child;
        tail += 1;
        const fail = state === 0 ? 0 : this.step(this.#fail[state] ?? 0, this.#byte[child] ?? 0);
        this.#fail[child] = fail;
        if (this.#out[child] === 0) this.#out[child] = this.#out[fail] ?? 0;
        if (this.#proof[fail] === 1) this.#proof[child] = 1;
      }
    }
  }
}

export const isSpace = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9;
export const tooFar = (gap: number): boolean => gap > MOST_GAP;

const FOLD = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));

const squeezed = (bytes: Uint8Array): Uint8Array =>
  bytes.filter((byte) => !isSpace(byte)).map((byte) => FOLD[byte] ?? 0);
