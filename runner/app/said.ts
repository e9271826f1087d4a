/** What was told, so that each thing is told once for as long as it holds. */
export class Said {
  #before = new Set<string>();
  #now = new Set<string>();

  /** Begins another look: what is not heard of in it is told again when it comes back. */
  turn(): void {
    this.#before = this.#now;
    this.#now = new Set();
  }

  /** Notes what was told elsewhere. */
  note(key: string): void {
    this.#now.add(key);
  }

  once(key: string, say: () => void): void {
    if (!this.#before.has(key) && !this.#now.has(key)) say();
    this.#now.add(key);
  }
}
