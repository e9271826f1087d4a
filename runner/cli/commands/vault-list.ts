import { openRequests } from '../../app/vault/people.js';
import type { Exit, Invocation } from '../command.js';
import { printable } from '../output.js';
import { ago } from '../screens/request.js';
import { table } from '../table.js';

export async function run({ connect, out }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools } = connection.value;
  const found = await openRequests(tools);
  if (!found.ok) return found.failure;
  if (out.traits.json) {
    out.json(found.value);
    return 0;
  }
  const now = tools.clock.now();
  const rows = found.value.map(({ id, kind, tier, at, needs, approvals = [], asks }) => [
    id,
    kind,
    tier,
    ago(at, now),
    `${String(approvals.length)} of ${String(needs.approvals)}`,
    printable(asks.what),
  ]);
  for (const line of table(rows, out.traits.width)) out.line(line);
  if (rows.length === 0) out.line('Nothing waits for an approval.');
  return 0;
}
