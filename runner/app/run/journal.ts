import type { RunRecord } from '../../generated/types.js';
import type { Bounds } from '../../core/agents/budget.js';
import { isNothing, minus, NO_USAGE } from '../../core/agents/usage.js';
import { fail, ok, type Result } from '../../core/failure.js';
import { givenWay, holderOf, mayGiveWay, type ClaimEvent, type Holder } from '../../core/groups.js';
import { durationMs, epochMs, later, type CommitId, type Instant } from '../../core/ids.js';
import type { LoadedFormula } from '../../core/observed.js';
import { LIVE_STATES, type ActiveOrder, type StoredOrder } from '../../core/record.js';
import type { OpsCommit } from '../ports/ops.js';
import type { Desired } from '../desired.js';
import { readPauseAt } from '../observe.js';
import { sharedRef } from '../ports/remote.js';
import { isStill, readLive, readRecords } from '../records.js';
import type { RequestMove } from '../../core/move.js';
import type { Tools } from '../tools.js';
import { LAG_MS, transitionCommit, write, type Transition } from '../transition.js';
import { askedDigest } from '../../core/vault/plan.js';
import { readRequest } from '../vault/recheck.js';
import type { Ledger } from './agents/ledger.js';
import { dropBranch, endFiles } from '../vault/write.js';

type Progress = Pick<RunRecord, 'base' | 'steps' | 'rounds' | 'resolved'>;

/** What a run writes of itself. */
export type RunJournal = Pick<Journal, keyof Journal>;

/**
 * The run's record on the ops branch. Every write is fenced: it happens only while the active order's file is the very one that
 * this run wrote last, so that a run that lost its claim (cancelled, taken over) can change nothing any more.
 */
export class Journal {
  #order: ActiveOrder;
  #queue: Promise<unknown> = Promise.resolve();
  #lost = false;
  #following: Promise<unknown> = Promise.resolve();
  /** The tip of the branch after the last write. */
  #wrote: CommitId | null = null;

  constructor(
    private readonly tools: Tools,
    order: ActiveOrder,
    private readonly lease: string,
    private readonly ledger: Ledger,
  ) {
    this.#order = order;
  }

  get order(): ActiveOrder {
    return this.#order;
  }

  /**
   * Commits the statuses of the steps, and a base that they were rebuilt on, and reviews that sent the run back; one commit for all that changed together. `given` is what the orders in
   * `filed`, and those filed before, were given of the budget. Fails with `state-conflict` where a live order has the name of one of them by now.
   */
  steps(
    of: Progress,
    subject: string,
    { given, filed }: { readonly given: Bounds; readonly filed: readonly StoredOrder[] },
  ): Promise<Result<CommitId | null>> {
    return this.#exclusive(() => this.#step({ ...of, given }, subject, filed));
  }

