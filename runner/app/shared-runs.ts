import type { OrderRecord } from '../generated/types.js';
import { epochMs, instant, type CommitId } from '../core/ids.js';
import { PROPOSALS, month } from '../core/record.js';
import { resultsOf } from '../core/run-end.js';
import { readOpsAt } from './observe.js';
import { isResultOf } from './results.js';
import { readRecords } from './records.js';
import { SHARED, ownRef, sharedRef, type RefUpdate } from './ports/remote.js';
import type { Tools } from './tools.js';

export const RUNS = 'refs/pushpals/runs/';
const MONTH_MS = 31 * 86_400_000;

type Refs = ReadonlyMap<string, CommitId>;

/** What the remote is to hold of runs. */
export interface RunUpdates {
  readonly snapshots: readonly RefUpdate[];
  readonly proposals: readonly RefUpdate[];
  /** Refs of results that hold at the remote what is nobody's of us: they stay. */
  readonly inTheWay: readonly string[];
}

/**
 * What the remote is to hold of runs, as the branch that is pushed with it has them: the snapshots of this machine's own runs, so that another one can go on
 * with them, and every result that a record speaks of. Snapshots of runs that are done go, here and there; of a run that others took
 * over nothing is touched. `sure`: refs of results that go there whatever the records say yet.
 */
export async function runUpdates(
  tools: Pick<Tools, 'repository' | 'formats' | 'processes' | 'clock'>,
  tip: CommitId,
  now: Refs,
  own: Refs,
  sure: ReadonlySet<string> = new Set(),
): Promise<RunUpdates> {
  const shared = [...now.keys()].filter((ref) => ref.startsWith(SHARED)).map(ownRef);
  const all = [...new Set([...own.keys(), ...shared])];
  const snapshots = all.filter((ref) => ref.startsWith(RUNS));
  const results = all.filter(
    (ref) => ref.startsWith(PROPOSALS) && own.has(ref) && own.get(ref) !== now.get(sharedRef(ref)),
  );
  if (snapshots.length === 0 && results.length === 0) return { snapshots: [], proposals: [], inTheWay: [] };
  const { live } = await readOpsAt(tip, tools);
  const { host } = tools.processes.self();
  const wanted = new Set([...snapshots.map(orderOf), ...results.map((ref) => ref.slice(PROPOSALS.length))]);
  let known: Ended | null = null;
  const done = async (): Promise<Ended> => (known ??= await lately(tools, tip, 'done', wanted));
  let broken: Ended | null = null;
  const failed = async (): Promise<Ended> => (broken ??= await lately(tools, tip, 'failed', wanted));
  const updates: RefUpdate[] = [];
  for (const ref of snapshots) {
    const [from, to] = [now.get(sharedRef(ref)) ?? null, own.get(ref) ?? null];
    const run = ref.slice(RUNS.length).split('/')[0] ?? '';
    const holder = live.find(({ record }) => record.run?.id === run)?.record.run;
    if (holder?.claimant.host === host && from !== to) updates.push({ ref, from, to });
    if (holder !== undefined) continue;
    const isDone = to === null || (await done()).has(orderOf(ref));
    if (!isDone) {
      // What a run of this machine came to before it failed: whoever has it tried again may do so elsewhere.
      const of = from === to ? undefined : (await failed()).get(orderOf(ref));
      if (of?.run?.id === run && of.run.claimant.host === host) updates.push({ ref, from, to });
      continue;
    }
    if (to !== null) await tools.repository.moveRef(ref, to, null);
    if (from !== null) updates.push({ ref, from, to: null });
  }
  const proposals: RefUpdate[] = [];
  const inTheWay: string[] = [];
  for (const ref of results) {
    const [from, to] = [now.get(sharedRef(ref)) ?? null, own.get(ref) ?? null];
    const order = ref.slice(PROPOSALS.length);
    const alive = live.find(({ record }) => record.id === order)?.record;
    const isResult =
      sure.has(ref) ||
      (alive === undefined
        ? (await done()).get(order)?.ended?.commit === to
        : to !== null && resultsOf(alive).includes(to));
    if (!isResult) continue;
    if (from === null || to === null || (await tools.repository.isAncestor(from, to)))
      proposals.push({ ref, from, to });
    // What an earlier attempt left there gives way, and only while it is what was seen; somebody's own work does not.
    else if (await isResultOf(tools.repository, order, from)) proposals.push({ ref, from, to, exact: true });
    // Nor is a branch taken back that others went on with.
    else if (!(await tools.repository.isAncestor(to, from))) inTheWay.push(ref);
  }
  return { snapshots: updates, proposals, inTheWay };
}

/** Runs are called after their order. */
const orderOf = (ref: string): string => (ref.slice(RUNS.length).split('/')[0] ?? '').replace(/-\d+$/, '');

type Ended = ReadonlyMap<string, OrderRecord>;

/** Those of these orders that ended so in this month and the last one. */
async function lately(
  { repository, formats, clock }: Pick<Tools, 'repository' | 'formats' | 'clock'>,
  tip: CommitId,
  state: 'done' | 'failed',
  wanted: ReadonlySet<string>,
): Promise<Ended> {
  const now = clock.now();
  const months = [month(now), month(instant(epochMs(now) - MONTH_MS))];
  const files = await repository.files(
    tip,
    [...new Set(months)].map((each) => `${state}/${each}`),
  );
  const named = files.filter(({ path }) => wanted.has(path.slice(path.lastIndexOf('/') + 1).replace(/\.yml$/, '')));
  const { orders } = await readRecords(named, { repository, formats });
  return new Map(orders.map(({ record }) => [record.id, record]));
}
