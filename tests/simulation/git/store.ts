import type { CommitId } from '../../../runner/core/ids.js';
import type { Objects } from './objects.js';

/** Told of every ref that moved, after it did. */
export type Moved = (ref: string, from: CommitId | null, to: CommitId | null) => void;

/** One repository: its refs, over objects that all of them share. */
export class Store {
  readonly #refs = new Map<string, CommitId>();

  constructor(
    readonly objects: Objects,
    private readonly moved: Moved = () => undefined,
  ) {}

  resolve(ref: string): CommitId | null {
    return this.#refs.get(ref) ?? null;
  }

  names(): readonly string[] {
    return [...this.#refs.keys()].sort();
  }

  /** Whether a ref of that name can be made: none may have the name of a folder of another. */
  canHold(ref: string): boolean {
    return !this.names().some((other) => other.startsWith(`${ref}/`) || ref.startsWith(`${other}/`));
  }

  /** Compare-and-swap; null for `from` makes the ref, null for `to` takes it away. False: it was not at `from`. */
  move(ref: string, from: CommitId | null, to: CommitId | null): boolean {
    if (this.resolve(ref) !== from) return false;
    if (to === null) this.#refs.delete(ref);
    else this.#refs.set(ref, this.objects.get(to).id);
    this.moved(ref, from, to);
    return true;
  }
}
