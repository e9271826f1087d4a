import { RECOVERY, fail, ok, type Failure, type Result } from '../core/failure.js';
import { plan, type Move, type Plan } from '../core/plan.js';
import { month, runId, type ActiveOrder, type StoredOrder } from '../core/record.js';
import type { CommitId, RunId } from '../core/ids.js';
import { commitSource, readDesired, type Desired } from './desired.js';
import { driverOf, observe, readOps, type OpsView } from './observe.js';
import type { InboxFile, OpsCommit } from './ports.js';
import { executeOrder, resumeOrder, type Executed } from './run/execute.js';
import type { Tools } from './tools.js';
import { trailers, transitionCommit, write } from './transition.js';

/** What a tick did, in the order in which it ended. */
export interface TickSummary {
  readonly accepted: readonly string[];
  readonly rejected: readonly { readonly file: string; readonly failure: Failure }[];
  readonly ended: readonly { readonly order: StoredOrder; readonly failure: Failure | null }[];
  readonly stopped: readonly { readonly order: string; readonly why: Failure | 'interrupted' }[];
  readonly waiting: readonly { readonly order: string; readonly reason: string; readonly failure?: Failure }[];
  readonly wakeAt: string | null;
}

/** Desired state and ops branch at one moment. */
export interface World {
  readonly base: CommitId;
  readonly desired: Desired;
}

/** Reads the desired state from the committed tip of the project's branch. */
export async function readWorld(tools: Tools, branch: string): Promise<Result<World>> {
  const base = await tools.repository.resolve(`refs/heads/${branch}`);
  if (base === null)
    return fail({
      class: 'state-conflict',
      what: `there is no branch ${branch}`,
      hint: 'Make a first commit, or name another `branch` in pushpals.yml.',
    });
  const desired = await readDesired(commitSource(tools.repository, base), tools);
  return desired.ok ? ok({ base, desired: desired.value }) : desired;
}

/** What the next tick would do. Writes nothing. */
export async function planTick(
  tools: Tools,
  world: World,
): Promise<Result<{ plan: Plan; view: OpsView; left: readonly { path: string; why: string }[] }>> {
  const view = await readOps(tools);
  if (!view.ok) return view;
  const listing = await tools.inbox.list(view.value.tip);
  const observed = await observe(tools, world.desired, world.base, view.value, listing);
  return ok({ plan: plan(observed), view: view.value, left: listing.unsettled });
}

/**
 * Accepts what was dropped, starts what can start, and goes on until nothing is left to start. Each round derives everything anew, so it
 * does not matter what woke it or who else works on the same branch.
 */
export async function tick(tools: Tools, branch: string, signal: AbortSignal): Promise<Result<TickSummary>> {
  const summary = {
    accepted: [] as string[],
    rejected: [] as TickSummary['rejected'][number][],
    ended: [] as TickSummary['ended'][number][],
    stopped: [] as TickSummary['stopped'][number][],
  };
  const running = new Map<string, Promise<void>>();
  const tried = new Set<string>();
  const said = new Set<string>();
  let failed: Failure | null = null;
  let last: Plan | null = null;
  let swept = false;
  try {
    while (!signal.aborted && failed === null) {
      const world = await readWorld(tools, branch);
      if (!world.ok) return world;
      const taken = await takeIn(tools, world.value, said);
      if (!taken.ok) return taken;
      const { plan: planned } = taken.value;
      last = planned;
      summary.accepted.push(...taken.value.accepted);
      summary.rejected.push(...planned.rejections.map(({ dropped, failure }) => ({ file: dropped.path, failure })));
      if (!swept && (planned.starts.length > 0 || planned.resumes.length > 0)) {
        await sweep(tools, world.value.desired);
        swept = true;
      }
      let started = 0;
      const launch = (id: string, work: Promise<Result<Executed | null>>): void => {
        tried.add(id);
        started += 1;
        running.set(
          id,
          work.then((result) => {
            running.delete(id);
            if (!result.ok) failed = result.failure;
            else if (result.value === null) tried.delete(id);
            else if ('stopped' in result.value) summary.stopped.push({ order: id, why: result.value.stopped });
            else summary.ended.push(result.value);
          }),
        );
      };
      for (const { order, formula } of planned.resumes) {
        if (!running.has(order.record.id))
          launch(order.record.id, resumeOrder(tools, world.value.desired, order, formula, signal));
      }
      for (const { order, formula } of planned.starts) {
        const { id } = order.record;
        // What this tick has run once it leaves to the next, so that it always comes to an end.
        if (!tried.has(id))
          launch(id, executeOrder(tools, world.value.desired, order, formula, world.value.base, signal));
      }
      if (running.size === 0 && started === 0) break;
      await Promise.race(running.values());
    }
  } finally {
    await Promise.all(running.values());
  }
  if (failed !== null) return fail(failed);
  const waiting = (last?.blocked ?? []).map(({ order, reason, failure }) => ({
    order: order.record.id,
    reason,
    ...(failure === undefined ? {} : { failure }),
  }));
  return ok({ ...summary, waiting, wakeAt: last?.wakeAt ?? null });
}

