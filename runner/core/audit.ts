import type { OrderState } from './record.js';
import { TRANSITIONS, type OrderEvent } from './transitions.js';

/** A commit on the first-parent line of the ops branch, with what it changes against its first parent. */
export interface AuditCommit {
  readonly commit: string;
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

/** What has to be read to finish the audit: fired requests with their commits, and the evidence files that stand at the end. */
export interface Walk {
  readonly findings: Finding[];
  readonly commits: number;
  readonly transitions: number;
  /** Each with the commit before, in which its order waited. */
  readonly fired: readonly { readonly commit: string; readonly before: string; readonly path: string }[];
  readonly evidence: ReadonlyMap<string, string>;
}

type Place = OrderState | 'none' | 'rejected';
const LIVE = /^(queue|active|waiting)\/([a-z0-9][a-z0-9-]*)\.yml$/;
const ENDED = /^(done|failed|cancelled)\/\d{4}\/\d{2}\/([a-z0-9][a-z0-9-]*)\.yml$/;
const REJECTED = /^rejected\/\d{4}\/\d{2}\/([a-z0-9][a-z0-9-]*)\.error\.md$/;
const TRIGGER = /^triggers\/[a-z0-9-]+\.yml$/;
const FIRED = /^vault\/fired\/[a-z0-9-]+\.yml$/;

/**
 * Walks the history from its beginning: each move of an order's file has to be one that the table of transitions has, under the event that the
 * commit names, by the runner's hand.
 */
export function walk(commits: Iterable<AuditCommit>, runner: string): Walk {
  const findings: Finding[] = [];
  const fired = new Map<string, Walk['fired'][number]>();
  let before = '';
  const evidence = new Map<string, string>();
  const places = new Map<string, Place>();
  let [count, transitions] = [0, 0];
  for (const commit of commits) {
    count += 1;
    const moved = new Map<string, { from: Place; to: Place }>();
    for (const { status, path, blob } of commit.changes) {
      const at = placeOf(path);
      if (at !== null) {
        const before = places.get(at.order) ?? 'none';
        const move = moved.get(at.order) ?? { from: before, to: before };
        if (status !== 'D') move.to = at.place;
        else if (move.to === at.place) move.to = 'none';
        moved.set(at.order, move);
      } else if (path.startsWith('evidence/')) {
        if (blob === null) {
          evidence.delete(path);
          findings.push({ commit: commit.commit, what: `the evidence ${path} was removed` });
        } else evidence.set(path, blob);
      } else if (FIRED.test(path) && status === 'A') fired.set(path, { commit: commit.commit, before, path });
      else if (FIRED.test(path) && status === 'D')
        findings.push({ commit: commit.commit, what: `${path} was removed` });
      else if (TRIGGER.test(path) && commit.committer !== runner) {
        const what = `${path}: changed by ${commit.committer}, and only the runner writes there`;
        findings.push({ commit: commit.commit, what });
      }
    }
    for (const [order, { from, to }] of moved) {
      transitions += 1;
      places.set(order, to);
      const why = wrong(commit, order, from, to, runner);
      if (why !== null) findings.push({ commit: commit.commit, what: `order ${order}: ${from} → ${to}: ${why}` });
    }
    before = commit.commit;
  }
  return { findings, commits: count, transitions, fired: [...fired.values()], evidence };
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
