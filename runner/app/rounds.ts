import { awaitedBy } from '../core/awaited.js';
import { fail, ok, type Result } from '../core/failure.js';
import { type Instant, epochMs, later } from '../core/ids.js';
import type { Pause } from '../core/pause.js';
import type { Plan } from '../core/plan.js';
import { isLive } from '../core/record.js';
import { triggerBranches } from '../core/triggers/trigger.js';
import { driverOf } from './observe.js';
import { executeOrder, resumeOrder } from './run/execute.js';
import { integrateOrder, resumeIntegration } from './run/integrate/integrate.js';
import { keepForge } from './forge/keep.js';
import { lookAtForge, untilLook } from './forge/look.js';
import { goOn, wakeOrder } from './run/go-on.js';
import type { Afterwards } from './run/run-claimed.js';
import type { Executed, Stopped } from './run/finish.js';
import type { Remembered } from './ports/machine.js';
import { dueMirrors, keepMirror, mirrorTips, mirrorsAgainAt } from './mirrors.js';
import { buildImage, pullImage } from './pulls.js';
import { Said } from './said.js';
import type { SeenHistory } from './seen.js';
import { sweep } from './sweep.js';
import { takeIn } from './take-in.js';
import type { Tools } from './tools.js';
import { Tried } from './tried.js';
import { troubleOf } from './trouble.js';
import { readWorld, type World } from './world.js';

/** How old what the remote holds may be when a round begins. */
const SHARED_MS = 2_000;

/** What one round came to. */
export interface Round {
  readonly plan: Plan;
  readonly pause: Pause | null;
  readonly accepted: readonly string[];
  /** How many runs it began. */
  readonly started: number;
  /**
   * A request was settled, a run was given back, or an order ended: an order may start now, or waits for something else, or a trigger fires.
   */
  readonly settled: boolean;
  /** When what was left may be taken up: a file has settled, a run may be tried again. Null: not by time. */
  readonly againInMs: number | null;
  /** When the forge is to be looked at again for what may come up there; null where nothing does. */
  readonly lookAt: Instant | null;
  /** What all of this was concluded from, and when. */
  readonly concluded: Pick<Remembered, 'at' | 'refs'>;
}

export interface RoundsOptions {
  /** Ends the runs. */
  readonly signal: AbortSignal;
  /** Has nothing be begun any more. */
  readonly stop?: AbortSignal;
  /** Takes what is left to do after a run. */
  readonly afterwards: Afterwards;
  /** Is told how each run went, or why it could not be begun. */
  readonly ended: (order: string, result: Result<Executed>) => void;
  /** Is told whenever a run is over, however that came. */
  readonly over?: () => void;
  /** After how long an order may be run again that was stopped, or came back to the queue. */
  readonly againMs: number;
}

/** How often what dead runs left is looked for, beside each time that a run is taken over. */
const SWEEP_MS = 600_000;

/**
 * Rounds of observe, plan, apply over the runs that this process is at work on. Each derives everything anew, so it does not matter what
 * woke it or who else works on the same branch; the runs it began go on when it is over.
 */
export class Rounds {
  readonly #running = new Map<string, Promise<void>>();
  /** Orders that were run, and images that were asked for. */
  readonly #tried: Tried;
  /** Images that are being got. */
  readonly #pulls = new Map<string, Promise<void>>();
  /** Mirrors that are being brought along. */
  readonly #mirrors = new Set<string>();
  readonly #said = new Said();
  #sweptAt = -Infinity;
  /** What a run threw that is no failure. */
  #bug: { readonly error: unknown } | null = null;

  constructor(private readonly options: RoundsOptions) {
    this.#tried = new Tried(options.againMs);
  }

