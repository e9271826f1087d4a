import type { OrderRecord } from '../generated/types.js';
import type { Dropped, Observed } from '../core/observed.js';
import { ok, type Result } from '../core/failure.js';
import type { CommitId } from '../core/ids.js';
import type { Move } from '../core/move.js';
import { plan, type Plan } from '../core/plan.js';
import { resultEvidence } from '../core/forge/result-evidence.js';
import { month } from '../core/record.js';
import { standing } from './join.js';
import { observe, readOps, type OpsView } from './observe.js';
import type { InboxFile, InboxListing, OpsCommit } from './ports/ops.js';
import type { Said } from './said.js';
import type { SeenHistory } from './seen.js';
import { keepInStep } from './target.js';
import type { Tools } from './tools.js';
import { follow, trailers, transitionCommit, write } from './transition.js';
import { askCommit, dropBranch, endFiles, strayCommit } from './vault/write.js';
import { triggerCommit } from './triggers/write.js';
import type { World } from './world.js';

/** Commits what the plan moves without running anything: accepted, rejected, parked, released and expired orders. */
export async function takeIn(
  tools: Tools,
  world: World,
  said: Said,
  seen: SeenHistory,
): Promise<
  Result<{
    plan: Plan;
    view: OpsView;
    listing: InboxListing;
    accepted: readonly string[];
    /** The tip of the ops branch that nothing is left to do on, but for what time brings. */
    settled: CommitId;
  }>
> {
  const view = await readOps(tools);
  if (!view.ok) return view;
  const kept = tools.dryRun || view.value.pause !== null ? null : await keepInStep(tools, world.desired.project);
  // A remote that is away is told by what shares the ops branch.
  if (kept?.ok === false && kept.failure.class !== 'remote-unavailable') return kept;
  const checked = await seen.check(view.value.tip);
  if (!checked.ok) return checked;
  let listing = await listInbox(tools, view.value.tip);
  let state = view.value;
  let current: Plan | null = null;
  // Engines and models take their time to answer: they are asked before it is this writer's turn, and remember for a while what they said.
  let observed: Observed | null = await observe(tools, world.desired, world.base, state, listing);
  const written = await write(tools, async (tip) => {
    if (tip !== state.tip) {
      observed = null;
      const again = await readOps(tools);
      if (!again.ok) return again;
      const known = await seen.check(again.value.tip);
      if (!known.ok) return known;
      state = again.value;
      // Whoever moved the branch may have taken files in.
      listing = await listInbox(tools, state.tip);
    }
    current = plan(observed ?? (await observe(tools, world.desired, world.base, state, listing)));
    return ok([
      ...rejectionCommits(tools, current, listing),
      ...(current.strays.length === 0 ? [] : [strayCommit(current.strays, tools)]),
      // What they make may be moved on at once.
      ...current.triggers.writes.map((made) => triggerCommit(made, tools)),
      ...moveCommits(tools, current.moves, listing.settled),
    ]);
  });
  if (!written.ok) return written;
  // `write` has called it at least once.
  const planned = current as unknown as Plan;
  if (!tools.dryRun) {
    const known = state.live
      .map(({ record }) => record)
      .filter(({ accepted }) => planned.takenBefore.some(({ path }) => path === accepted.from));
    await clearInbox(tools, planned, listing.settled, known, await sharedTip(tools, planned));
    for (const { request } of planned.moves)
      if (request !== undefined && request.to !== 'pending') await dropBranch(tools, request.request.id);
    const plain = new Set([...listing.settled, ...listing.unsettled].map(({ path }) => path));
    // Where something else lies in the folder under the name of what is committed, that stays.
    for (const { path, committed } of listing.refused)
      if (!committed || !plain.has(path)) await tools.inbox.remove(path, null);
  }
  announce(tools, planned, state, listing.unsettled, said);
  const fired = planned.triggers.writes.flatMap(({ orders }) => orders);
  const taken = planned.moves.filter(({ event }) => event === 'accept').map(({ to }) => to);
  const accepted = [...fired, ...taken].map(({ record }) => record.id);
  // What it moved itself may be news to what looks at the branch.
  const settled = planned.moves.length === 0 ? (written.value ?? state.tip) : state.tip;
  return ok({ plan: planned, view: state, listing, accepted, settled });
}

