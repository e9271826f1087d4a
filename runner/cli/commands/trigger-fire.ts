import { fireTrigger } from '../../app/triggers/people.js';
import type { Exit, Invocation } from '../command.js';

export async function run({ connect, out, args, flag }: Invocation): Promise<Exit> {
  const [trigger = ''] = args;
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools, branch } = connection.value;
  const fired = await fireTrigger(tools, branch, trigger);
  if (!fired.ok) return fired.failure;
  const { order, paused, suspended } = fired.value;
  const { id, formula } = order.record;
  if (out.traits.json) {
    out.json({ trigger, order: id, state: order.state, formula, paused, suspended });
    return 0;
  }
  if (flag('dry-run')) return 0;
  const then = paused ? 'it waits, for things are paused (`pushpals resume`)' : 'the next tick starts it';
  out.line(`${id} is queued with ${formula}; ${then}.`);
  if (suspended) out.line(`The trigger itself stays suspended: pushpals trigger resume ${trigger}`);
  return 0;
}