  /** Writes down what was used since the last write, where a run is left that goes on later. */
  settle(): Promise<Result<CommitId | null>> {
    return this.#exclusive(() => {
      const { run, spent = NO_USAGE } = this.#order.record;
      return isNothing(minus(this.ledger.spent, spent)) ? Promise.resolve(ok(null)) : this.#step(run, 'stops here', []);
    });
  }

  /** Lengthens the lease of a run whose steps take long, so that nobody on another machine takes it over. */
  renew(): Promise<Result<CommitId | null>> {
    return this.#exclusive(() => {
      const { run } = this.#order.record;
      const now = this.tools.clock.now();
      const left = epochMs(run.leaseUntil as Instant) - epochMs(now);
      return left > durationMs(this.lease) / 2 ? Promise.resolve(ok(null)) : this.#step(run, 'still at work', []);
    });
  }

  /** Commits the end of the run: the order leaves `active/`, and its evidence goes in with the same commit. */
  end(transition: Omit<Transition, 'from'>, before: readonly OpsCommit[] = []): Promise<Result<CommitId | null>> {
    return this.#exclusive(() => this.#write({ ...transition, from: this.#order }, null, [], before));
  }

  /** Whether the claim is still this run's own, by the branch as it stands, or at a commit of it; waits for a write that is under way. */
  held(at?: CommitId): Promise<boolean> {
    return this.#exclusive(async () => {
      const tip = at ?? (await this.tools.ops.tip());
      return tip !== null && !this.#lost && (await this.#isOwn(tip));
    });
  }

  /** Waits until the people's work tree has followed: steps need not. */
  async close(): Promise<void> {
    await this.#following;
  }

  /** Whatever is written, what was used so far is written with it: a runner that dies loses no more of the count than since then. */
  #step(
    { base, steps, rounds, resolved, given }: Progress & { readonly given?: Bounds },
    subject: string,
    filed: readonly StoredOrder[],
  ): Promise<Result<CommitId | null>> {
    const leaseUntil = later(this.tools.clock.now(), durationMs(this.lease));
    const run: RunRecord = {
      ...this.#order.record.run,
      ...{ base, steps: { ...steps }, leaseUntil },
      ...(rounds === undefined || rounds.length === 0 ? {} : { rounds }),
      ...(resolved === undefined ? {} : { resolved }),
    };
    const { spent } = this.ledger;
    const record = {
      ...this.#order.record,
      ...(isNothing(spent) ? {} : { spent }),
      ...(given === undefined || Object.keys(given).length === 0 ? {} : { given }),
      run,
    };
    const to: ActiveOrder = { state: 'active', record };
    return this.#write(
      { event: 'step', from: this.#order, to, subject: `order ${to.record.id}: ${subject}` },
      to,
      filed,
    );
  }

  async #write(
    transition: Transition,
    next: ActiveOrder | null,
    filed: readonly StoredOrder[],
    before: readonly OpsCommit[] = [],
  ): Promise<Result<CommitId | null>> {
    const written = await write(
      this.tools,
      async (tip) => {
        if (!(await this.#isOwn(tip))) {
          this.#lost = true;
          return fail({ class: 'claim-lost', order: this.#order.record.id });
        }
        const taken = await nameTaken(this.tools, tip, filed);
        if (taken !== null)
          return fail({
            class: 'state-conflict',
            what: `an order ${taken} came in while ${this.#order.record.id} was about to file one of that name`,
            hint: 'Nothing is lost: the next tick goes on with the run, which then takes another name.',
          });
        const filing = filed.map((child) => transitionCommit({ event: 'file', from: null, to: child }, this.tools));
        return ok([...before, transitionCommit(transition, this.tools), ...filing]);
      },
      (follow) => {
        this.#following = Promise.all([this.#following, follow(LAG_MS)]);
        // Told in `close`.
        this.#following.catch(() => undefined);
      },
    );
    if (written.ok && next !== null) this.#order = next;
    // An order that has left `active/` is nobody's to write any more.
    if (written.ok) this.#wrote = next === null ? null : written.value;
    return written;
  }

  async #isOwn(tip: CommitId): Promise<boolean> {
    if (tip === this.#wrote) return true;
    return isStill(this.tools, tip, this.#order);
  }

  /** One write at a time: the next one builds on what the last one wrote. */
  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    // How it ended is told to whoever asked for it; the next one only waits.
    this.#queue = done.catch(() => undefined);
    return done;
  }
}

/** A name of orders that are to be filed which a live order has at a commit: they were named by an older one. */
async function nameTaken(
  { repository }: Pick<Tools, 'repository'>,
  tip: CommitId,
  filed: readonly StoredOrder[],
): Promise<string | null> {
  if (filed.length === 0) return null;
  const paths = filed.flatMap(({ record }) => LIVE_STATES.map((state) => `${state}/${record.id}.yml`));
  const there = new Set((await repository.files(tip, paths)).map(({ path }) => path));
  return (
    filed.find(({ record }) => LIVE_STATES.some((state) => there.has(`${state}/${record.id}.yml`)))?.record.id ?? null
  );
}

/**
 * Claims an order by compare-and-swap: of any number of runners exactly one gets it, and of the orders of a concurrency group one is claimed at a time. Null: it was not there to be claimed
 * any more, or another of its group is active.
 */
export async function claim(
  tools: Tools,
  desired: Pick<Desired, 'formula'>,
  from: StoredOrder,
  to: ActiveOrder,
  event: ClaimEvent,
  fired?: RequestMove,
): Promise<Result<ActiveOrder | null>> {
  const isNew = event !== 'resume' && event !== 'integrate';
  const make = async (tip: CommitId): Promise<Result<readonly OpsCommit[] | null>> => {
    // A plan may be older than the pause; what is claimed starts.
    if ((await readPauseAt(tip, tools)) !== null) return ok(null);
    const now = await readLive(tools, tip, from.record.id);
    const unchanged =
      now?.state === from.state && tools.formats.stringify(now.record) === tools.formats.stringify(from.record);
    if (!unchanged || !(await isApproved(tools, tip, from, fired))) return ok(null);
    // It may be older than another order of the group as well.
    if (isNew && (await groupHolder(tools, desired, tip, to)) !== null) return ok(null);
    return ok([transitionCommit({ event, from, to, files: fired === undefined ? [] : endFiles(fired, tools) }, tools)]);
  };
  const written = await write(tools, make, (follow) => {
    // What keeps it is told by the next write, which asks for the same.
    follow(LAG_MS).catch(() => undefined);
  });
  if (!written.ok) return written;
  if (written.value === null) return ok(null);
  if (tools.sharing === null) return ok(to);
  // Of runners on several machines, too, exactly one: nothing of the run is done before the shared branch holds the claim.
  const wasShared = event === 'resume' && (await isShared(tools, to));
  const shared = await tools.sharing.sync();
  if (!shared.ok) return shared;
  const tip = await tools.ops.tip();
  if (tip === null || !(await isStill(tools, tip, to))) return ok(null);
  const holder = mayGiveWay(event, from, wasShared) ? await groupHolder(tools, desired, tip, to) : null;
  if (holder === null) return ok(to);
  const gave = await giveWay(tools, to, givenWay(event, from, to, tools.clock.now()), holder);
  if (fired !== undefined) await dropBranch(tools, fired.request.id);
  return gave.ok ? ok(null) : gave;
}

/** Whether the shared branch, as it was last seen, has the order as active. */
async function isShared(tools: Tools, { record }: ActiveOrder): Promise<boolean> {
  const there = await tools.repository.resolve(sharedRef(tools.ops.ref));
  return there !== null && (await readLive(tools, there, record.id))?.state === 'active';
}

/** Who else has the order's concurrency group, as the branch stands at a commit. */
async function groupHolder(
  tools: Tools,
  desired: Pick<Desired, 'formula'>,
  tip: CommitId,
  { record }: ActiveOrder,
): Promise<Holder | null> {
  const own = await desired.formula(record.formula);
  if (own?.ok !== true || own.value.formula.concurrency === undefined) return null;
  const { orders } = await readRecords(await tools.repository.files(tip, ['active']), tools);
  const formulas = new Map<string, Result<LoadedFormula>>();
  for (const name of new Set([record.formula, ...orders.map((order) => order.record.formula)])) {
    const loaded = await desired.formula(name);
    if (loaded !== undefined) formulas.set(name, loaded);
  }
  return holderOf(record, orders, formulas);
}

/** Puts a claimed order back of which nothing was done yet. */
async function giveWay(
  tools: Tools,
  from: ActiveOrder,
  to: StoredOrder,
  { group, order }: Holder,
): Promise<Result<CommitId | null>> {
  const body = `${order.record.id} of the group ${group} was claimed on another machine at the same time, and the shared branch had that first`;
  const written = await write(tools, async (tip) =>
    ok((await isStill(tools, tip, from)) ? [transitionCommit({ event: 'requeue', from, to, body }, tools)] : null),
  );
  if (written.ok && written.value !== null)
    tools.report({ event: 'warning', text: `${to.record.id} goes back to the queue: ${body}` });
  return written;
}

/** Whether the request that is fired lies among the approved ones still, as it was asked: it is fired once. */
async function isApproved(
  tools: Tools,
  tip: CommitId,
  { record }: StoredOrder,
  fired: RequestMove | undefined,
): Promise<boolean> {
  if (fired === undefined) return true;
  const there = await readRequest(tools, tip, 'approved', fired.request.id);
  return there !== null && askedDigest(there, tools.sha256) === record.waiting?.asked;
}
