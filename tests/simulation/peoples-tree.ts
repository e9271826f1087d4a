import { instant, type CommitId } from '../../runner/core/ids.js';
import type { Inbox, InboxListing } from '../../runner/app/ports/ops.js';
import { throwing, type Carry } from './carry.js';
import { differences } from './git/changes.js';
import { entryAt, filesBelow, type Commit, type Tree } from './git/objects.js';
import type { Store } from './git/store.js';

interface Aside {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly atMs: number;
  /** What was taken in. */
  readonly taken: Uint8Array | null;
}

const INBOX = 'inbox';
/** What was moved aside longer ago than this was left by a runner that died. */
const LEFT_MS = 60_000;

/** The inbox of the people's work tree of one clone, with what a runner moved out of it and has not removed yet. */
export class PeoplesTree {
  readonly files = new Map<string, Uint8Array>();
  /** When each was put there. */
  readonly #since = new Map<string, number>();
  readonly aside = new Set<Aside>();
  #at: Commit | null = null;

  constructor(private readonly nowMs: () => number = () => 0) {}

  drop(path: string, bytes: Uint8Array): void {
    this.files.set(path, bytes);
    this.#since.set(path, this.nowMs());
  }

  since(path: string): number {
    return this.#since.get(path) ?? this.nowMs();
  }

  /** Brings what is committed along, and keeps whatever people have not committed. */
  follow(to: Commit): void {
    for (const { path, before, after } of differences(inboxOf(this.#at), inboxOf(to), `${INBOX}/`)) {
      const now = this.files.get(path);
      const isOurs = before === null ? now === undefined : now !== undefined && equal(now, before.blob.bytes);
      if (!isOurs) continue;
      if (after === null) this.files.delete(path);
      else this.drop(path, after.blob.bytes);
    }
    this.#at = to;
  }

  /** A runner that died between moving a file aside and removing it leaves it there: what was taken in is done with. */
  putBackLeft(nowMs: number): void {
    for (const aside of this.aside) {
      if (nowMs - aside.atMs <= LEFT_MS) continue;
      if (aside.taken !== null && equal(aside.bytes, aside.taken)) this.aside.delete(aside);
      else this.putBack(aside);
    }
  }

  /** Beside a newer file of that name, if there is one. */
  putBack(aside: Aside): void {
    if (!this.aside.delete(aside)) return;
    let place = aside.path;
    for (let count = 2; this.files.has(place); count += 1)
      place = aside.path.replace(/(\.[^.]*)?$/, `-${String(count)}$1`);
    this.drop(place, aside.bytes);
  }
}

function inboxOf(commit: Commit | null): Tree | null {
  const entry = commit === null ? null : entryAt(commit.tree, INBOX);
  return entry !== null && 'tree' in entry ? entry.tree : null;
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(b);

export class SimulatedInbox implements Inbox {
  constructor(
    private readonly tree: PeoplesTree,
    private readonly store: Store,
    private readonly nowMs: () => number,
    private readonly carry: Carry,
  ) {}

  list(tip: CommitId): Promise<InboxListing> {
    return this.carry({
      what: 'inbox.list',
      effect: () => {
        this.tree.putBackLeft(this.nowMs());
        const commit = this.store.objects.get(tip);
        const inTip = new Map(
          filesBelow(entryAt(commit.tree, INBOX), INBOX)
            .filter(({ path }) => isOrderFile(path))
            .map(({ path, blob }) => [path, blob]),
        );
        const isCopy = (path: string, bytes: Uint8Array | undefined): boolean => {
          const blob = inTip.get(path);
          return blob !== undefined && bytes !== undefined && equal(blob.bytes, bytes);
        };
        const here = [...this.tree.files].filter(([path]) => isOrderFile(path));
        const settled = [
          ...here.map(([path, bytes]) => {
            const since = instant(this.tree.since(path));
            return { path, bytes, committed: isCopy(path, bytes), since };
          }),
          ...[...inTip]
            .filter(([path]) => !isCopy(path, this.tree.files.get(path)))
            .map(([path, { bytes }]) => ({ path, bytes, committed: true })),
        ];
        settled.sort((a, b) => (a.path === b.path ? (a.committed ? -1 : 1) : a.path < b.path ? -1 : 1));
        return { settled, unsettled: [], refused: [] };
      },
      failing: throwing('reading the inbox'),
    });
  }

  /** Out of the folder first, and only then gone: a runner may die in between. */
  async remove(path: string, bytes: Uint8Array | null): Promise<boolean> {
    const aside = await this.carry({
      what: 'inbox.aside',
      about: path,
      effect: (): Aside | null => {
        const found = this.tree.files.get(path);
        if (found === undefined) return null;
        this.tree.files.delete(path);
        const moved = { path, bytes: found, atMs: this.nowMs(), taken: bytes };
        this.tree.aside.add(moved);
        return moved;
      },
      failing: throwing('moving a file of the inbox'),
    });
    if (aside === null || bytes === null) return true;
    return this.carry({
      what: 'inbox.remove',
      about: path,
      effect: () => {
        if (equal(aside.bytes, bytes)) this.tree.aside.delete(aside);
        else this.tree.putBack(aside);
        return equal(aside.bytes, bytes);
      },
      failing: throwing('removing a file of the inbox'),
    });
  }
}

export const isOrderFile = (path: string): boolean => /^inbox\/[^/]+$/.test(path) && !/README\.md$|\/\./.test(path);
