import { fail, ok, type Result } from '../core/failure.js';
import type { ActiveOrder } from '../core/record.js';
import type { Connection, Repo } from './connection.js';
import { readOps } from './observe.js';
import type { DriverName } from './ports/sandbox.js';
import type { Belongings } from './ports/setup.js';
import { liveWatch } from './watch.js';

const DRIVERS: readonly DriverName[] = ['docker', 'bubblewrap', 'host'];

/** What would be taken away, and what stays because it is the people's. */
export interface Departure extends Belongings {
  readonly ops: { readonly branch: string; readonly worktree: string };
}

/**
 * Looks at what PushPals has here. Fails while a runner of this machine works on an order, and where a person has uncommitted files
 * in the ops work tree, unless that does not matter to them.
 */
export async function lookAround(
  repo: Repo,
  connection: Connection | null,
  force: boolean,
): Promise<Result<Departure>> {
  const settings = connection?.project.ops;
  const ops = { branch: settings?.branch ?? 'ops', worktree: settings?.worktree ?? 'ops' };
  const found = await repo.takeDown.look(ops.branch, ops.worktree);
  if (!found.ok) return found;
  const working = connection === null || force ? [] : await ordersAtWork(connection);
  if (working.length > 0) {
    return fail({
      class: 'state-conflict',
      what: `a runner works on ${working.join(', ')}`,
      hint: 'Wait for it, or end it with `pushpals order cancel`; `--force` takes everything away under it.',
    });
  }
  const watch = connection === null || force ? null : await liveWatch(connection, connection.tools.processes);
  if (watch !== null) {
    return fail({
      class: 'state-conflict',
      what: `a watch runs here (pid ${String(watch.claimant.pid)})`,
      hint: `End it (kill ${String(watch.claimant.pid)}), or the service that keeps it (pushpals install systemd --remove --systemctl).`,
    });
  }
  if (found.value.uncommitted.length > 0 && !force) {
    return fail({
      class: 'state-conflict',
      what: `${ops.worktree}/ has files that are not committed: ${some(found.value.uncommitted)}`,
      hint: 'Commit or move them; `--force` throws them away.',
    });
  }
  return ok({ ...found.value, ops });
}

/** Takes it away. The ops branch, what was shipped and the project's files stay. */
export async function uninitialize(repo: Repo, departure: Departure, force: boolean): Promise<Result<null>> {
  for (const name of DRIVERS)
    for (const id of [repo.repositoryId(), repo.formerRepositoryId])
      await (await repo.driver(name)).sweep(id, () => Promise.resolve(new Set()));
  return repo.takeDown.remove(departure.ops.worktree, departure, force);
}

async function ordersAtWork({ tools }: Connection): Promise<readonly string[]> {
  const view = await readOps(tools);
  if (!view.ok) return [];
  return view.value.live
    .filter((order): order is ActiveOrder => order.state === 'active')
    .filter(({ record }) => tools.processes.alive(record.run.claimant) === true)
    .map(({ record }) => record.id);
}

const SHOWN = 5;
const some = (names: readonly string[]): string =>
  names.length <= SHOWN
    ? names.join(', ')
    : `${names.slice(0, SHOWN).join(', ')} and ${String(names.length - SHOWN)} more`;
