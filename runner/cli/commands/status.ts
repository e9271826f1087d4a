import { later } from '../../core/ids.js';
import type { StoredOrder } from '../../core/record.js';
import { stuckFor } from '../../core/stuck.js';
import type { Exit, Invocation } from '../command.js';
import { readStatus } from '../read-status.js';
import { forgeLine, mirrorLines, remoteLine } from '../screens/remote.js';
import { statusScreen } from '../screens/status.js';

export async function run({ connect, out, flag }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools, branch, project } = connection.value;
  const status = await readStatus(connection.value);
  if (!status.ok) return status.failure;
  const { view, ops } = status.value;
  const { now, pause, waiting, active, queue, turns } = view;
  const health = tools.sharing === null ? null : await tools.machine.remoteHealth();
  const note = tools.forge === null ? null : await tools.machine.forgeNote();
  const mirrors = project.mirrors === undefined ? null : await tools.machine.mirrorNotes();
  if (out.traits.json) {
    const records = (orders: readonly StoredOrder[]): unknown =>
      orders.map(({ state, record }) => ({ state, ...record }));
    out.json({
      branch,
      paused: pause !== null,
      pause,
      ...(tools.sharing === null ? {} : { remote: health }),
      ...(tools.forge === null ? {} : { forge: note }),
      ...(mirrors === null ? {} : { mirrors: Object.fromEntries(mirrors) }),
      waiting: waiting.map((order) => ({ state: order.state, ...order.record, stuck: stuckFor(order, now) })),
      active: records(active),
      queue: queue.map(({ state, record }) => {
        const { position, startsInMs } = turns.get(record.id) ?? { position: queue.length, startsInMs: null };
        return { state, ...record, position, startsAt: startsInMs === null ? null : later(now, startsInMs) };
      }),
      recent: view.recent,
      broken: ops.broken,
      watch: view.watch,
      lastTickAt: view.lastTickAt,
      triggers: view.triggers,
    });
    return 0;
  }
  const name = project.ops?.remote ?? 'none';
  const remote = name === 'none' ? null : remoteLine(name, health, now, flag('exact'));
  const forge = forgeLine(note, now, flag('exact'));
  const late = mirrors === null ? [] : mirrorLines(mirrors, project, now, flag('exact'));
  const { width, height } = out.traits;
  const lines = statusScreen(
    { ...view, remote, forge, mirrors: late },
    { width, height, exact: flag('exact'), paint: out.paint },
  );
  for (const line of lines) out.line(line);
  return 0;
}
