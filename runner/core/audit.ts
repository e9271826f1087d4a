import type { OrderState } from './record.js';
import { TRANSITIONS, type OrderEvent } from './transitions.js';

/** A commit of the ops branch, with what it changes against its first parent. */
export interface AuditCommit {
  readonly commit: string;
  readonly parents: readonly string[];
  /** Of a merge: the paths that are as no parent has them. All else it only brings together, and is judged where it was made. */
  readonly own: ReadonlySet<string> | null;
  /** Who made it: the runner's address, or a person's. */
  readonly committer: string;
  /** `PushPals-Order` and `PushPals-Event` trailers, in pairs as they stand. */
  readonly events: readonly { readonly order: string; readonly event: string }[];
  readonly changes: readonly {
    readonly status: 'A' | 'M' | 'D' | 'T';
    readonly path: string;
    readonly blob: string | null;
  }[];
}

export interface Finding {
  readonly commit: string;
  readonly what: string;
}

/** What has to be read to finish the audit: fired requests with their commits. */
export interface Walk {
  readonly findings: Finding[];
  readonly commits: number;
  readonly transitions: number;
  /** Each with the commit before, in which its order waited. */
  readonly fired: readonly { readonly commit: string; readonly before: string; readonly path: string }[];
  /** Orders that a person had tried again, maybe with more of a budget. */
  readonly retried: ReadonlySet<string>;
}

type Place = OrderState | 'none' | 'rejected';
const LIVE = /^(queue|active|waiting)\/([a-z0-9][a-z0-9-]*)\.yml$/;
const ENDED = /^(done|failed|cancelled)\/\d{4}\/\d{2}\/([a-z0-9][a-z0-9-]*)\.yml$/;
const REJECTED = /^rejected\/\d{4}\/\d{2}\/([a-z0-9][a-z0-9-]*)\.error\.md$/;
const TRIGGER = /^triggers\/[a-z0-9-]+\.yml$/;
const FIRED = /^vault\/fired\/[a-z0-9-]+\.yml$/;

/** Where orders stand on a line of the history. Lines part and come together; each goes on from what it had when it parted. */
class Places {
  readonly #own = new Map<string, Place>();
  #depth: number;

  #before: Places | null;

  constructor(before: Places | null) {
    this.#before = before;
    this.#depth = (before === null ? 0 : before.#depth) + 1;
    if (this.#depth <= MOST_DEEP) return;
    const lines: Places[] = [];
    for (let line = before; line !== null; line = line.#before) lines.unshift(line);
    for (const line of lines) for (const [order, place] of line.#own) this.#own.set(order, place);
    this.#before = null;
    this.#depth = 1;
  }

  at(order: string): Place {
    return this.#own.get(order) ?? (this.#before === null ? 'none' : this.#before.at(order));
  }

  move(order: string, to: Place): void {
    this.#own.set(order, to);
  }
}
const MOST_DEEP = 100;

/**
 * Walks the history from its beginning, parents before what goes on from them: each move of an order's file has to be one that the table of transitions has, under the event that the
 * commit names, by the runner's hand.
 */
export function walk(commits: readonly AuditCommit[], runner: string): Walk {
  const findings: Finding[] = [];
  const fired = new Map<string, Walk['fired'][number]>();
  const lines = new Map<string, Places>();
  /** How many go on from a commit as their first parent. */
  const heirs = new Map<string, number>();
  for (const { parents } of commits) heirs.set(parents[0] ?? '', (heirs.get(parents[0] ?? '') ?? 0) + 1);
  const retried = new Set<string>();
  let [count, transitions] = [0, 0];
  for (const commit of commits) {
    count += 1;
    const [before = ''] = commit.parents;
    const line = lines.get(before);
    const places = line !== undefined && heirs.get(before) === 1 ? line : new Places(line ?? null);
    lines.set(commit.commit, places);
    for (const { order, event } of commit.events) if (event === 'retry') retried.add(order);
    const moved = new Map<string, { from: Place; to: Place; isOwn: boolean }>();
    for (const { status, path, blob } of commit.changes) {
      const at = placeOf(path);
      if (at !== null) {
        const here = places.at(at.order);
        const move = moved.get(at.order) ?? { from: here, to: here, isOwn: false };
        move.isOwn ||= commit.own === null || commit.own.has(path);
        if (status !== 'D') move.to = at.place;
        else if (move.to === at.place) move.to = 'none';
        moved.set(at.order, move);
      } else if (path.startsWith('evidence/')) {
        if (blob === null && commit.own === null)
          findings.push({ commit: commit.commit, what: `the evidence ${path} was removed` });
      } else if (commit.own !== null && !commit.own.has(path)) continue;
      else if (FIRED.test(path) && status === 'A') fired.set(path, { commit: commit.commit, before, path });
      else if (FIRED.test(path) && status === 'D')
        findings.push({ commit: commit.commit, what: `${path} was removed` });
      else if (TRIGGER.test(path) && commit.committer !== runner) {
        const what = `${path}: changed by ${commit.committer}, and only the runner writes there`;
        findings.push({ commit: commit.commit, what });
      }
    }
    for (const [order, { from, to, isOwn }] of moved) {
      places.move(order, to);
      if (!isOwn) continue;
      transitions += 1;
      const why = wrong(commit, order, from, to, runner);
      if (why !== null) findings.push({ commit: commit.commit, what: `order ${order}: ${from} → ${to}: ${why}` });
    }
  }
  return { findings, commits: count, transitions, fired: [...fired.values()], retried };
}

function placeOf(path: string): { order: string; place: Place } | null {
  const found = LIVE.exec(path) ?? ENDED.exec(path);
  if (found?.[1] !== undefined && found[2] !== undefined) return { place: found[1] as OrderState, order: found[2] };
  const rejected = REJECTED.exec(path)?.[1];
  return rejected === undefined ? null : { place: 'rejected', order: rejected };
}

function wrong(
  { committer, events }: AuditCommit,
  order: string,
  from: Place,
  to: Place,
  runner: string,
): string | null {
  if (committer !== runner) return `made by ${committer}, and only the runner moves orders`;
  if (to === 'none') return 'its file was removed';
  if (from === 'rejected') return 'it was rejected before';
  const named = events.filter((each) => each.order === order).map(({ event }) => event);
  if (named.length === 0) return 'the commit names no event of it';
  const legal = named.some((event) =>
    (TRANSITIONS[event as OrderEvent] as (typeof TRANSITIONS)[OrderEvent] | undefined)?.some(
      ([before, after]) => before === from && after === to,
    ),
  );
  return legal ? null : `no \`${named.join(', ')}\` leads there`;
}
