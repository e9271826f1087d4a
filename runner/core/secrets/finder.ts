import { isSpace, tooFar, type Matcher } from './matcher.js';

/** Looks for what proves a secret in bytes that come in parts. */
export class Finder {
  #state = 0;
  #gap = 0;
  #line = 1;

  constructor(private readonly matcher: Matcher) {}

  /** The line, counted from 1, on which the first secret in these bytes ends; null if none does. Nothing is looked for after that. */
  write(bytes: Uint8Array): number | null {
    const { matcher } = this;
    if (matcher.isEmpty) return null;
    for (const byte of bytes) {
      if (byte === 10) this.#line += 1;
      if (isSpace(byte)) {
        this.#gap += 1;
        if (tooFar(this.#gap)) this.#state = 0;
        continue;
      }
      this.#gap = 0;
      this.#state = matcher.step(this.#state, byte);
      if (matcher.proves(this.#state)) return this.#line;
    }
    return null;
  }
}

/** The line on which a text holds a secret; null if it does not. */
export const secretLine = (bytes: Uint8Array, matcher: Matcher): number | null => new Finder(matcher).write(bytes);
