import { isSignalName } from '../../core/forge/signal-rounds.js';
import type { SeenPull, SeenSignals } from '../../core/forge/seen.js';
import type { HeadFacts, SignalFacts } from '../../core/forge/signals.js';
import { epochMs, instant, type CommitId } from '../../core/ids.js';
import { month, type StoredOrder } from '../../core/record.js';
import type { Tier } from '../../generated/types.js';
import { readEndedOrders } from '../children.js';
import type { Desired } from '../desired.js';
import type { TreeFile } from '../ports/repository.js';
import type { Tools } from '../tools.js';

const MONTH_MS = 31 * 86_400_000;
/** Patterns that an order may have, beside those for tests. */
const MOST_PATHS = 400;
const MOST_LENGTH = 400;

/**
 * What signals are decided on beside what was seen: how the orders ended that were made of them before, and what git knows of each head. `archive` lists the files of all
 * orders that ended.
 */
export async function signalFacts(
  tools: Tools,
  desired: Desired,
  { pulls }: SeenSignals,
  {
    live,
    tip,
    archive,
  }: { readonly live: readonly StoredOrder[]; readonly tip: CommitId; readonly archive: readonly TreeFile[] },
): Promise<SignalFacts> {
  const now = tools.clock.now();
  const heads = new Map<string, HeadFacts>();
  const risks = new Map<string, Tier>();
  for (const pull of pulls) {
    const order = live.find(({ record }) => record.id === pull.order);
    if (order === undefined) continue;
    heads.set(pull.order, await headFacts(tools, order, pull, tip));
    const facts = await desired.formulaFacts(order.record.formula);
    risks.set(pull.order, facts?.risk ?? 'low');
  }
  return { now, tip, heads, risks, records: await readEndedOrders(wanted(pulls, archive, now), archive, tools) };
}

/** The names of orders that were made of signals of these pull requests, ever, and of builds, of late. */
function wanted(
  pulls: readonly SeenPull[],
  archive: readonly TreeFile[],
  now: SignalFacts['now'],
): ReadonlySet<string> {
  const lately = [month(now), month(instant(epochMs(now) - MONTH_MS))];
  const stems = pulls.map(({ pull }) => `pull-${String(pull.number)}-`);
  return new Set(
    archive.flatMap(({ path }) => {
      const name = path.slice(path.lastIndexOf('/') + 1).replace(/\..*$/, '');
      if (!isSignalName(name)) return [];
      const isWanted = name.startsWith('build-')
        ? lately.some((each) => path.includes(`/${each}/`))
        : stems.some((stem) => name.startsWith(stem));
      return isWanted ? [name] : [];
    }),
  );
}

async function headFacts(
  { repository, sharing }: Tools,
  { record }: StoredOrder,
  { pull }: SeenPull,
  tip: CommitId,
): Promise<HeadFacts> {
  const { commit } = pull.head;
  const unknown: HeadFacts = { isOurs: false, changes: null };
  if ((await repository.tree(commit)) === null) {
    if (sharing === null || record.run === undefined) return unknown;
    // Another machine may have gone on from there, or a person; where it cannot be told, nothing is done.
    const fetched = await sharing.fetchRun(record.run.id, record.id);
    if (!fetched.ok || (await repository.tree(commit)) === null) return unknown;
  }
  const isOurs = (await repository.commitMessage(commit))
    .split('\n')
    .some((line) => line.startsWith('PushPals-Order: '));
  const base = await repository.mergeBase(commit, tip);
  const changed = base === null ? null : await repository.differences(base, commit);
  return { isOurs, changes: changed?.ok === true ? globsOf([...changed.value.keys()]) : null };
}

/** Patterns of exactly these paths, but that a sign which means something there is any; of their folders where there are too many. */
function globsOf(paths: readonly string[]): readonly string[] | null {
  const exact = (path: string): string => path.replace(/[^A-Za-z0-9._/ -]/gu, '?');
  const folder = (path: string): string => {
    const end = path.lastIndexOf('/');
    return end === -1 ? exact(path) : `${exact(path.slice(0, end))}/**`;
  };
  for (const globs of [paths.map(exact), [...new Set(paths.map(folder))]])
    if (globs.length <= MOST_PATHS && globs.every(({ length }) => length <= MOST_LENGTH)) return globs;
  return null;
}
