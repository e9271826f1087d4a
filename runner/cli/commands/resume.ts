import { resume } from '../../app/pause.js';
import { pauseStory } from '../../core/pause.js';
import type { Exit, Invocation } from '../command.js';
import { printable } from '../output.js';

export async function run({ connect, out, flag }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const resumed = await resume(connection.value.tools);
  if (!resumed.ok) return resumed.failure;
  const before = resumed.value;
  if (out.traits.json) out.json({ paused: false, changed: before !== null, before });
  else if (before === null) out.line('It is not paused.');
  else if (!flag('dry-run')) out.line(`The pause${printable(pauseStory(before))} is over; the next tick goes on.`);
  return 0;
}
