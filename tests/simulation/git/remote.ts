import { fail, ok, type Result } from '../../../runner/core/failure.js';
import type { CommitId } from '../../../runner/core/ids.js';
import { PROPOSALS, shipRef } from '../../../runner/core/record.js';
import { INCOMING, sharedRef, type RefUpdate, type Remote } from '../../../runner/app/ports/remote.js';
import type { Carry } from '../carry.js';
import { isAncestor } from './history.js';
import type { Store } from './store.js';

const VAULT = 'refs/heads/vault/';
const incoming = (ref: string): string => ref.replace('refs/', INCOMING);
const isSnapshot = (ref: string): boolean => ref.startsWith('refs/pushpals/');

/** The bare remote that clones share, as one of them sees it. */
export class SimulatedRemote implements Remote {
  readonly name = 'origin';

  constructor(
    private readonly own: Store,
    private readonly shared: Store,
    private readonly opsRef: string,
    private readonly projectRef: string,
    /** Whether nothing gets through between here and there. */
    private readonly isCutOff: () => boolean,
    private readonly carry: Carry,
  ) {}

  fetch(others: readonly string[]): Promise<Result<null>> {
    return this.#reach('fetch', '', () => {
      const ops = sharedRef(this.opsRef);
      const [seen, is] = [this.own.resolve(ops), this.shared.resolve(this.opsRef)];
      if (seen !== null && (is === null || !isAncestor(this.own.objects, seen, is)))
        return fail({ class: 'state-conflict', what: `${this.opsRef} was rewritten at the remote`, hint: '' });
      const there = this.shared.names().filter((ref) => ref.startsWith(VAULT));
      const gone = this.own.names().filter((ref) => ref.startsWith(INCOMING) && !there.map(incoming).includes(ref));
      for (const ref of gone) this.#set(ref, null);
      for (const ref of [this.opsRef, this.projectRef, ...others.map((name) => `refs/heads/${name}`)]) this.#see(ref);
      for (const ref of there) this.#set(incoming(ref), this.shared.resolve(ref));
      return ok(null);
    });
  }

  fetchRun(run: string, order: string): Promise<Result<null>> {
    return this.#reach('fetchRun', run, () => {
      const ship = shipRef(order);
      for (const ref of this.shared.names()) {
        if (ref !== ship && !ref.startsWith(`refs/pushpals/runs/${run}/`)) continue;
        this.#see(ref);
        // A branch that is there already is looked at by whoever ships.
        if (isSnapshot(ref) || this.own.resolve(ref) === null) this.#set(ref, this.shared.resolve(ref));
      }
      return ok(null);
    });
  }

  /** All or none; a push may take place and its answer be lost. */
  push(updates: readonly RefUpdate[]): Promise<Result<boolean>> {
    return this.#reach('push', updates.map(({ ref }) => ref).join(' '), () => {
      const moved = updates.filter((update) => !this.#fits(update));
      if (moved.length > 0) {
        for (const { ref } of moved) if (isSnapshot(ref) || ref.startsWith(PROPOSALS)) this.#see(ref);
        return ok(false);
      }
      for (const { ref, to } of updates) {
        this.shared.move(ref, this.shared.resolve(ref), to);
        this.#set(sharedRef(ref), to);
      }
      return ok(true);
    });
  }

  refs(prefixes: readonly string[]): Promise<ReadonlyMap<string, CommitId>> {
    return this.carry({
      what: 'remote.refs',
      effect: () => {
        const names = this.own.names().filter((ref) => prefixes.some((prefix) => ref.startsWith(prefix)));
        return new Map(names.map((ref) => [ref, this.own.resolve(ref) as CommitId]));
      },
    });
  }

  /** A branch only goes on; what goes away or is asked anew does so while it is what was seen; snapshots are nobody's but their run's. */
  #fits({ ref, from, to, exact }: RefUpdate): boolean {
    const is = this.shared.resolve(ref);
    if (exact === true && is !== from) return false;
    if (to === null || ref.startsWith(VAULT) || (exact === true && ref.startsWith(PROPOSALS))) return is === from;
    return isSnapshot(ref) || is === null || isAncestor(this.own.objects, is, to);
  }

  #see(ref: string): void {
    this.#set(sharedRef(ref), this.shared.resolve(ref));
  }

  #set(ref: string, to: CommitId | null): void {
    const from = this.own.resolve(ref);
    if (from !== to) this.own.move(ref, from, to);
  }

  #reach<T>(what: string, about: string, effect: () => Result<T>): Promise<Result<T>> {
    const why = 'nothing gets through';
    const unreachable = (): Result<never> =>
      fail({ class: 'remote-unavailable', remote: this.name, problem: 'unreachable', why });
    return this.carry<Result<T>>({
      what: `remote.${what}`,
      about,
      effect: () => (this.isCutOff() ? unreachable() : effect()),
      failing: unreachable,
    });
  }
}
