import { formats } from '../../../runner/adapters/formats.js';
import { audit } from '../../../runner/app/audit.js';
import { ok } from '../../../runner/core/failure.js';
import type { OrderRecord } from '../../../runner/generated/types.js';
import type { CommitId } from '../../../runner/core/ids.js';
import { isAncestor } from '../git/history.js';
import { entryAt, filesBelow } from '../git/objects.js';
import type { SimulatedMachine } from '../machine.js';
import { isOrderFile } from '../peoples-tree.js';
import { CAROL } from '../project.js';
import type { Workload } from '../workload.js';
import { MAIN, OPS, type World } from '../world.js';
import { recordAt } from './runs.js';

const LIVE = ['queue', 'active', 'waiting'];
const ENDED = ['done', 'failed', 'cancelled'];

interface Stands {
  readonly path: string;
  readonly record: OrderRecord;
}

export function ordersIn(world: World, folders: readonly string[]): readonly Stands[] {
  const { tree } = world.tip(OPS);
  return folders
    .flatMap((folder) => filesBelow(entryAt(tree, folder), folder))
    .flatMap(({ path }) => {
      const record = recordAt(tree, path);
      return record === null ? [] : [{ path, record }];
    });
}

/** Whether nothing is left to do: every order has ended, nothing lies in the inbox, and each trigger knows what there is to know. */
export function isSettled(world: World): boolean {
  const { tree } = world.tip(OPS);
  const some = [...LIVE, 'vault/pending', 'vault/approved'].some((folder) => entryAt(tree, folder) !== null);
  const dropped = filesBelow(entryAt(tree, 'inbox'), 'inbox').some(({ path }) => isOrderFile(path));
  const isEmpty = ({ inbox }: SimulatedMachine): boolean =>
    inbox.aside.size === 0 && ![...inbox.files.keys()].some(isOrderFile);
  return !some && !dropped && world.machines.every(isEmpty) && unfired(world) === null;
}

/** What must hold in the end; null if all of it does. */
export async function wrongAtEnd(world: World, workload: Workload): Promise<string | null> {
  const live = ordersIn(world, LIVE);
  if (live.length > 0 || (!isSettled(world) && unfired(world) === null))
    return `not everything came to its end: ${live.map(({ path, record }) => `${path} (${record.waiting?.reason ?? record.run?.id ?? ''})`).join(', ') || 'something is left in the inbox or the vault'}`;
  return (
    lostOrTwice(world, workload) ??
    unfired(world) ??
    wrongBranch(world, workload) ??
    leftBehind(world) ??
    (await unsound(world))
  );
}

/** Each file that somebody dropped has become one order, or was answered. */
function lostOrTwice(world: World, { drops }: Workload): string | null {
  const { tree } = world.tip(OPS);
  const orders = ordersIn(world, ENDED);
  const rejected = filesBelow(entryAt(tree, 'rejected'), 'rejected');
  for (const { path, goal } of drops) {
    const made = orders.filter(({ record }) => record.order.goal === goal && record.parent === undefined);
    const answered = rejected.filter(({ blob, path: at }) =>
      goal === ''
        ? at.endsWith(`${path.replace('inbox/', '/').replace('.yml', '')}.error.md`)
        : Buffer.from(blob.bytes).toString('utf8').includes(`goal: ${goal}\n`),
    );
    if (made.length + answered.length === 0) return `${path} (${goal}) was lost`;
    // Two ticks at once may both answer a bad file; no work comes of it.
    if (made.length > 1 || (made.length > 0 && answered.length > 0))
      return `${path} (${goal}) was taken in more than once: ${[...made, ...answered].map((each) => each.path).join(', ')}`;
  }
  return null;
}

/** Each trigger's orders have ended and were counted, and what it looks at is what it fired for last. */
function unfired(world: World): string | null {
  const { tree } = world.tip(OPS);
  for (const { path, blob } of filesBelow(entryAt(tree, 'triggers'), 'triggers')) {
    const read = formats.trigger(path, blob.bytes);
    if (!read.ok) return `${path} cannot be read`;
    const { id, open, tip, suspended } = read.value;
    if (open.length > 0) return `${path} says that ${open.join(', ')} have not ended`;
    if (id === 'moved' && suspended === undefined && tip !== world.tip(MAIN).id)
      return `main is at ${world.tip(MAIN).id}, and ${path} knows nothing of it`;
  }
  return null;
}

/** What an order says that it shipped is where it says. */
function wrongBranch(world: World, { touched }: Workload): string | null {
  for (const { path, record } of ordersIn(world, ['done'])) {
    const { branch, commit, into } = record.ended ?? {};
    if (into !== undefined && !isAncestor(world.store.objects, commit as CommitId, world.tip(MAIN).id))
      return `${path} says that ${into} holds ${commit ?? ''}, and it does not`;
    if (branch === undefined || touched.has(record.id)) continue;
    const found = world.store.resolve(`refs/heads/${branch}`);
    if (found !== commit)
      return `${path} says that ${branch} is at ${commit ?? ''}, and it is at ${found ?? 'nothing'}`;
  }
  return null;
}

function leftBehind(world: World): string | null {
  for (const { name, jobs } of world.machines)
    if (jobs.size > 0) return `on ${name} still runs ${[...jobs].map(({ run, step }) => `${run} ${step}`).join(', ')}`;
  return null;
}

async function unsound(world: World): Promise<string | null> {
  const [machine] = world.machines;
  if (machine === undefined) return null;
  let found: string | null = 'the audit did not end';
  world.startCommand(machine, CAROL, 'audits', async (tools) => {
    const audited = await audit(tools, 'main');
    found = audited.ok
      ? (audited.value.findings.map(({ commit, what }) => `audit: ${commit.slice(0, 8)}: ${what}`)[0] ?? null)
      : `the audit failed: ${JSON.stringify(audited.failure)}`;
    return ok(null);
  });
  await world.scheduler.run(world.scheduler.nowMs + 60_000);
  return found;
}
