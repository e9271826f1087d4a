import type { OrderRecord } from '../generated/types.js';
import { fail, ok, type Failure, type Result } from '../core/failure.js';
import { dedupeKey } from '../core/incoming.js';
import { plan } from '../core/plan.js';
import { UNASSIGNED, slug } from '../core/order.js';
import { ENDED_STATES, LIVE_STATES, type StoredOrder } from '../core/record.js';
import type { CommitId } from '../core/ids.js';
import { observe, readOpsAt } from './observe.js';
import { readRecords } from './records.js';
import { explainOrder, type Explained } from './policy.js';
import { readWorld, type World } from './world.js';
import type { Tools } from './tools.js';
import type { OpsCommit } from './ports/ops.js';
import { transitionCommit, write } from './transition.js';
import { readRequest } from './vault/recheck.js';
import { dropBranch, endFiles } from './vault/write.js';

/** Live orders, or every order there ever was. */
export async function listOrders(tools: Tools, all: boolean): Promise<Result<readonly StoredOrder[]>> {
  const tip = await tools.ops.tip();
  if (tip === null) return noOps();
  const files = await tools.repository.files(tip, all ? [...LIVE_STATES, ...ENDED_STATES] : LIVE_STATES);
  const { orders } = await readRecords(
    files.filter(({ path }) => path.endsWith('.yml')),
    tools,
  );
  return ok(orders);
}

/** The names of live orders and of those that ended, from the listings of their folders. */
export async function readOrderNames(tools: Pick<Tools, 'ops' | 'repository'>): Promise<Result<ReadonlySet<string>>> {
  const tip = await tools.ops.tip();
  if (tip === null) return noOps();
  const files = await tools.repository.files(tip, [...LIVE_STATES, ...ENDED_STATES]);
  return ok(new Set(files.flatMap(({ path }) => /([^/]+)\.yml$/.exec(path)?.[1] ?? [])));
}

const noOps = (): Result<never> =>
  fail({ class: 'state-conflict', what: 'there is no ops branch', hint: 'Run `pushpals init`.' });

/** One order by its name, wherever it stands. */
export async function findOrder(
  tools: Pick<Tools, 'ops' | 'repository' | 'formats'>,
  id: string,
): Promise<Result<StoredOrder>> {
  const tip = await tools.ops.tip();
  return tip === null ? noOps() : findOrderAt(tools, tip, id);
}

/** As `findOrder`, at a commit. */
export async function findOrderAt(
  tools: Pick<Tools, 'ops' | 'repository' | 'formats'>,
  tip: CommitId,
  id: string,
): Promise<Result<StoredOrder>> {
  const files = await tools.repository.files(tip, [...LIVE_STATES, ...ENDED_STATES]);
  const { orders, broken } = await readRecords(
    files.filter(({ path }) => path.endsWith(`/${id}.yml`)),
    tools,
  );
  const [order] = orders;
  if (order !== undefined) return ok(order);
  const [first] = broken;
  if (first !== undefined) return fail(first.failure);
  return fail({
    class: 'state-conflict',
    what: `there is no order ${id}`,
    hint: '`pushpals order list --all` lists them; a rejected one is under `ops/rejected/`.',
  });
}

/** Why an order would do what another does already; null if none does. */
export async function twinOf(
  tools: Tools,
  tip: CommitId,
  { id, dedupe }: Pick<OrderRecord, 'id' | 'dedupe'>,
): Promise<Failure | null> {
  const { live } = await readOpsAt(tip, tools);
  const twin = live.find(({ record }) => record.dedupe === dedupe && record.id !== id);
  return twin === undefined ? null : { class: 'duplicate', twin: twin.record.id, twinState: twin.state, key: dedupe };
}

/** Names the formula of an order that waits for one; the next tick starts it. */
export async function assignOrder(
  tools: Tools,
  branch: string,
  id: string,
  formula: string,
): Promise<Result<StoredOrder>> {
  const world = await readWorld(tools, branch);
  if (!world.ok) return world;
  const loaded = await world.value.desired.formula(formula);
  if (loaded === undefined) {
    const hint = `There are: ${world.value.desired.formulaNames.join(', ')}.`;
    return fail({ class: 'state-conflict', what: `there is no formula \`${formula}\``, hint });
  }
  if (!loaded.ok) return loaded;
  const { value: found } = loaded;
  const assign: Decide = async (order, tip) => {
    if (order.state !== 'waiting' || order.record.formula !== UNASSIGNED)
      return fail({
        class: 'state-conflict',
        what: `order ${id} is ${order.state} with the formula ${order.record.formula}`,
        hint: 'Only an order that waits for a formula can be given one; cancel this one and file another.',
      });
    const faults = found.checkInputs(order.record.order.inputs ?? {});
    if (faults.length > 0)
      return fail({
        class: 'state-conflict',
        what: faults.join('; '),
        hint: `File an order with the inputs that ${formula} takes.`,
      });
    const { waiting: _, ...rest } = order.record;
    // With its formula it may be the same work as another order.
    const record = { ...rest, formula, dedupe: dedupeKey(rest.order, formula, tools.sha256) };
    const twin = await twinOf(tools, tip, record);
    if (twin !== null) return fail(twin);
    return ok({ event: 'assign', to: { state: 'queue', record } });
  };
  return changeAndClose(tools, id, assign, `${id} was given the formula ${formula}`);
}

/** As `change`; a request that the order waits for ends with it. */
async function changeAndClose(tools: Tools, id: string, decide: Decide, reason: string): Promise<Result<StoredOrder>> {
  let asked: string | null = null;
  const changed = await change(tools, id, decide, async (order, tip) => {
    const open = await closeRequest(tools, order, tip, reason);
    asked = open.request;
    return open.files;
  });
  if (changed.ok && !tools.dryRun && asked !== null) await dropBranch(tools, asked);
  return changed;
}

