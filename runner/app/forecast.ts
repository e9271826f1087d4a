import { usedByRun } from '../core/agents/usage.js';
import { forecast, type Turn } from '../core/forecast.js';
import { epochMs, type Instant } from '../core/ids.js';
import { Scopes } from '../core/overlap.js';
import { typicalRun, type PastRun } from '../core/past-runs.js';
import { byTurn, groupOf } from '../core/queue.js';
import type { ActiveOrder } from '../core/record.js';
import { readFormulas, type OpsView } from './observe.js';
import { readFile } from './records.js';
import type { HistoryEntry } from './ports/repository.js';
import type { Tools } from './tools.js';
import { readWorld } from './world.js';

/** How many of the newest runs are looked at for how long runs take. */
const MOST_RUNS = 40;

/** When each queued order is likely to start. Reads some of the newest commits and never the archive; `history` is the newest ones, the newest last. */
export async function readForecast(
  tools: Tools,
  branch: string,
  { live, pause }: OpsView,
  history: readonly HistoryEntry[],
): Promise<ReadonlyMap<string, Turn>> {
  const now = tools.clock.now();
  const queue = live.filter(({ state }) => state === 'queue').sort(byTurn(now));
  const world = queue.length === 0 ? null : await readWorld(tools, branch);
  if (world?.ok !== true) return new Map();
  const { desired } = world.value;
  const formulas = await readFormulas(desired, new Set(live.map(({ record }) => record.formula)));
  const past = await pastRuns(tools, history);
  const active = live.filter((order): order is ActiveOrder => order.state === 'active');
  // A machine that has nothing to do now is not seen.
  const machines = tools.sharing === null ? 1 : new Set(active.map(({ record }) => record.run.claimant.host)).size;
  const scopes = new Scopes(active, { formulas, project: desired.project });
  return forecast({
    queue,
    active: active.map((order) => ({ order, ranMs: epochMs(now) - startOf(order.record.run) })),
    slots: (desired.project.runner?.slots ?? 2) * Math.max(1, machines),
    paused: pause !== null,
    typicalMs: (formula) => typicalRun(past.get(formula) ?? [])?.ms,
    group: ({ record }) => groupOf(formulas, record)?.name,
    heldUp: (order) => scopes.holdup(order),
  });
}

const startOf = ({ claimedAt, waitedMs = 0 }: ActiveOrder['record']['run']): number =>
  epochMs(claimedAt as Instant) + waitedMs;

/** The events that end a run that came to something. */
const ENDS: readonly string[] = ['finish', 'ship'];

/** What runs came to, by formula: from the record as it stood right before the commit that ended each. */
export async function pastRuns(
  tools: Pick<Tools, 'repository' | 'formats'>,
  history: readonly HistoryEntry[],
): Promise<ReadonlyMap<string, readonly PastRun[]>> {
  const past = new Map<string, PastRun[]>();
  const ends = history.flatMap((entry, index) => {
    const before = history[index - 1];
    return ENDS.includes(entry.event) && before !== undefined ? [{ entry, before }] : [];
  });
  for (const { entry, before } of ends.slice(-MOST_RUNS)) {
    const path = `active/${entry.order}.yml`;
    const file = await readFile(tools, before.commit, path);
    const record = file === null ? null : tools.formats.record(path, file.bytes);
    if (record?.ok !== true || record.value.run === undefined) continue;
    const { formula } = record.value;
    const tookMs = Date.parse(entry.at) - startOf(record.value.run);
    // A commit's time has no milliseconds. One from long before its run was made by a clock that was wrong.
    if (tookMs <= -1000) continue;
    const run = { tookMs: Math.max(0, tookMs), used: usedByRun(record.value) };
    past.set(formula, [...(past.get(formula) ?? []), run]);
  }
  return past;
}