/** Commits what the plan moves without running anything: accepted, rejected, parked, released and expired orders. */
async function takeIn(
  tools: Tools,
  world: World,
  said: Set<string>,
): Promise<Result<{ plan: Plan; view: OpsView; accepted: readonly string[] }>> {
  const view = await readOps(tools);
  if (!view.ok) return view;
  const listing = await tools.inbox.list(view.value.tip);
  let state = view.value;
  let current: Plan | null = null;
  const written = await write(tools, async (tip) => {
    if (tip !== state.tip) {
      const again = await readOps(tools);
      if (!again.ok) return again;
      state = again.value;
    }
    current = plan(await observe(tools, world.desired, world.base, state, listing));
    return ok([
      ...rejectionCommits(tools, current, listing.settled),
      ...moveCommits(tools, current.moves, listing.settled),
    ]);
  });
  if (!written.ok) return written;
  // `write` has called it at least once.
  const planned = current as unknown as Plan;
  if (written.value !== null) await clearInbox(tools, planned, listing.settled);
  announce(tools, planned, state, listing.unsettled, said);
  const accepted = planned.moves.filter(({ event }) => event === 'accept').map(({ to }) => to.record.id);
  return ok({ plan: planned, view: state, accepted });
}

/** A burst shares commits, so that the cost of a tree with thousands of names is not paid once an order. */
const BATCH = 200;
const SINGLE = 20;

function moveCommits(tools: Tools, moves: readonly Move[], files: readonly InboxFile[]): readonly OpsCommit[] {
  const commits = moves.map(({ event, from, to, dropped }) => {
    const committed =
      dropped !== undefined && files.some(({ path, committed: inTip }) => path === dropped.path && inTip);
    const gone = committed ? [{ path: dropped.path, content: null }] : [];
    return transitionCommit(
      { event, from, to, files: gone, ...(event === 'accept' ? { actor: tools.operator } : {}) },
      tools,
    );
  });
  if (commits.length <= SINGLE) return commits;
  const batches: OpsCommit[] = [];
  for (let start = 0; start < commits.length; start += BATCH) {
    const part = commits.slice(start, start + BATCH);
    const [first] = part;
    if (first === undefined) continue;
    batches.push({
      ...first,
      subject: `${String(part.length)} orders: ${[...new Set(part.map(({ subject }) => subject.replace(/^order [^:]*: /, '')))].slice(0, 3).join(', ')}`,
      body: part.map(({ subject }) => subject).join('\n'),
      trailers: part.flatMap(({ trailers: all }, index) =>
        index === 0 ? all : all.filter(([key]) => key === 'PushPals-Order' || key === 'PushPals-Event'),
      ),
      files: part.flatMap(({ files: all }) => all),
    });
  }
  return batches;
}

