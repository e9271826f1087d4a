import { ok, type Failure, type Result } from '../core/failure.js';
import { epochMs } from '../core/ids.js';
import { findProject, type Connection, type FoundProject } from './connection.js';
import type { Clock } from './ports/machine.js';
import type { Report } from './ports/progress.js';
import type { WatchMark } from './ports/watcher.js';
import { Rounds, type Round } from './rounds.js';
import { SeenHistory } from './seen.js';
import { rememberIdle } from './tick.js';
import type { Tools } from './tools.js';
import { troubleOf } from './trouble.js';
import { WakeUps } from './wake-ups.js';

export interface WatchOptions {
  /** How long what runs may go on after the first signal. */
  readonly graceMs: number;
  /** The longest between two looks: what no notice told of is seen then. */
  readonly pollMs: number;
}

/** What people tell the process. */
export interface WatchSignals {
  /** Start nothing more, let what runs come to its end, then stop. */
  readonly drain: AbortSignal;
  /** Do not wait for that. */
  readonly handBack: AbortSignal;
  /** Calls back when everything is to be read anew. */
  readonly onReload: (listener: () => void) => void;
}

export interface WatchEnd {
  /** Orders whose runs were ended before their time; they go on after their last snapshot. */
  readonly handedBack: readonly string[];
}

/** What comes in bursts is answered this often while things go on; less than the time in which a file settles, so that no file waits for it. */
const GAP_MS = 200;

/**
 * Looks whenever there is reason to, and runs what can run, until it is told to stop. Whatever happens to the repository meanwhile is told
 * once and waited out. Fails only where there is nothing to watch in the first place. `open` opens the repository anew each time.
 */
export async function watch(
  open: () => Promise<Result<Connection>>,
  report: Report,
  signals: WatchSignals,
  options: WatchOptions,
): Promise<Result<WatchEnd>> {
  const opened = await open();
  if (!opened.ok) return opened;
  return ok(await new Watch(opened.value, open, report, signals, options).run());
}

class Watch {
  private readonly clock: Clock;
  readonly #rounds: Rounds;
  readonly #wakeUps: WakeUps;
  /** Ends what runs. */
  readonly #handBack = new AbortController();
  readonly #handedBack: string[] = [];
  readonly #left = new Set<Promise<void>>();
  #unwatch: () => Promise<void> = () => Promise.resolve();
  #mark: WatchMark;
  #seen: SeenHistory;
  /** What is wrong, as it was told. */
  #trouble: string | null = null;
  #told = { pause: '', notices: false };
  #mustReopen = false;
  #bug: { readonly error: unknown } | null = null;

