import type { CommitId } from '../../core/ids.js';
import { lately } from '../../core/record.js';
import type { OpsView } from '../observe.js';
import type { Tools } from '../tools.js';

const RUNS = 'refs/pushpals/runs/';

/**
 * Drops the snapshots of orders that are done: a runner may have died after it had written that down and before it came to this. Those of orders that
 * failed are kept for whoever looks into them. Looks for the end of an order only in this month's and the last one's. Answers their runs.
 */
export async function dropLeftRefs(
  { repository, clock }: Pick<Tools, 'repository' | 'clock'>,
  { tip, live }: OpsView,
): Promise<readonly string[]> {
  const refs = (await repository.unmerged(RUNS, tip)).map(({ ref }) => ref);
  const going = new Set(live.map(({ record }) => record.id));
  const orderOf = (ref: string): string => runOf(ref).replace(/-\d+$/, '');
  const ended = [...new Set(refs.map(orderOf))].filter((order) => !going.has(order));
  const places = ended.flatMap((order) => lately(clock.now()).map((at) => `done/${at}/${order}.yml`));
  const done = new Set(
    (places.length === 0 ? [] : await repository.files(tip, places)).map(({ path }) => path.split('/')[3]),
  );
  const left = refs.filter((ref) => done.has(`${orderOf(ref)}.yml`));
  for (const ref of left) await drop(repository, ref);
  return [...new Set(left.map(runOf))];
}

const runOf = (ref: string): string => ref.slice(RUNS.length).split('/')[0] ?? '';

async function drop(repository: Tools['repository'], ref: string): Promise<void> {
  const commit: CommitId | null = await repository.resolve(ref);
  if (commit !== null) await repository.moveRef(ref, commit, null);
}
