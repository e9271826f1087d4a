import { readOps } from '../../app/observe.js';
import { byUrgency } from '../../core/plan.js';
import { epochMs, type Instant } from '../../core/ids.js';
import type { ActiveOrder } from '../../core/record.js';
import { plainText } from '../../core/template.js';
import type { Exit, Invocation } from '../command.js';
import { printable, table } from '../output.js';
import { span } from '../../core/span.js';

/** Events of the ops branch that end an order; how many of its newest commits are looked through for them. */
const ENDS = new Set(['finish', 'fail', 'cancel', 'expire', 'reject']);
const LOOK_BACK = 200;
const RECENT = 8;

export async function run({ connect, out }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools, branch } = connection.value;
  const view = await readOps(tools);
  if (!view.ok) return view.failure;
  const { live, paused, broken } = view.value;
  const history = await tools.repository.history(tools.ops.ref, { limit: LOOK_BACK });
  const recent = history
    .filter(({ event }) => ENDS.has(event))
    .slice(-RECENT)
    .reverse();
  const waiting = live.filter((order) => order.state === 'waiting');
  const active = live.filter((order): order is ActiveOrder => order.state === 'active');
  const queue = live.filter(({ state }) => state === 'queue').sort(byUrgency);
  if (out.traits.json) {
    const records = (orders: typeof live): unknown => orders.map(({ state, record }) => ({ state, ...record }));
    out.json({
      branch,
      paused,
      waiting: records(waiting),
      active: records(active),
      queue: records(queue),
      recent,
      broken,
    });
    return 0;
  }
  const now = epochMs(tools.clock.now());
  const ago = (at: string): string => span(now - epochMs(at as Instant));
  const section = (title: string, rows: readonly (readonly string[])[]): void => {
    if (rows.length === 0) return;
    out.line(out.paint('strong', title));
    for (const line of table(rows, out.traits.width - 2)) out.line(`  ${line}`);
  };
  if (paused) out.line(out.paint('wait', 'PAUSED: the file PAUSE is on the ops branch; nothing starts'));
  section(
    'Waiting',
    waiting.map((order) => [order.record.id, ago(order.record.waiting.since), printable(order.record.waiting.reason)]),
  );
  section(
    'Running',
    active.map(({ record }) => [
      record.id,
      ago(record.run.claimedAt),
      runningSteps(record.run.steps, now),
      `${record.run.claimant.host}/${String(record.run.claimant.pid)}${tools.processes.alive(record.run.claimant) === false ? ' (gone; the next tick goes on)' : ''}`,
    ]),
  );
  section(
    'Queue',
    queue.map(({ record }, index) => [
      String(index + 1),
      record.id,
      record.formula,
      ago(record.accepted.at),
      plainText(record.order.goal),
    ]),
  );
  section(
    'Ended lately',
    recent.map(({ order, at, event, subject }) => [
      order,
      `${ago(at)} ago`,
      event,
      printable(subject.replace(/^order [^:]*: /, '')),
    ]),
  );
  for (const { path } of broken) out.line(out.paint('bad', `${path} cannot be read; it stays as it is`));
  if (waiting.length + active.length + queue.length + recent.length === 0)
    out.line('Nothing waits, runs or is queued. Drop an order into ops/inbox/.');
  return 0;
}

function runningSteps(steps: ActiveOrder['record']['run']['steps'], now: number): string {
  const running = Object.entries(steps).flatMap(([key, status]) =>
    status.state === 'running' ? [`${key} (${span(now - epochMs(status.startedAt as Instant))})`] : [],
  );
  const settled = Object.values(steps).filter(({ state }) => state !== 'pending' && state !== 'running').length;
  return `${String(settled)}/${String(Object.keys(steps).length)} ${running.join(', ')}`.trim();
}
