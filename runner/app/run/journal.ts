import type { RunRecord } from '../../generated/types.js';
import type { Bounds } from '../../core/agents/budget.js';
import { isNothing, minus, NO_USAGE } from '../../core/agents/usage.js';
import { fail, ok, type Result } from '../../core/failure.js';
import { durationMs, epochMs, later, type CommitId, type Instant } from '../../core/ids.js';
import { LIVE_STATES, type ActiveOrder, type StoredOrder } from '../../core/record.js';
import type { OpsCommit } from '../ports/ops.js';
import { isStill } from '../records.js';
import type { Tools } from '../tools.js';
import { LAG_MS, transitionCommit, write, type Transition } from '../transition.js';
import type { Ledger } from './agents/ledger.js';

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
