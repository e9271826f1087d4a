/** No event of a tool's is longer; what is, is text that somebody had it print. */
const LINE_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/** The lines of an endless stream in bounded memory. A line that is too long is left out whole, and counted. */
export class Lines {
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #skipping = false;
  #leftOut = 0;

  constructor(private readonly mostBytes = LINE_BYTES) {}

  /** How many lines were too long. */
  get leftOut(): number {
    return this.#leftOut;
  }

  write(chunk: Uint8Array): readonly string[] {
    const lines: string[] = [];
    for (let from = 0; from < chunk.length;) {
      const end = chunk.indexOf(NEWLINE, from);
      this.#hold(chunk.subarray(from, end === -1 ? chunk.length : end));
      if (end === -1) break;
      lines.push(...this.end());
      from = end + 1;
    }
    return lines;
  }

  /** The last line, which nothing ended. */
  end(): readonly string[] {
    const [parts, wasSkipped] = [this.#parts, this.#skipping];
    const all = new Uint8Array(this.#bytes);
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    this.#parts = [];
    this.#bytes = 0;
    this.#skipping = false;
    return wasSkipped || at === 0 ? [] : [new TextDecoder().decode(all).replace(/\r$/, '')];
  }

  #hold(part: Uint8Array): void {
    if (this.#skipping || part.length === 0) return;
    this.#bytes += part.length;
    if (this.#bytes <= this.mostBytes) {
      // Whoever wrote it may write over it again.
      this.#parts.push(part.slice());
      return;
    }
    this.#parts = [];
    this.#bytes = 0;
    this.#skipping = true;
    this.#leftOut += 1;
  }
}
