import type { Difference } from '../git/changes.js';

export type Broken = (what: string) => void;

const STATE =
  /^(queue|active|waiting|done|failed|cancelled|rejected)\/(?:\d{4}\/\d{2}\/)?([a-z0-9][a-z0-9-]*)(\.yml|\.md|\.error\.md)$/;

/** Where each order's files lie: one place at a time, and never none once it had one. */
export class Places {
  readonly #files = new Map<string, Set<string>>();

  constructor(private readonly broken: Broken) {}

  commit(changes: readonly Difference[]): void {
    const touched = new Set<string>();
    for (const { path, before, after } of changes) {
      const [, state = '', order = '', ending = ''] = STATE.exec(path) ?? [];
      // A rejected file lies beside its reasons.
      if (order === '' || (state === 'rejected' && ending !== '.error.md')) continue;
      const files = this.#files.get(order) ?? new Set<string>();
      this.#files.set(order, files);
      touched.add(order);
      if (before !== null) files.delete(path);
      if (after !== null) files.add(path);
    }
    for (const order of touched) {
      const files = [...(this.#files.get(order) ?? [])];
      if (files.length > 1) this.broken(`order ${order} is in two states: ${files.join(' and ')}`);
      if (files.length === 0) this.broken(`order ${order} is in no state any more`);
    }
  }
}