  /** The orders that are under way. */
  get orders(): readonly string[] {
    return [...this.#running.keys()];
  }

  /** Nothing is under way that another round could come of. */
  get isIdle(): boolean {
    return this.#running.size === 0 && this.#pulls.size === 0;
  }

  async next(tools: Tools, branch: string, seen: SeenHistory): Promise<Result<Round>> {
    this.#throwBug();
    const begun = tools.clock.now();
    // That it fails is told by itself; what runs goes on, and nothing new starts.
    const shared = await tools.sharing?.fresh(SHARED_MS);
    if (shared?.ok === false && shared.failure.class !== 'remote-unavailable') return shared;
    const [checked, world] = await Promise.all([seen.check(), readWorld(tools, branch)]);
    if (!checked.ok) return checked;
    if (!world.ok) return world;
    const { desired } = world.value;
    // As the fetch before: that it fails is told by itself.
    const looked = await tools.sharing?.watch(triggerBranches(desired.project));
    if (looked?.ok === false && looked.failure.class !== 'remote-unavailable') return looked;
    const seenThere = await lookAtForge(tools, desired);
    const here: Tools = {
      ...tools,
      isUnderway: (order) => this.#running.has(order),
      ...(seenThere === null ? {} : { seen: seenThere }),
    };
    const taken = await takeIn(here, world.value, this.#said, seen);
    if (!taken.ok) return taken;
    const { plan, view, listing, accepted } = taken.value;
    // What was asked just now is on the forge within the same round.
    const isNews = plan.moves.some(({ request }) => request?.to === 'pending');
    await this.#sweep(tools, world.value, plan);
    const started = this.#start(tools, world.value, plan);
    if (!tools.dryRun) for (const image of plan.pulls) this.#pull(tools, world.value, image);
    const there = seenThere ?? (isNews ? await lookAtForge(tools, desired, true) : null);
    await keepForge(tools, desired, there, plan);
    const settled =
      !tools.dryRun &&
      plan.moves.some(({ event, request, to }) => request !== undefined || event === 'requeue' || !isLive(to.state));
    const looks = await untilLook(tools, desired, view.live);
    const waits = [
      ...listing.unsettled.flatMap(({ settlesInMs }) => settlesInMs ?? []),
      ...this.#tried.waits(tools.clock.now()),
      ...looks,
    ];
    const mirrorsAt = tools.dryRun ? null : await this.#mirror(tools, world.value);
    if (mirrorsAt !== null) waits.push(Math.max(0, epochMs(mirrorsAt) - epochMs(tools.clock.now())));
    const againInMs = waits.length === 0 ? null : Math.min(...waits);
    const [look] = looks;
    const lookAt = look === undefined ? null : later(tools.clock.now(), look);
    const refs = {
      ...Object.fromEntries([...plan.triggers.tips].map(([name, at]) => [`refs/heads/${name}`, at ?? ''])),
      ...(await mirrorTips(tools, world.value.desired.project)),
      [`refs/heads/${branch}`]: world.value.base,
      [tools.ops.ref]: taken.value.settled,
    };
    return ok({
      plan,
      pause: view.pause,
      accepted,
      started,
      settled,
      againInMs,
      lookAt,
      concluded: { at: begun, refs },
    });
  }

  /** Waits for the next end of a run or a pull, if there is one. */
  async one(): Promise<void> {
    if (!this.isIdle) await Promise.race([...this.#running.values(), ...this.#pulls.values()]);
    this.#throwBug();
  }

  /** Waits for the ends of all. */
  async all(): Promise<void> {
    await Promise.all([...this.#running.values(), ...this.#pulls.values()]);
    this.#throwBug();
  }

  #throwBug(): void {
    if (this.#bug !== null) throw this.#bug.error;
  }

  async #sweep(tools: Tools, { desired }: World, { resumes }: Plan): Promise<void> {
    const now = epochMs(tools.clock.now());
    const isDue = Math.abs(now - this.#sweptAt) >= SWEEP_MS;
    if (tools.dryRun || (!isDue && resumes.length === 0)) return;
    this.#sweptAt = now;
    const sweeping = sweep(tools, desired);
    // What a run that goes on takes over must not be what is being taken away.
    if (resumes.length > 0) await sweeping;
    else this.options.afterwards(sweeping);
  }

  #start(tools: Tools, world: World, { starts, resumes, integrations }: Plan): number {
    const { signal, stop, afterwards } = this.options;
    if (stop?.aborted === true) return 0;
    const now = tools.clock.now();
    const isOpen = (id: string, key = id): boolean => !this.#running.has(id) && this.#tried.isOpen(key, now);
    let started = 0;
    for (const { order, formula } of resumes) {
      const { id } = order.record;
      if (!isOpen(id)) continue;
      const resumed =
        order.record.run.integration === undefined
          ? resumeOrder(tools, world, order, formula, signal, afterwards)
          : resumeIntegration(tools, world, order, formula, { signal, afterwards });
      this.#launch(tools, id, resumed);
      started += 1;
    }
    for (const { order, formula, approved, over } of starts) {
      const { id } = order.record;
      if (!isOpen(id)) continue;
      const run =
        over !== undefined
          ? wakeOrder(tools, world, order, formula, over, signal, afterwards)
          : approved === undefined || approved.kind === 'start'
            ? executeOrder(tools, world, order, formula, approved ?? null, signal, afterwards)
            : goOn(tools, world, order, formula, approved, signal, afterwards);
      this.#launch(tools, id, run);
      started += 1;
    }
    for (const integration of integrations) {
      const { id } = integration.order.record;
      // What was run in this tick is merged in it, once.
      if (!isOpen(id, `merge ${id}`)) continue;
      this.#launch(tools, id, integrateOrder(tools, world, integration, { signal, afterwards }), `merge ${id}`);
      started += 1;
    }
    return started;
  }

  /** Brings mirrors along beside whatever runs. When one is tried again by time alone. */
  async #mirror(tools: Tools, { desired: { project } }: World): Promise<Instant | null> {
    if (this.options.stop?.aborted === true) return null;
    for (const entry of await dueMirrors(tools, project)) {
      if (this.#mirrors.has(entry.remote)) continue;
      this.#mirrors.add(entry.remote);
      const bringing = keepMirror(tools, project, entry)
        .catch((error: unknown) => {
          const failure = troubleOf(error);
          if (failure === null) this.#bug ??= { error };
          else tools.report({ event: 'trouble', failure });
        })
        .finally(() => {
          this.#mirrors.delete(entry.remote);
          this.options.over?.();
        });
      this.options.afterwards(bringing);
    }
    return this.#mirrors.size > 0 ? null : mirrorsAgainAt(tools);
  }

  /** Gets an image beside whatever runs. What comes of it the next round sees. */
  #pull(tools: Tools, { base, desired }: World, image: string): void {
    const { signal, stop, over } = this.options;
    if (this.#pulls.has(image) || signal.aborted || stop?.aborted === true) return;
    // Whatever became of it, such as that it could not even be remembered, it is not tried in each round.
    const key = `image ${image}`;
    const now = tools.clock.now();
    if (!this.#tried.isOpen(key, now)) return;
    this.#tried.note(key, now);
    const either = stop === undefined ? signal : AbortSignal.any([signal, stop]);
    const pulling = async (): Promise<void> => {
      const { images } = await tools.sandbox(driverOf(desired));
      const build = desired.builds.get(image);
      if (images === undefined) return;
      await (build === undefined
        ? pullImage(tools, images, image, either)
        : buildImage(tools, images, base, desired, build, either));
    };
    const whole = pulling()
      .catch((error: unknown) => {
        const failure = troubleOf(error);
        if (failure === null) this.#bug ??= { error };
        else tools.report({ event: 'trouble', failure });
      })
      .finally(() => {
        this.#pulls.delete(image);
        over?.();
      });
    this.#pulls.set(image, whole);
  }

  #launch(tools: Tools, id: string, run: Promise<Result<Executed | null>>, key = id): void {
    const { ended, over, againMs } = this.options;
    const end = (result: Result<Executed | null>): void => {
      this.#running.delete(id);
      this.#tried.note(key, tools.clock.now());
      if (!result.ok) {
        ended(id, result);
        return;
      }
      const { value } = result;
      // One that waits for its own orders goes on in the same tick: each of its steps does so once.
      const waits = value !== null && 'order' in value && awaitedBy(value.order).length > 0;
      if (value === null || waits || isOpenAgain(value, againMs)) this.#tried.forget(key);
      if (value === null) return;
      if ('stopped' in value) tools.report({ event: 'warning', text: stopText(id, value.stopped) });
      // Why it waits has been told with its end.
      else if (value.order.state === 'waiting') this.#said.note(`blocked ${id} ${value.order.record.waiting.reason}`);
      ended(id, ok(value));
    };
    // What it threw is met when the runs are looked at next, and never ends the others.
    const whole = run.then(end).catch((error: unknown) => {
      const failure = troubleOf(error);
      if (failure === null) {
        this.#running.delete(id);
        this.#bug ??= { error };
      } else end(fail(failure));
    });
    this.#running.set(id, over === undefined ? whole : whole.finally(over));
  }
}

/** Whether the order's own state says when it goes on: it ended, waits for something, or is held by a pause. */
function isOpenAgain(value: Executed, againMs: number): boolean {
  if (!Number.isFinite(againMs)) return false;
  return 'stopped' in value ? value.stopped === 'paused' : value.order.state !== 'queue';
}

function stopText(id: string, why: Stopped): string {
  if (why === 'interrupted')
    return `${id} was interrupted; it stays active, and the next tick goes on after its last snapshot`;
  if (why === 'paused')
    return `${id} was handed back by the pause; it stays active, and goes on after its last snapshot once \`pushpals resume\` was said`;
  return `${id} was stopped (${why.class}); \`pushpals order show ${id}\` tells where it stands`;
}
