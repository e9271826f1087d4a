import type { Connection } from '../app/connection.js';
import { readForecast } from '../app/forecast.js';
import { readOps, type OpsView } from '../app/observe.js';
import { readStandings } from '../app/triggers/standing.js';
import { liveWatch } from '../app/watch.js';
import { ok, type Result } from '../core/failure.js';
import { resultTurns } from '../core/forge/results.js';
import { isAbandoned } from '../core/lease.js';
import { byTurn } from '../core/queue.js';
import type { ActiveOrder, StoredOrder } from '../core/record.js';
import type { StatusView } from './screens/status.js';

/** Events of the ops branch that end an order; how many of its newest commits are looked through for them. */
const ENDS = new Set(['finish', 'deliver', 'fail', 'cancel', 'expire', 'replace', 'reject']);
const LOOK_BACK = 200;
const RECENT = 8;

type Waiting = Extract<StoredOrder, { state: 'waiting' }>;

/** What waits, runs, is queued and ended lately; beside it what was read for that. */
export interface Status {
  readonly view: Omit<StatusView, 'remote' | 'forge' | 'mirrors'>;
  readonly ops: OpsView;
}

export async function readStatus({ tools, branch, project, machine, watchMarks }: Connection): Promise<Result<Status>> {
  const found = await readOps(tools);
  if (!found.ok) return found;
  const { live, pause, broken } = found.value;
  const now = tools.clock.now();
  const history = await tools.repository.history(tools.ops.ref, { limit: LOOK_BACK });
  const mark = await liveWatch({ watchMarks }, tools.processes);
  return ok({
    ops: found.value,
    view: {
      now,
      pause,
      waiting: live.filter((order): order is Waiting => order.state === 'waiting'),
      active: live.filter((order): order is ActiveOrder => order.state === 'active'),
      queue: live.filter(({ state }) => state === 'queue').sort(byTurn(now)),
      results: resultTurns(live.toSorted(byTurn(now)), project),
      turns: await readForecast(tools, branch, found.value, history),
      recent: history
        .filter(({ event }) => ENDS.has(event))
        .slice(-RECENT)
        .reverse(),
      broken: broken.map(({ path }) => path),
      triggers: await readStandings(tools, project, found.value),
      watch: mark === null ? null : { pid: mark.claimant.pid, since: mark.since },
      lastTickAt: await machine.lastTick(),
      isGone: (order) =>
        isAbandoned(order, { claimantAlive: ({ record }) => tools.processes.alive(record.run.claimant), project, now }),
    },
  });
}
