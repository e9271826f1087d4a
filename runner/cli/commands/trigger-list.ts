import { readOps } from '../../app/observe.js';
import { readStandings } from '../../app/triggers/standing.js';
import { epochMs, type Instant } from '../../core/ids.js';
import { span } from '../../core/span.js';
import type { Standing } from '../../core/triggers/standing.js';
import type { Exit, Invocation } from '../command.js';
import { printable } from '../output.js';
import { dueIn } from '../screens/status.js';
import { table } from '../table.js';

export async function run({ connect, out, flag }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools, project } = connection.value;
  const view = await readOps(tools);
  if (!view.ok) return view.failure;
  const standings = await readStandings(tools, project, view.value);
  if (out.traits.json) {
    out.json(standings);
    return 0;
  }
  if (standings.length === 0) {
    out.line('There are no triggers. Declare one under `triggers` in pushpals.yml, and commit it.');
    return 0;
  }
  const now = tools.clock.now();
  const exact = flag('exact');
  const rows = standings.map((standing) => [
    standing.id,
    stateOf(standing),
    standing.state === 'suspended' ? '' : dueIn(standing, now, exact),
    standing.formula,
    lastOf(standing, now, exact),
  ]);
  for (const line of table([['TRIGGER', 'STATE', 'NEXT', 'FORMULA', 'LAST'], ...rows], out.traits.width))
    out.line(line);
  for (const { id, record } of standings)
    if (record?.suspended !== undefined)
      out.line(`${id} is suspended: ${printable(record.suspended.why)} → pushpals trigger resume ${id}`);
  return 0;
}

const stateOf = ({ state, record }: Standing): string => {
  const failures = record?.failures ?? 0;
  return failures === 0 || state === 'suspended' ? state : `${String(failures)} failed`;
};

function lastOf({ record }: Standing, now: Instant, exact: boolean): string {
  const last = record?.last;
  if (last === undefined) return 'never';
  const when = exact ? last.at : `${span(epochMs(now) - epochMs(last.at as Instant))} ago`;
  const what = last.failure === undefined ? (last.order ?? last.for) : `failed: ${last.failure}`;
  return `${when}: ${printable(what)}`;
}
