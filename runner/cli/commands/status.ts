import { readOps } from '../../app/observe.js';
import { readForecast } from '../../app/forecast.js';
import { readStandings } from '../../app/triggers/standing.js';
import { liveWatch } from '../../app/watch.js';
import { later } from '../../core/ids.js';
import { byTurn } from '../../core/queue.js';
import { stuckFor } from '../../core/stuck.js';
import type { ActiveOrder } from '../../core/record.js';
import type { Exit, Invocation } from '../command.js';
import { isAbandoned } from '../../core/lease.js';
import { remoteLine } from '../screens/remote.js';
import { statusScreen } from '../screens/status.js';

/** Events of the ops branch that end an order; how many of its newest commits are looked through for them. */
const ENDS = new Set(['finish', 'fail', 'cancel', 'expire', 'replace', 'reject']);
const LOOK_BACK = 200;
const RECENT = 8;

export async function run({ connect, out, flag }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools, branch, project, machine } = connection.value;
  const view = await readOps(tools);
  if (!view.ok) return view.failure;
  const { live, pause, broken } = view.value;
  const now = tools.clock.now();
  const history = await tools.repository.history(tools.ops.ref, { limit: LOOK_BACK });
  const recent = history
    .filter(({ event }) => ENDS.has(event))
    .slice(-RECENT)
    .reverse();
  const waiting = live.filter((order) => order.state === 'waiting');
  const active = live.filter((order): order is ActiveOrder => order.state === 'active');
  const queue = live.filter(({ state }) => state === 'queue').sort(byTurn(now));
  const lastTickAt = await machine.lastTick();
  const mark = await liveWatch(connection.value, tools.processes);
  const watch = mark === null ? null : { pid: mark.claimant.pid, since: mark.since };
  const turns = await readForecast(tools, branch, view.value, history);
  const triggers = await readStandings(tools, project, view.value);
  const health = tools.sharing === null ? null : await tools.machine.remoteHealth();
  if (out.traits.json) {
    const records = (orders: typeof live): unknown => orders.map(({ state, record }) => ({ state, ...record }));
    out.json({
      branch,
      paused: pause !== null,
      pause,
      ...(tools.sharing === null ? {} : { remote: health }),
      waiting: waiting.map((order) => ({ state: order.state, ...order.record, stuck: stuckFor(order, now) })),
      active: records(active),
      queue: queue.map(({ state, record }) => {
        const { position, startsInMs } = turns.get(record.id) ?? { position: queue.length, startsInMs: null };
        return { state, ...record, position, startsAt: startsInMs === null ? null : later(now, startsInMs) };
      }),
      recent,
      broken,
      watch,
      lastTickAt,
      triggers,
    });
    return 0;
  }
  const name = project.ops?.remote ?? 'none';
  const remote = name === 'none' ? null : remoteLine(name, health, now, flag('exact'));
  const lines = statusScreen(
    {
      now,
      pause,
      remote,
      waiting,
      active,
      queue,
      turns,
      recent,
      broken: broken.map(({ path }) => path),
      triggers,
      watch,
      lastTickAt,
      isGone: (order) =>
        isAbandoned(order, { claimantAlive: ({ record }) => tools.processes.alive(record.run.claimant), project, now }),
    },
    { width: out.traits.width, height: out.traits.height, exact: flag('exact'), paint: out.paint },
  );
  for (const line of lines) out.line(line);
  return 0;
}
