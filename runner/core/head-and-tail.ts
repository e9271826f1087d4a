/** Keeps the head and the tail of an endless stream in bounded memory. */
export class HeadAndTail {
  readonly #head: Uint8Array;
  /** A ring: byte `n` of what follows the head lies at `n % tail`. */
  readonly #ring: Uint8Array;
  #bytes = 0;

  /** How many bytes of each are kept. */
  constructor(head: number, tail: number) {
    this.#head = new Uint8Array(head);
    this.#ring = new Uint8Array(tail);
  }

  write(chunk: Uint8Array): void {
    const room = this.#head.length - this.#bytes;
    if (room > 0) this.#head.set(chunk.subarray(0, room), this.#bytes);
    const rest = chunk.subarray(Math.max(0, room));
    const size = this.#ring.length;
    const last = rest.subarray(Math.max(0, rest.length - size));
    const start = (this.#followed + rest.length - last.length) % size;
    const beforeWrap = last.subarray(0, size - start);
    this.#ring.set(beforeWrap, start);
    this.#ring.set(last.subarray(beforeWrap.length), 0);
    this.#bytes += chunk.length;
  }

  /** How many bytes there were. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What is kept, with the cut named. Decoded here only, so that no character is torn by where a chunk happened to end; what is no UTF-8 becomes U+FFFD. */
  text(): string {
    const { length: size } = this.#ring;
    const head = this.#head.subarray(0, Math.min(this.#bytes, this.#head.length));
    if (this.#followed <= size) return decoded(head, this.#ring.subarray(0, this.#followed));
    const turn = this.#followed % size;
    const cut = `\n[${String(this.#followed - size)} bytes are cut out here]\n`;
    return decoded(head) + cut + decoded(this.#ring.subarray(turn), this.#ring.subarray(0, turn));
  }

  get #followed(): number {
    return Math.max(0, this.#bytes - this.#head.length);
  }
}

function decoded(...parts: readonly Uint8Array[]): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return parts.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode();
}
