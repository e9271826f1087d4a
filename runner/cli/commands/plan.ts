import { describeFailure } from '../../core/describe-failure.js';
import { planTick } from '../../app/tick.js';
import { readWorld } from '../../app/world.js';
import type { Exit, Invocation } from '../command.js';
import { printable } from '../output.js';

export async function run({ connect, out }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools, branch } = connection.value;
  const world = await readWorld(tools, branch);
  if (!world.ok) return world.failure;
  const planned = await planTick(tools, world.value);
  if (!planned.ok) return planned.failure;
  const { plan, left } = planned.value;
  const moves = plan.moves.map(({ event, to }) => ({
    event,
    order: to.record.id,
    to: to.state,
    ...(event === 'accept' ? { formula: to.record.formula } : {}),
    ...(event === 'accept' && to.record.routed !== undefined ? { routed: to.record.routed } : {}),
    ...(event === 'accept' ? { from: to.record.accepted.from } : {}),
  }));
  const triggers = plan.triggers.writes.map(({ trigger, words, orders }) => ({
    trigger,
    words,
    orders: orders.map(({ record }) => record.id),
  }));
  const held = [...plan.triggers.held, ...plan.held];
  const rejections = plan.rejections.map(({ dropped, failure }) => ({ file: dropped.path, failure }));
  const starts = plan.starts.map(({ order, formula, why }) => ({
    order: order.record.id,
    formula: formula.formula.formula,
    why,
  }));
  const resumes = plan.resumes.map(({ order }) => order.record.id);
  const integrations = plan.integrations.map(({ order, target, batch }) => ({
    order: order.record.id,
    into: order.record.shipped.into,
    target,
    batch,
  }));
  const opens = plan.results.opens.map(({ record: { id, shipped } }) => ({ order: id, into: shipped.into }));
  const blocked = plan.blocked.map(({ order, reason, failure }) => ({
    order: order.record.id,
    reason,
    ...(failure === undefined ? {} : { failure }),
  }));
  if (out.traits.json) {
    out.json({
      moves,
      triggers,
      held,
      rejections,
      starts,
      resumes,
      integrations,
      opens,
      blocked,
      left,
      wakeAt: plan.wakeAt,
    });
    return 0;
  }
  for (const move of moves) {
    out.line(
      `${move.event.padEnd(8)} ${move.order} → ${move.to}${move.from === undefined ? '' : ` (${printable(move.from)})`}`,
    );
    if (move.routed !== undefined) out.line(`           by ${move.formula ?? ''}: ${printable(move.routed)}`);
  }
  for (const { trigger, words, orders } of triggers) {
    for (const order of orders) out.line(`${'fire'.padEnd(8)} ${order} → queue (trigger ${trigger})`);
    if (orders.length === 0) out.line(`${'note'.padEnd(8)} trigger ${trigger}: ${printable(words)}`);
  }
  for (const { why, ...of } of held) {
    const what = 'trigger' in of ? `trigger ${of.trigger}` : of.from;
    out.line(`${out.paint('wait', 'hold'.padEnd(8))} ${printable(what)}: ${printable(why)}`);
  }
  for (const { file, failure } of rejections) {
    const { what, details } = describeFailure(failure);
    out.line(`${out.paint('bad', 'reject'.padEnd(8))} ${printable(file)}: ${printable(what)}`);
    for (const detail of details) out.line(`           ${printable(detail)}`);
  }
  for (const order of resumes) out.line(`${'resume'.padEnd(8)} ${order}: its runner is gone`);
  for (const { order, formula, why } of starts)
    out.line(`${out.paint('good', 'start'.padEnd(8))} ${order} with ${formula} (${why})`);
  for (const { order, into, target, batch } of integrations) {
    const along = batch.length > 1 ? `, with ${batch.slice(1).join(', ')}` : '';
    out.line(`${out.paint('good', 'merge'.padEnd(8))} ${order} into ${into} at ${target.slice(0, 12)}${along}`);
  }
  for (const { order, into } of opens)
    out.line(`${out.paint('good', 'open'.padEnd(8))} a pull request of ${order} into ${into}`);
  for (const { order, reason } of blocked)
    out.line(`${out.paint('wait', 'wait'.padEnd(8))} ${order}: ${printable(reason)}`);
  for (const { path, why } of left) out.line(`${'leave'.padEnd(8)} ${printable(path)}: ${why}`);
  if (
    moves.length +
      triggers.length +
      held.length +
      rejections.length +
      starts.length +
      resumes.length +
      integrations.length +
      opens.length +
      blocked.length +
      left.length ===
    0
  )
    out.line('Nothing to do.');
  if (plan.wakeAt !== null) out.line(`next due by time: ${plan.wakeAt}`);
  return 0;
}