/** A rejected file moves to `rejected/` as it was, with the reasons beside it. */
function rejectionCommits(tools: Tools, { rejections }: Plan, files: readonly InboxFile[]): readonly OpsCommit[] {
  const at = tools.clock.now();
  return rejections.map(({ dropped, name, failure }) => {
    const file = files.find(({ path }) => path === dropped.path);
    const ending = /\.[A-Za-z0-9]+$/.exec(dropped.path)?.[0] ?? '';
    const folder = `rejected/${month(at)}`;
    return {
      subject: `order ${name}: rejected (${failure.class})`,
      trailers: trailers('reject', name, undefined, tools.operator, tools),
      author: tools.operator,
      at,
      files: [
        ...(file === undefined ? [] : [{ path: `${folder}/${name}${ending}`, content: file.bytes }]),
        { path: `${folder}/${name}.error.md`, content: tools.formats.rejection(dropped.path, failure) },
        ...(file?.committed === true ? [{ path: dropped.path, content: null }] : []),
      ],
    };
  });
}

async function clearInbox(tools: Tools, { moves, rejections }: Plan, files: readonly InboxFile[]): Promise<void> {
  const taken = new Set([
    ...moves.flatMap(({ dropped }) => (dropped === undefined ? [] : [dropped.path])),
    ...rejections.map(({ dropped }) => dropped.path),
  ]);
  for (const { path, bytes } of files) {
    if (!taken.has(path)) continue;
    if (!(await tools.inbox.remove(path, bytes)))
      tools.report({
        event: 'left',
        file: path,
        why: 'it was changed after it had been read; the new text is taken in next',
      });
  }
}

function announce(
  tools: Tools,
  planned: Plan,
  view: OpsView,
  unsettled: readonly { path: string; why: string }[],
  said: Set<string>,
): void {
  const once = (key: string, say: () => void): void => {
    if (said.has(key)) return;
    said.add(key);
    say();
  };
  for (const { event, to, dropped } of planned.moves) {
    if (event === 'accept') tools.report({ event: 'accepted', order: to.record.id, from: dropped?.path ?? '' });
  }
  for (const { dropped, failure } of planned.rejections)
    tools.report({ event: 'rejected', file: dropped.path, failure });
  for (const { path, why } of unsettled)
    once(`left ${path}`, () => {
      tools.report({ event: 'left', file: path, why });
    });
  for (const { path, failure } of view.broken)
    once(`broken ${path}`, () => {
      tools.report({ event: 'warning', text: `${path} cannot be read (${failure.class}); it stays as it is` });
    });
  for (const { order, reason, failure } of planned.blocked) {
    once(`blocked ${order.record.id} ${reason}`, () => {
      tools.report({ event: 'waits', order: order.record.id, reason, ...(failure === undefined ? {} : { failure }) });
    });
  }
}

/** Removes what runs that are not alive left on this machine. */
async function sweep(tools: Tools, desired: Desired): Promise<void> {
  const alive = async (): Promise<ReadonlySet<RunId>> => {
    const view = await readOps(tools);
    if (!view.ok) throw new Error('the ops branch went away');
    const active = view.value.live.filter((order): order is ActiveOrder => order.state === 'active');
    return new Set(
      active
        .filter(({ record }) => tools.processes.alive(record.run.claimant) === true)
        .map(({ record }) => runId(record.run)),
    );
  };
  const driver = await tools.sandbox(driverOf(desired));
  const removed = [
    ...(await driver.sweep(tools.repositoryId, alive)),
    ...(await tools.workspaces.sweep(alive)).map((run) => `work trees of ${run}`),
  ];
  if (removed.length > 0)
    tools.report({ event: 'warning', text: `removed what dead runs had left: ${removed.join(', ')}` });
}

/** 0 ok, 1 a run failed or an order was rejected, 2 configuration, 3 work waits for a person or for the sandbox. */
export function exitCode({ ended, rejected, stopped, waiting }: TickSummary): 0 | 1 | 2 | 3 {
  if (ended.some(({ failure }) => failure !== null) || rejected.length > 0) return 1;
  if (stopped.some(({ why }) => why !== 'interrupted' && why.class !== 'claim-lost')) return 1;
  const failures = waiting.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  if (failures.some((failure) => failure.class === 'config-invalid' || failure.class === 'not-built')) return 2;
  if (failures.some((failure) => failure.class === 'policy-denied' || RECOVERY[failure.class] === 'wait')) return 3;
  return 0;
}
