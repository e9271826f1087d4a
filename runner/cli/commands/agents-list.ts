import { LOOK_BACK_DAYS, readRoster } from '../../app/agents/roster.js';
import type { Exit, Invocation } from '../command.js';
import { backendOf, successOf } from '../screens/agents.js';
import { table } from '../table.js';

export async function run({ connect, out }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const roster = await readRoster(connection.value);
  if (!roster.ok) return roster.failure;
  if (out.traits.json) {
    out.json(roster.value);
    return 0;
  }
  const rows = roster.value.map((listed) => [
    listed.name,
    backendOf(listed),
    (listed.agent?.capabilities ?? []).join(' '),
    successOf(listed),
    listed.from.startsWith('built-in ') ? 'built in' : listed.from,
  ]);
  for (const line of table([['AGENT', 'BACKEND', 'CAPABILITIES', 'SUCCEEDED', 'FROM'], ...rows], out.traits.width))
    out.line(line);
  out.line(
    `\nSucceeded: of the runs of the last ${String(LOOK_BACK_DAYS)} days. \`pushpals agents show NAME\` tells more.`,
  );
  return 0;
}