  constructor(
    private connection: Connection,
    private readonly open: () => Promise<Result<Connection>>,
    private readonly report: Report,
    private readonly signals: WatchSignals,
    private readonly options: WatchOptions,
  ) {
    this.clock = connection.tools.clock;
    this.#mark = { claimant: connection.tools.processes.self(), since: this.clock.now(), ticks: 0 };
    this.#seen = new SeenHistory(connection.tools);
    this.#wakeUps = new WakeUps(this.clock, GAP_MS);
    this.#rounds = new Rounds({
      signal: this.#handBack.signal,
      stop: signals.drain,
      afterwards: (work) => {
        this.#finishLater(work);
      },
      ended: (order, result) => {
        if (!result.ok) this.report({ event: 'stopped', order, failure: result.failure });
        else if ('stopped' in result.value && result.value.stopped === 'interrupted') this.#handedBack.push(order);
      },
      over: () => {
        this.#wakeUps.urge();
      },
      againMs: options.pollMs,
    });
  }

  async run(): Promise<WatchEnd> {
    const { drain, handBack, onReload } = this.signals;
    drain.addEventListener('abort', () => {
      this.#wakeUps.urge();
    });
    handBack.addEventListener('abort', () => {
      this.#handBack.abort();
    });
    onReload(() => {
      this.#mustReopen = true;
      this.#wakeUps.urge();
    });
    await this.#warnOfAnother();
    this.#startWatcher();
    const { top, project, watchMarks } = this.connection;
    await watchMarks.write(this.#mark);
    this.report({ event: 'watching', project: project.project, path: top, pid: this.#mark.claimant.pid });
    try {
      while (!drain.aborted) await this.#wakeUps.next(await this.#look());
      await this.#drain();
    } finally {
      await this.#unwatch();
      await Promise.all(this.#left);
      await this.connection.watchMarks.remove(this.#mark);
    }
    this.#throwBug();
    return { handedBack: this.#handedBack };
  }

  /** Looks once; answers how long until the next look at the latest, in milliseconds. */
  async #look(): Promise<number> {
    const { pollMs } = this.options;
    this.#throwBug();
    const begun = epochMs(this.clock.now());
    try {
      if (!(await this.#isOpen())) return pollMs;
      const { tools, branch } = this.connection;
      this.#mark = { ...this.#mark, ticks: this.#mark.ticks + 1 };
      await this.connection.watchMarks.write(this.#mark);
      await tools.machine.ticked();
      const round = await this.#rounds.next(tools, branch, this.#seen);
      const noted = round.ok ? await this.#seen.note() : round;
      if (!round.ok || !noted.ok) {
        if (!noted.ok) this.#tellTrouble(noted.failure);
        return pollMs;
      }
      this.#tellGood(round.value);
      if (round.value.settled) this.#wakeUps.urge();
      if (this.#rounds.isIdle)
        await rememberIdle(tools, round.value.concluded, round.value.plan.wakeAt, round.value.lookAt);
      return Math.min(pollMs, untilDue(round.value, begun, epochMs(this.clock.now())));
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === null) throw error;
      this.#tellTrouble(trouble);
      return pollMs;
    }
  }

  /** Opens the repository anew where that was asked for, or may be what helps. False: it cannot be opened now. */
  async #isOpen(): Promise<boolean> {
    const wasTold = this.#mustReopen || (await this.#isMoved());
    // What runs keeps what it has; nobody but a person asks to leave it behind.
    if (!wasTold && (this.#trouble === null || this.#rounds.orders.length > 0)) return true;
    this.#mustReopen = false;
    const opened = await this.open();
    if (!opened.ok) {
      this.#tellTrouble(opened.failure);
      return false;
    }
    const before = this.connection;
    this.connection = opened.value;
    this.#seen = await this.#seen.anew(opened.value.tools);
    this.#finishLater(
      this.#rounds.all().then(() => {
        before.close();
      }),
    );
    await this.#unwatch();
    this.#startWatcher();
    if (wasTold) this.report({ event: 'reloaded' });
    return true;
  }

  /** Whether the project is to be worked on elsewhere or otherwise than it was connected to. */
  async #isMoved(): Promise<boolean> {
    const { repository, formats, anchors } = this.connection;
    const found = await findProject(repository, formats, await anchors());
    // What is wrong with it is told by the round.
    return found.ok && tiesOf(found.value) !== tiesOf(this.connection);
  }

  #startWatcher(): void {
    this.#unwatch = this.connection.watcher.start(
      () => {
        this.#wakeUps.call();
      },
      (why) => {
        if (this.#told.notices) return;
        this.#told.notices = true;
        const every = `each ${String(Math.round(this.options.pollMs / 1000))} s`;
        this.report({
          event: 'warning',
          text: `the system does not tell of all changes (${why}); they are looked for ${every}`,
        });
      },
    );
  }

  async #warnOfAnother(): Promise<void> {
    const { watchMarks, tools } = this.connection;
    for (const mark of await watchMarks.read()) {
      if (tools.processes.alive(mark.claimant) === false) await watchMarks.remove(mark);
      else if (mark.claimant.pid !== this.#mark.claimant.pid)
        this.report({
          event: 'warning',
          text: `another watch runs here (pid ${String(mark.claimant.pid)}, since ${mark.since}): each order is run once all the same, and one of them is enough`,
        });
    }
  }

  /** Waits for what runs, at most for the grace. */
  async #drain(): Promise<void> {
    const { orders } = this.#rounds;
    this.report({ event: 'draining', orders, graceMs: this.options.graceMs });
    const over = new AbortController();
    const grace = this.clock.sleep(this.options.graceMs, over.signal).then(() => {
      if (!over.signal.aborted) this.#handBack.abort();
    });
    try {
      await this.#rounds.all();
    } finally {
      over.abort();
      await grace;
    }
    this.report({ event: 'drained', handedBack: this.#handedBack });
  }

  /** What nobody waits for but the end. */
  #finishLater(work: Promise<void>): void {
    const whole = work
      .catch((error: unknown) => {
        const trouble = troubleOf(error);
        if (trouble === null) this.#bug ??= { error };
        else this.#tellTrouble(trouble);
      })
      .finally(() => this.#left.delete(whole));
    this.#left.add(whole);
  }

  #throwBug(): void {
    if (this.#bug !== null) throw this.#bug.error;
  }

  #tellTrouble(failure: Failure): void {
    const text = JSON.stringify(failure);
    if (text === this.#trouble) return;
    this.#trouble = text;
    this.report({ event: 'trouble', failure });
  }

  #tellGood({ pause }: Round): void {
    if (this.#trouble !== null) this.report({ event: 'mended' });
    this.#trouble = null;
    const text = pause === null ? '' : JSON.stringify(pause);
    if (text === this.#told.pause) return;
    this.#told.pause = text;
    this.report({ event: 'pause', pause });
  }
}

/** What of a project its tools are made from; all else is read in each round. */
const tiesOf = ({ branch, project: { ops, sandbox } }: FoundProject): string =>
  JSON.stringify([branch, ops?.branch, ops?.worktree, ops?.remote, sandbox?.driver]);

/** A watch of this repository that is alive on this machine; the oldest, where there are several. */
export async function liveWatch(
  { watchMarks }: Pick<Connection, 'watchMarks'>,
  processes: Pick<Tools['processes'], 'alive'>,
): Promise<WatchMark | null> {
  const alive = (await watchMarks.read()).filter(({ claimant }) => processes.alive(claimant) === true);
  return alive.sort((a, b) => (a.since < b.since ? -1 : 1))[0] ?? null;
}

/** How long until something is due by time. What was due before the look began is not what it looked for: it waits for something else. */
function untilDue({ plan: { wakeAt }, againInMs }: Round, begun: number, now: number): number {
  const due = wakeAt === null ? Infinity : epochMs(wakeAt);
  const byPlan = due < begun ? Infinity : Math.max(0, due - now);
  return Math.min(byPlan, againInMs ?? Infinity);
}