/** A work tree that is behind what others pushed shows what they took in as dropped by somebody here. */
async function listInbox(tools: Tools, tip: CommitId): Promise<InboxListing> {
  if (tools.sharing !== null && !tools.dryRun) await follow(tools);
  return tools.inbox.list(tip);
}

/** A burst shares commits, so that the cost of a tree with thousands of names is not paid once an order. */
const BATCH = 200;
const SINGLE = 20;

const ASKING: Partial<Readonly<Record<Move['event'], string>>> = {
  ask: 'asked',
  count: 'an approval counts, more are needed',
  refuse: 'an approval is refused',
};

function moveCommits(tools: Tools, moves: readonly Move[], files: readonly InboxFile[]): readonly OpsCommit[] {
  const fileOf = origins(tools, files);
  const commits = moves.flatMap(({ event, from, to, dropped, request }) => {
    const committed = dropped !== undefined && fileOf(dropped)?.committed === true;
    const gone = committed ? [{ path: dropped.path, content: null }] : [];
    const ends = request === undefined || request.to === 'pending' ? [] : endFiles(request, tools);
    const moved = transitionCommit(
      {
        event,
        from,
        to,
        files: [...gone, ...ends, ...resultEvidence(to)],
        ...(dropped === undefined ? {} : { actor: tools.operator }),
      },
      tools,
    );
    return request?.to === 'pending' ? [askCommit(request, ASKING[event] ?? event, tools), moved] : [moved];
  });
  if (commits.length <= SINGLE || commits.some(({ branch }) => branch !== undefined)) return commits;
  return batchesOf(commits).map(shared);
}

/** Parts of at most so many commits, none with two of the same order: one tree shows only where an order stands in the end. */
function batchesOf(commits: readonly OpsCommit[]): readonly (readonly OpsCommit[])[] {
  const batches: { readonly orders: Set<string>; readonly commits: OpsCommit[] }[] = [];
  for (const commit of commits) {
    const order = commit.trailers.find(([key]) => key === 'PushPals-Order')?.[1] ?? '';
    let batch = batches.at(-1);
    if (batch === undefined || batch.commits.length === BATCH || batch.orders.has(order)) {
      batch = { orders: new Set(), commits: [] };
      batches.push(batch);
    }
    batch.orders.add(order);
    batch.commits.push(commit);
  }
  return batches.map((batch) => batch.commits);
}

/** One commit for all of them. */
function shared(part: readonly OpsCommit[]): OpsCommit {
  const [first] = part;
  if (first === undefined) throw new Error('a batch of nothing');
  const words = part.map(({ subject }) => subject.replace(/^order [^:]*: /, ''));
  return {
    ...first,
    subject: `${String(part.length)} orders: ${[...new Set(words)].slice(0, 3).join(', ')}`,
    body: part.map(({ subject }) => subject).join('\n'),
    trailers: part.flatMap(({ trailers: all }, index) =>
      index === 0 ? all : all.filter(([key]) => key === 'PushPals-Order' || key === 'PushPals-Event'),
    ),
    files: part.flatMap(({ files: all }) => all),
  };
}

/** A rejected file moves to `rejected/` as it was, with the reasons beside it. */
function rejectionCommits(
  tools: Tools,
  { rejections }: Plan,
  { settled, refused }: InboxListing,
): readonly OpsCommit[] {
  const at = tools.clock.now();
  const fileOf = origins(tools, settled);
  return rejections.map(({ dropped, name, failure }) => {
    const file = fileOf(dropped);
    const inTip = file?.committed ?? refused.some(({ path, committed }) => path === dropped.path && committed);
    const ending = /\.[A-Za-z0-9]+$/.exec(dropped.path)?.[0] ?? '';
    const folder = `rejected/${month(at)}`;
    return {
      subject: `order ${name}: rejected (${failure.class})`,
      trailers: trailers('reject', name, undefined, tools.operator, tools),
      author: tools.operator,
      at,
      files: [
        ...(file === undefined ? [] : [{ path: `${folder}/${name}${ending}`, content: dropped.kept ?? file.bytes }]),
        { path: `${folder}/${name}.error.md`, content: tools.formats.rejection(dropped.path, failure) },
        ...(inTip ? [{ path: dropped.path, content: null }] : []),
      ],
    };
  });
}