/** The end of the request that an order waits for, if there is one: its files, and whose branch is to be dropped. */
export async function closeRequest(
  tools: Tools,
  { record }: StoredOrder,
  tip: CommitId,
  reason: string,
): Promise<{ readonly request: string | null; readonly files: OpsCommit['files'] }> {
  const request = record.waiting?.request;
  const open = request === undefined ? null : await readRequest(tools, tip, 'pending', request);
  if (open === null) return { request: null, files: [] };
  const end = { at: tools.clock.now(), outcome: 'void' as const, reason };
  return { request: open.id, files: endFiles({ request: { ...open, end }, from: 'pending', to: 'rejected' }, tools) };
}

type Decided = Result<{ event: 'assign' | 'retry'; to: StoredOrder }>;
type Decide = (order: StoredOrder, tip: CommitId) => Decided | Promise<Decided>;

/** Changes one order, decided on again wherever the branch moved meanwhile. */
export async function change(
  tools: Tools,
  id: string,
  decide: Decide,
  more: (order: StoredOrder, tip: CommitId) => Promise<OpsCommit['files']> = () => Promise.resolve([]),
): Promise<Result<StoredOrder>> {
  let result: StoredOrder | null = null;
  const written = await write(tools, async (tip) => {
    const found = await findOrderAt(tools, tip, id);
    if (!found.ok) return found;
    const decided = await decide(found.value, tip);
    if (!decided.ok) return decided;
    result = decided.value.to;
    const files = await more(found.value, tip);
    return ok([transitionCommit({ ...decided.value, from: found.value, files, actor: tools.operator }, tools)]);
  });
  if (!written.ok) return written;
  if (result === null) throw new Error('nothing was decided');
  return ok(result);
}

type OrderSource = { readonly goal: string } | { readonly path: string; readonly bytes: Uint8Array };
type Given = Readonly<Record<string, unknown>>;

/** An order as it would be taken in, and how that is found for a tip of the ops branch. */
interface Filing {
  readonly world: World;
  readonly accept: (tip: CommitId) => Promise<Result<StoredOrder>>;
}

async function filing(
  tools: Tools,
  branch: string,
  source: OrderSource,
  given: Given,
  name: string | undefined,
): Promise<Result<Filing>> {
  const world = await readWorld(tools, branch);
  if (!world.ok) return world;
  const read = 'goal' in source ? ok({ goal: source.goal }) : tools.formats.order(source.path, source.bytes);
  if (!read.ok) return read;
  const label = 'goal' in source ? 'the command line' : source.path;
  const checked = tools.formats.orderValue({ ...read.value, ...given });
  if (!checked.ok) {
    return fail({
      class: 'order-invalid',
      problems: checked.failure.map((message) => ({ file: label, line: 1, column: 1, excerpt: '', message })),
    });
  }
  const stem =
    name ??
    ('goal' in source
      ? source.goal.split(/\s+/).slice(0, 6).join(' ')
      : (source.path.split('/').at(-1) ?? 'order').replace(/\.[A-Za-z0-9]+$/, ''));
  const bytes = 'goal' in source ? Buffer.from(JSON.stringify(checked.value)) : source.bytes;
  const dropped = {
    path: slug(stem),
    digest: tools.sha256(bytes),
    actor: `${tools.operator.name} <${tools.operator.email}>`,
    order: checked,
  };
  const accept = async (tip: CommitId): Promise<Result<StoredOrder>> => {
    const view = await readOpsAt(tip, tools);
    const observed = await observe(
      tools,
      world.value.desired,
      world.value.base,
      view,
      { settled: [], unsettled: [], refused: [] },
      [dropped],
    );
    const planned = plan(observed);
    const [rejection] = planned.rejections;
    if (rejection !== undefined) return fail(rejection.failure);
    const accepted = planned.moves.find(({ event }) => event === 'accept');
    if (accepted === undefined) throw new Error('an order was neither accepted nor rejected');
    return ok({
      state: 'queue',
      record: { ...accepted.to.record, accepted: { ...accepted.to.record.accepted, from: label } },
    });
  };
  return ok({ world: world.value, accept });
}

/** Puts an order into the queue without the inbox. A bad one is answered at once, and nothing is written. */
export async function fileOrder(
  tools: Tools,
  branch: string,
  source: OrderSource,
  given: Given,
  name: string | undefined,
): Promise<Result<StoredOrder>> {
  const filed = await filing(tools, branch, source, given, name);
  if (!filed.ok) return filed;
  let queued: StoredOrder | null = null;
  const written = await write(tools, async (tip) => {
    const accepted = await filed.value.accept(tip);
    if (!accepted.ok) return accepted;
    const to = accepted.value;
    queued = to;
    return ok([transitionCommit({ event: 'accept', from: null, to, actor: tools.operator }, tools)]);
  });
  if (!written.ok) return written;
  if (queued === null) throw new Error('nothing was planned');
  return ok(queued);
}

/** What `fileOrder` would put into the queue, and what the policy decides of it; nothing is written. */
export async function draftOrder(
  tools: Tools,
  branch: string,
  source: OrderSource,
  given: Given,
): Promise<Result<{ readonly order: StoredOrder; readonly explained: readonly Explained[] }>> {
  const filed = await filing(tools, branch, source, given, undefined);
  if (!filed.ok) return filed;
  const tip = await tools.ops.tip();
  if (tip === null) return noOps();
  const order = await filed.value.accept(tip);
  if (!order.ok) return order;
  const explained = await explainOrder(tools, filed.value.world.desired, order.value);
  return explained.ok ? ok({ order: order.value, explained: explained.value }) : explained;
}
