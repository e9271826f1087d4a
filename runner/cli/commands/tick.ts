import type { Exit, Invocation } from '../command.js';

export async function run(invocation: Invocation): Promise<Exit> {
  if (invocation.flag('dry-run')) return (await import('./plan.js')).run(invocation);
  const { out, signal } = invocation;
  const idle = await invocation.idle();
  if (idle !== null) {
    if (out.traits.json)
      out.json({ accepted: [], rejected: [], stopped: [], waiting: [], stuck: [], wakeAt: idle.wakeAt, ended: [] });
    return 0;
  }
  const { exitCode, tick } = await import('../../app/tick.js');
  const connection = await invocation.connect();
  if (!connection.ok) return connection.failure;
  const { tools, branch } = connection.value;
  const done = await tick(tools, branch, signal);
  if (!done.ok) return done.failure;
  if (out.traits.json) {
    const { ended, ...rest } = done.value;
    out.json({
      ...rest,
      ended: ended.map(({ order }) => ({
        order: order.record.id,
        state: order.state,
        ...('ended' in order.record ? order.record.ended : {}),
      })),
    });
  }
  return exitCode(done.value);
}
