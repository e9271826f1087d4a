import type { OrderRecord, RunRecord } from '../generated/types.js';
import { tokensOf, usedByRun } from '../core/agents/usage.js';
import { epochMs, type CommitId, type Instant } from '../core/ids.js';
import type { Expense } from '../core/limits.js';
import { parseJson } from '../core/parse-json.js';
import { day, type StoredOrder } from '../core/record.js';
import type { Tools } from './tools.js';

/** The runs that were started on the day (UTC) of an instant, by their evidence; those under way count with the time they have taken so far. */
export async function readDay(
  { repository }: Pick<Tools, 'repository'>,
  { tip, live }: { readonly tip: CommitId; readonly live: readonly StoredOrder[] },
  now: Instant,
): Promise<readonly Expense[]> {
  const files = await repository.files(tip, [`evidence/${day(now)}`]);
  const records = files.filter(({ path }) => path.endsWith('/run.json'));
  const blobs = await repository.blobs(records.map(({ blob }) => blob));
  const ended = new Map(
    records.map(({ path, blob }): [string, Expense] => [path.split('/')[4] ?? '', expense(blobs.get(blob) ?? null)]),
  );
  const underWay = live.flatMap(({ record }) => {
    const { run } = record;
    if (run === undefined || run.claimedAt.slice(0, 10) !== now.slice(0, 10)) return [];
    const [known, so] = [ended.get(run.id), soFar(record, run, now)];
    if (known === undefined) return [so];
    // One that goes on after it had waited has used more than its evidence says; neither file can take back what the other one has.
    ended.set(run.id, { ...known, tokens: Math.max(known.tokens, so.tokens), cost: Math.max(known.cost, so.cost) });
    return [];
  });
  return [...ended.values(), ...underWay];
}

const soFar = (record: OrderRecord, run: RunRecord, now: Instant): Expense => ({
  agent: run.agent ?? run.formula,
  tokens: tokensOf(usedByRun(record)),
  cost: usedByRun(record).costUsd,
  timeMs: Math.max(0, epochMs(now) - epochMs(run.claimedAt as Instant)),
  lines: 0,
});

/** A record that cannot be read counts as a run all the same: a limit must not be lifted by breaking a file. */
function expense(bytes: Uint8Array | null): Expense {
  const value = bytes === null ? null : parseJson(Buffer.from(bytes).toString('utf8'));
  const field = (name: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  const time = (name: string): number => Date.parse(String(field(name)));
  const timeMs = time('endedAt') - time('claimedAt');
  const count = (name: string): number => {
    const found = field(name);
    return typeof found === 'number' && found > 0 ? found : 0;
  };
  return {
    agent: String(field('agent') ?? ''),
    tokens: count('tokens'),
    cost: count('cost'),
    timeMs: timeMs > 0 ? timeMs : 0,
    lines: count('lines'),
  };
}
