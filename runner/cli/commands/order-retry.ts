import { retryOrder } from '../../app/retry.js';
import { boundsIn } from '../../core/agents/budget.js';
import type { Exit, Invocation } from '../command.js';

export async function run({ connect, out, args, option }: Invocation): Promise<Exit> {
  const text = option('grant');
  const grant = text === undefined ? undefined : boundsIn(text);
  if (grant === null)
    return {
      class: 'state-conflict',
      what: `\`--grant ${text ?? ''}\` is no amount`,
      hint: 'Write `--grant tokens=200000`, `--grant turns=40` or `--grant cost=2.50`; several with commas.',
    };
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools, branch } = connection.value;
  const given = grant === undefined ? undefined : { grant, branch };
  const done = await retryOrder(tools, args[0] ?? '', given);
  if (!done.ok) return done.failure;
  if (out.traits.json) out.json({ order: done.value.record.id, state: done.value.state });
  else out.line(`${done.value.record.id} is queued again; the next tick starts it.`);
  return 0;
}