/**
 * What was taken in goes from the inbox only once others know of it: a name may turn out to be taken, and the file is all that there is then. Null: the
 * runner is on its own.
 */
async function sharedTip(
  { sharing, ops }: Tools,
  { moves, rejections, takenBefore }: Plan,
): Promise<CommitId | 'not yet' | null> {
  const isNews = takenBefore.length > 0 || rejections.length > 0 || moves.some(({ dropped }) => dropped !== undefined);
  if (sharing === null || !isNews) return null;
  const shared = await sharing.sync();
  return (shared.ok ? await ops.tip() : null) ?? 'not yet';
}

async function clearInbox(
  tools: Tools,
  { moves, rejections, takenBefore }: Plan,
  files: readonly InboxFile[],
  known: readonly OrderRecord[],
  shared: CommitId | 'not yet' | null,
): Promise<void> {
  if (shared === 'not yet') return;
  const fileOf = origins(tools, files);
  const taken = [
    ...moves.flatMap(({ dropped }) => dropped ?? []),
    ...rejections.map(({ dropped }) => dropped),
    ...takenBefore,
  ].flatMap((dropped) => fileOf(dropped) ?? []);
  const made = [...moves.flatMap(({ dropped, to }) => (dropped === undefined ? [] : [to.record])), ...known];
  const stands = shared === null ? made : await standing(tools, shared, made);
  // Others gave its name to an order of theirs: it is taken in anew.
  const stand = new Set(stands);
  const lost = new Set(
    made
      .filter((order) => !stand.has(order))
      .map(({ accepted }) => fileOf({ path: accepted.from, digest: accepted.digest })),
  );
  const dropped = new Set(files.flatMap(({ path, committed }) => (committed ? [] : [path])));
  for (const file of taken) {
    const { path, bytes, committed } = file;
    if (lost.has(file)) continue;
    // What lies in the folder under its name is another one.
    if (committed && dropped.has(path)) continue;
    if (!(await tools.inbox.remove(path, bytes)))
      tools.report({
        event: 'left',
        file: path,
        why: 'it was changed after it had been read; the new text is taken in next',
      });
  }
}

/** Finds the file that something was read from: two may have one path, one of them committed by somebody else. */
function origins(
  { sha256 }: Pick<Tools, 'sha256'>,
  files: readonly InboxFile[],
): (of: Pick<Dropped, 'path' | 'digest'>) => InboxFile | undefined {
  const known = new Map(files.map((file) => [`${sha256(file.bytes)} ${file.path}`, file]));
  return ({ path, digest }) => known.get(`${digest} ${path}`);
}

function announce(
  tools: Tools,
  planned: Plan,
  view: OpsView,
  unsettled: readonly { path: string; why: string }[],
  said: Said,
): void {
  said.turn();
  for (const { event, to } of planned.moves) {
    if (event === 'accept') tools.report({ event: 'accepted', order: to.record.id, from: to.record.accepted.from });
  }
  for (const { orders, warning } of planned.triggers.writes) {
    for (const { record } of orders) tools.report({ event: 'accepted', order: record.id, from: record.accepted.from });
    if (warning !== undefined) tools.report({ event: 'warning', text: warning });
  }
  for (const { dropped, failure } of planned.rejections)
    tools.report({ event: 'rejected', file: dropped.path, failure });
  for (const { from, why } of planned.held)
    said.once(`held ${from}`, () => {
      tools.report({ event: 'warning', text: `${from} waits: ${why}` });
    });
  for (const { path, why } of unsettled)
    said.once(`left ${path}`, () => {
      tools.report({ event: 'left', file: path, why });
    });
  for (const { path, failure } of view.broken)
    said.once(`broken ${path}`, () => {
      tools.report({ event: 'warning', text: `${path} cannot be read (${failure.class}); it stays as it is` });
    });
  for (const { order, why } of planned.stuck)
    said.once(`stuck ${order.record.id}`, () => {
      tools.report({ event: 'warning', text: `${order.record.id} is ${why}` });
    });
  for (const { order, reason, failure } of planned.blocked) {
    said.once(`blocked ${order.record.id} ${reason}`, () => {
      tools.report({ event: 'waits', order: order.record.id, reason, ...(failure === undefined ? {} : { failure }) });
    });
  }
}
