import type { Result } from '../core/failure.js';
import { epochMs, type RunId } from '../core/ids.js';
import type { Plan } from '../core/plan.js';
import { runId, type ActiveOrder } from '../core/record.js';
import type { Desired } from './desired.js';
import { driverOf, readOps } from './observe.js';
import { executeOrder, goOn, resumeOrder, type Afterwards } from './run/execute.js';
import type { Executed, Stopped } from './run/finish.js';
import type { SeenHistory } from './seen.js';
import { takeIn } from './take-in.js';
import type { Tools } from './tools.js';
import { readWorld, type World } from './world.js';

/** What one round came to. */
export interface Round {
  readonly plan: Plan;
  readonly accepted: readonly string[];
  /** How many runs it began. */
  readonly started: number;
  /** A request was settled, or a run was given back: its order may start now, or waits for something else. */
  readonly settled: boolean;
}

/**
 * Rounds of observe, plan, apply over the runs that this process is at work on. Each derives everything anew, so it does not matter what
 * woke it or who else works on the same branch; the runs it began go on when it is over.
 */
export class Rounds {
  readonly #running = new Map<string, Promise<void>>();
  /** Orders that were run, with the moment in epoch milliseconds from which they may be again. */
  readonly #tried = new Map<string, number>();
  readonly #said = new Set<string>();
  #swept = false;

  /**
   * `signal` ends the runs; `ended` is told how each went, or why it could not be begun. What was stopped, or comes back to the queue, is
   * tried again after `againMs`.
   */
  constructor(
    private readonly signal: AbortSignal,
    private readonly afterwards: Afterwards,
    private readonly ended: (order: string, result: Result<Executed>) => void,
    private readonly againMs: number,
  ) {}

  /** The runs that are under way, until their ends. */
  get running(): readonly Promise<void>[] {
    return [...this.#running.values()];
  }

  async next(tools: Tools, branch: string, seen: SeenHistory): Promise<Result<Round>> {
    const [checked, world] = await Promise.all([seen.check(), readWorld(tools, branch)]);
    if (!checked.ok) return checked;
    if (!world.ok) return world;
    const here: Tools = { ...tools, isUnderway: (order) => this.#running.has(order) };
    const taken = await takeIn(here, world.value, this.#said);
    if (!taken.ok) return taken;
    const { plan, accepted } = taken.value;
    await this.#sweepOnce(tools, world.value, plan);
    const started = this.#start(tools, world.value, plan);
    const settled =
      !tools.dryRun && plan.moves.some(({ event, request }) => request !== undefined || event === 'requeue');
    return { ok: true, value: { plan, accepted, started, settled } };
  }

  async #sweepOnce(tools: Tools, { desired }: World, { starts, resumes }: Plan): Promise<void> {
    if (this.#swept || (starts.length === 0 && resumes.length === 0)) return;
    this.#swept = true;
    const sweeping = sweep(tools, desired);
    // What a run that goes on takes over must not be what is being taken away.
    if (resumes.length > 0) await sweeping;
    else this.afterwards(sweeping);
  }

  #start(tools: Tools, world: World, { starts, resumes }: Plan): number {
    const { signal, afterwards } = this;
    const now = epochMs(tools.clock.now());
    const isOpen = (id: string): boolean => !this.#running.has(id) && (this.#tried.get(id) ?? 0) <= now;
    let started = 0;
    for (const { order, formula } of resumes) {
      const { id } = order.record;
      if (!isOpen(id)) continue;
      this.#launch(tools, id, resumeOrder(tools, world, order, formula, signal, afterwards));
      started += 1;
    }
    for (const { order, formula, approved } of starts) {
      const { id } = order.record;
      if (!isOpen(id)) continue;
      const run =
        approved === undefined || approved.kind === 'start'
          ? executeOrder(tools, world, order, formula, approved ?? null, signal, afterwards)
          : goOn(tools, world, order, formula, approved, signal, afterwards);
      this.#launch(tools, id, run);
      started += 1;
    }
    return started;
  }

  #launch(tools: Tools, id: string, run: Promise<Result<Executed | null>>): void {
    const running = run.then((result) => {
      this.#running.delete(id);
      this.#tried.set(id, epochMs(tools.clock.now()) + this.againMs);
      if (!result.ok) this.ended(id, result);
      else if (result.value === null) this.#tried.delete(id);
      else {
        if ('stopped' in result.value) tools.report({ event: 'warning', text: stopText(id, result.value.stopped) });
        // Why it waits has been told with its end.
        else if (result.value.order.state === 'waiting')
          this.#said.add(`blocked ${id} ${result.value.order.record.waiting.reason}`);
        this.ended(id, { ok: true, value: result.value });
      }
    });
    // What it threw is met when the runs are looked at next; Node would end the process before that.
    running.catch(() => undefined);
    this.#running.set(id, running);
  }
}

function stopText(id: string, why: Stopped): string {
  if (why === 'interrupted')
    return `${id} was interrupted; it stays active, and the next tick goes on after its last snapshot`;
  if (why === 'paused')
    return `${id} was handed back by the pause; it stays active, and goes on after its last snapshot once \`pushpals resume\` was said`;
  return `${id} was stopped (${why.class}); \`pushpals order show ${id}\` tells where it stands`;
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
