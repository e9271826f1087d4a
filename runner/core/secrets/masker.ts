import { isSpace, tooFar, type Matcher } from './matcher.js';

const MASK = new TextEncoder().encode('***');
const NONE = new Uint8Array(0);

/**
 * Replaces what a matcher finds in a stream, whatever the writes were split at. It holds back only what may yet turn out to be the
 * beginning of a secret, and no more of it than the longest form of one with its white space.
 */
export class Masker {
  #state = 0;
  #gap = 0;
  #held: Uint8Array = NONE;
  #heldFlags: Uint8Array = NONE;
  /** Offset in the stream of the first byte held. */
  #base = 0;
  /** Offsets of the last bytes that are no white space. */
  readonly #places: Float64Array;
  readonly #turn: number;
  #count = 0;
  #isMasked = false;

  constructor(private readonly matcher: Matcher) {
    this.#turn = 2 ** Math.ceil(Math.log2(matcher.longest + 2)) - 1;
    this.#places = new Float64Array(this.#turn + 1);
  }

  /** What can be handed on now. */
  write(chunk: Uint8Array): Uint8Array {
    const { matcher } = this;
    if (matcher.isEmpty) return chunk;
    if (this.#state === 0 && this.#isQuiet(chunk)) {
      this.#base += chunk.length;
      if (chunk.length > 0) this.#isMasked = false;
      return chunk;
    }
    const before = this.#held.length;
    const bytes = joined(this.#held, chunk);
    const flags = new Uint8Array(bytes.length);
    flags.set(this.#heldFlags);
    let state = this.#state;
    for (let at = before; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (isSpace(byte)) {
        this.#gap += 1;
        if (tooFar(this.#gap)) state = 0;
        continue;
      }
      this.#gap = 0;
      state = matcher.step(state, byte);
      this.#places[this.#count & this.#turn] = this.#base + at;
      this.#count += 1;
      const length = matcher.ending(state);
      if (length > 0) flags.fill(1, this.#place(length), at + 1);
    }
    this.#state = state;
    const cut = state === 0 ? bytes.length : this.#place(matcher.depth(state));
    const passed = this.#masked(bytes.subarray(0, cut), flags);
    this.#held = bytes.slice(cut);
    this.#heldFlags = flags.slice(cut);
    this.#base += cut;
    return passed;
  }

  /** The rest, when nothing comes any more. */
  end(): Uint8Array {
    const rest = this.#masked(this.#held, this.#heldFlags);
    this.#base += this.#held.length;
    this.#held = this.#heldFlags = NONE;
    this.#state = 0;
    return rest;
  }

  /** Where in what is held the byte lies that is so many back, white space aside. */
  #place(back: number): number {
    return (this.#places[(this.#count - back) & this.#turn] ?? 0) - this.#base;
  }

  #isQuiet(chunk: Uint8Array): boolean {
    for (const byte of chunk) if (this.matcher.begins(byte)) return false;
    return true;
  }

  /** A stretch of masked bytes becomes one mask, also where it was handed on in two parts. */
  #masked(bytes: Uint8Array, flags: Uint8Array): Uint8Array {
    const parts: Uint8Array[] = [];
    for (let at = 0; at < bytes.length;) {
      const masked = flags[at] === 1;
      let end = at + 1;
      while (end < bytes.length && (flags[end] === 1) === masked) end += 1;
      if (!masked) parts.push(bytes.subarray(at, end));
      else if (!this.#isMasked) parts.push(MASK);
      this.#isMasked = masked;
      at = end;
    }
    return parts.length === 1 ? (parts[0] ?? NONE) : parts.reduce(joined, NONE);
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** A text with every secret in it replaced. */
export function maskedText(text: string, matcher: Matcher): string {
  if (matcher.isEmpty) return text;
  const masker = new Masker(matcher);
  const decoder = new TextDecoder();
  return decoder.decode(masker.write(new TextEncoder().encode(text)), { stream: true }) + decoder.decode(masker.end());
}

/** The same value with every text in it masked, keys aside. */
export function maskedValue<T>(value: T, matcher: Matcher): T {
  if (matcher.isEmpty) return value;
  const masked = (each: unknown): unknown => {
    if (typeof each === 'string') return maskedText(each, matcher);
    if (Array.isArray(each)) return each.map(masked);
    if (each === null || typeof each !== 'object') return each;
    return Object.fromEntries(Object.entries(each).map(([key, part]) => [key, masked(part)]));
  };
  return masked(value) as T;
}
