import { readForecast } from '../../app/forecast.js';
import { readOps } from '../../app/observe.js';
import type { Connection } from '../../app/connection.js';
import { readWorld } from '../../app/world.js';
import { amountText, boundsOf, left, type Bounds } from '../../core/agents/budget.js';
import { usageText } from '../../core/agents/usage.js';
import { findOrder } from '../../app/orders.js';
import type { Tools } from '../../app/tools.js';
import type { Failure } from '../../core/failure.js';
import type { Turn } from '../../core/forecast.js';
import { later } from '../../core/ids.js';
import { shipRef, type StoredOrder } from '../../core/record.js';
import type { EndedPull } from '../../core/delivered.js';
import type { StepStatus } from '../../generated/types.js';
import type { Exit, Invocation } from '../command.js';
import { printable } from '../output.js';
import { renderFailure } from '../render-failure.js';
import { turnText } from '../screens/turn.js';

const LOOK_BACK = 200;

export async function run({ connect, out, args }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools, branch } = connection.value;
  const found = await findOrder(tools, args[0] ?? '');
  if (!found.ok) return found.failure;
  const order = found.value;
  const history = await tools.repository.history(tools.ops.ref, { order: order.record.id, limit: LOOK_BACK });
  const turn = order.state === 'queue' ? await turnOf(tools, branch, order.record.id) : undefined;
  if (out.traits.json) {
    const startsAt = turn?.startsInMs == null ? null : later(tools.clock.now(), turn.startsInMs);
    out.json({
      state: order.state,
      ...order.record,
      ...(turn === undefined ? {} : { position: turn.position, startsAt }),
      history,
    });
    return 0;
  }
  const { record } = order;
  out.line(`${out.paint('strong', record.id)}  ${order.state}`);
  out.line(printable(record.order.goal));
  out.line();
  out.line(`formula   ${record.formula}${record.routed === undefined ? '' : ` (${printable(record.routed)})`}`);
  out.line(
    `accepted  ${record.accepted.at} from ${printable(record.accepted.from)} by ${printable(record.accepted.actor)}`,
  );
  out.line(`attempts  ${String(record.attempts)}`);
  if (record.spent !== undefined)
    out.line(`used      ${usageText(record.spent)}${leftText(await leftOf(connection.value, order))}`);
  for (const { run: name, at, class: reason, evidence } of record.past ?? [])
    out.line(`  ${name.padEnd(20)} ${at} failed (${printable(reason)}), ${evidence}`);
  if (turn !== undefined) out.line(`turn      ${turnText(turn)}`);
  if (order.state === 'waiting') {
    out.line(
      `waits     since ${order.record.waiting.since}: ${printable(order.record.waiting.reason)}${order.record.waiting.until === undefined ? '' : ` (until ${order.record.waiting.until})`}`,
    );
    if (order.record.waiting.failure !== undefined)
      out.line(renderFailure(order.record.waiting.failure as Failure, out));
  }
  if (record.run !== undefined) {
    out.line(
      `run       ${record.run.id} on ${record.run.base.slice(0, 12)} by ${record.run.claimant.host}/${String(record.run.claimant.pid)}`,
    );
    for (const [key, status] of Object.entries(record.run.steps))
      out.line(
        `  ${key.padEnd(20)} ${status.state}${status.state === 'skipped' ? ` (${printable(status.because)})` : handedText(status)}`,
      );
  }
  const { pull } = record.ended ?? record.shipped ?? {};
  if (pull !== undefined) out.line(`pull      ${printable(pull.url)}${pullText(pull)}`);
  if (order.state === 'done' || order.state === 'failed' || order.state === 'cancelled') {
    const { ended } = order.record;
    out.line(
      `ended     ${ended.at}: ${ended.outcome}${ended.reason === undefined ? '' : ` (${printable(ended.reason)})`}`,
    );
    if (ended.branch !== undefined)
      out.line(`shipped   ${shipRef(record.id).replace('refs/heads/', '')} at ${ended.commit ?? ''}`);
    if (ended.failure !== undefined) out.line(renderFailure(ended.failure as Failure, out, ended.evidence));
    else if (ended.evidence !== undefined) out.line(`evidence  ${ended.evidence}`);
  }
  out.line();
  for (const { at, subject } of history) out.line(`${out.paint('dim', at)}  ${printable(subject)}`);
  return 0;
}

/** What of its budget is left; null where that cannot be told. */
async function leftOf(
  { tools, branch }: Pick<Connection, 'tools' | 'branch'>,
  { record }: StoredOrder,
): Promise<Bounds | null> {
  const world = await readWorld(tools, branch);
  const loaded = world.ok ? await world.value.desired.formula(record.formula) : undefined;
  return loaded?.ok === true ? left(boundsOf(loaded.value.formula.budget, record), record) : null;
}

const leftText = (bounds: Bounds | null): string =>
  bounds === null || Object.keys(bounds).length === 0 ? '' : `; ${amountText(bounds)} left`;

/** What became of a pull request, as far as it is known. */
function pullText({ by, as, with: others }: Partial<EndedPull>): string {
  const told = [
    ...(by === undefined ? [] : [`by ${printable(by)}`]),
    ...(as === undefined ? [] : [`as ${as.slice(0, 12)}`]),
    ...(others === undefined ? [] : ['with changes of others']),
  ];
  return told.length === 0 ? '' : ` (${told.join(' ')})`;
}

const handedText = (status: StepStatus): string =>
  'secrets' in status && status.secrets !== undefined ? ` (was handed ${printable(status.secrets.join(', '))})` : '';

async function turnOf(tools: Tools, branch: string, id: string): Promise<Turn | undefined> {
  const view = await readOps(tools);
  if (!view.ok) return undefined;
  const history = await tools.repository.history(tools.ops.ref, { limit: LOOK_BACK });
  return (await readForecast(tools, branch, view.value, history)).get(id);
}
