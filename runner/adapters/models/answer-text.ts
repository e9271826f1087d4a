/** Some servers heed no bound: as many characters a token as no text has. */
const MOST_CHARS_PER_TOKEN = 16;
const MOST_CHARS = 4 * 1024 * 1024;

/** The text of an answer as it comes, up to a bound. */
export class AnswerText {
  #parts: string[] = [];
  #length = 0;
  readonly #most: number;

  constructor(
    mostTokens: number,
    private readonly onText: (text: string) => void,
  ) {
    this.#most = Math.min(mostTokens * MOST_CHARS_PER_TOKEN, MOST_CHARS);
  }

  /** False: it has become too long, and the answer ends here. */
  add(part: string): boolean {
    if (part === '') return true;
    const kept = part.slice(0, this.#most - this.#length);
    this.#parts.push(kept);
    this.#length += kept.length;
    this.onText(kept);
    return this.#length < this.#most;
  }

  toString(): string {
    return this.#parts.join('');
  }
}
