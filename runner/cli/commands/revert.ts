import { fileRevert } from '../../app/revert.js';
import type { Exit, Invocation } from '../command.js';

export async function run({ connect, out, args, option }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools, branch } = connection.value;
  const id = args[0] ?? '';
  const given = Object.fromEntries(
    (['priority', 'risk'] as const).flatMap((name) => (option(name) === undefined ? [] : [[name, option(name)]])),
  );
  const reason = option('reason');
  const filed = await fileRevert(tools, branch, id, { ...given, ...(reason === undefined ? {} : { context: reason }) });
  if (!filed.ok) return filed.failure;
  const { order, result, changes } = filed.value;
  const added = changes.reduce((lines, change) => lines + change.added, 0);
  const removed = changes.reduce((lines, change) => lines + change.removed, 0);
  const files = `${String(changes.length)} ${changes.length === 1 ? 'file' : 'files'}`;
  if (out.traits.json)
    out.json({
      order: order.record.id,
      state: order.state,
      reverts: result,
      changes: { files: changes.length, added, removed },
    });
  else
    out.line(
      `${order.record.id} is queued: it takes back ${result.commit.slice(0, 12)} (${files}, +${String(added)} −${String(removed)}); the next tick starts it.`,
    );
  return 0;
}
