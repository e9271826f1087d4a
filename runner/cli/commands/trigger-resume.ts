import { resumeTrigger } from '../../app/triggers/people.js';
import type { Exit, Invocation } from '../command.js';

export async function run({ connect, out, args, flag }: Invocation): Promise<Exit> {
  const [trigger = ''] = args;
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools, branch } = connection.value;
  const resumed = await resumeTrigger(tools, branch, trigger);
  if (!resumed.ok) return resumed.failure;
  if (out.traits.json) out.json({ trigger, state: 'counts' });
  else if (!flag('dry-run')) out.line(`${trigger} counts again, from now on.`);
  return 0;
}
