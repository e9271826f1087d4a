export interface Answer {
  readonly id: string;
  readonly type: string;
  readonly size: number;
  /** Null where only `info` was asked, or the object is larger than was asked for. */
  readonly body: Buffer | null;
}

export interface Asked {
  /** The longest body to keep; null where only `info` was asked. */
  readonly maxBytes: number | null;
  readonly resolve: (answer: Answer | null) => void;
  readonly reject: (error: Error) => void;
}

/** A read that git could not answer. */
export class GitReadFailed extends Error {
  override readonly name = 'GitReadFailed';
}

const NEWLINE = 10;

/**
 * Reads the answers of `git cat-file --batch-command`, which come in the order of the questions: a line, and for `contents` the
 * object and a line end. A body that is too large is passed over and never held.
 */
export class AnswerParser {
  #line: Buffer = Buffer.alloc(0);
  #header: Answer | null = null;
  #body: Buffer | null = null;
  /** Bytes of the body, and its line end, that are still to come. */
  #missing = 0;

  constructor(private readonly asked: Asked[]) {}

  /** Takes in what has come. False: it answers nothing that was asked. */
  take(chunk: Buffer): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#header !== null) {
        const part = chunk.subarray(at, at + this.#missing);
        if (this.#body !== null) part.copy(this.#body, this.#header.size + 1 - this.#missing);
        at += part.length;
        this.#missing -= part.length;
        if (this.#missing === 0) this.#settle({ ...this.#header, body: this.#body });
        continue;
      }
      const end = chunk.indexOf(NEWLINE, at);
      const piece = chunk.subarray(at, end < 0 ? chunk.length : end);
      this.#line = this.#line.length === 0 ? piece : Buffer.concat([this.#line, piece]);
      if (end < 0) return true;
      at = end + 1;
      const line = this.#line.toString('utf8');
      this.#line = Buffer.alloc(0);
      if (!this.#start(line)) return false;
    }
    return true;
  }

  #start(line: string): boolean {
    const asked = this.asked[0];
    if (asked === undefined) return false;
    const found = /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)$/.exec(line);
    if (found === null) {
      // `<name> missing`, `<name> ambiguous`
      this.#settle(null);
      return true;
    }
    const header: Answer = { id: found[1] ?? '', type: found[2] ?? '', size: Number(found[3]), body: null };
    if (asked.maxBytes === null) {
      this.#settle(header);
      return true;
    }
    this.#header = header;
    this.#missing = header.size + 1;
    this.#body = header.size <= asked.maxBytes ? Buffer.allocUnsafe(header.size) : null;
    return true;
  }

  #settle(answer: Answer | null): void {
    this.#header = null;
    this.#body = null;
    this.asked.shift()?.resolve(answer);
  }
}
