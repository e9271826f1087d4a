/** Hands output on, but for an output that is one word and nothing else. */
export class Withheld {
  #held = Buffer.alloc(0);
  #passes = false;

  constructor(
    private readonly word: string,
    private readonly next: (chunk: Uint8Array) => void,
  ) {}

  write(chunk: Uint8Array): void {
    this.#held = Buffer.concat([this.#held, chunk]);
    this.#passes ||= !this.word.startsWith(this.#held.toString('latin1'));
    if (this.#passes) this.#pass();
  }

  /** Whether the output was that word. */
  end(): boolean {
    const isWord = this.#held.toString('latin1') === this.word;
    if (!isWord) this.#pass();
    return isWord;
  }

  #pass(): void {
    if (this.#held.length > 0) this.next(this.#held);
    this.#held = Buffer.alloc(0);
  }
}
