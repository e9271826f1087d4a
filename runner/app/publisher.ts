import { fail, ok, type Failure, type Result } from '../core/failure.js';
import { epochMs, type CommitId, type Instant } from '../core/ids.js';
import { BothSides, type Publishing } from './both-sides.js';
import type { Landing, Remote, Sharing } from './ports/remote.js';
import { untilWritten } from './turn.js';

/** How often others may be faster, or the remote's locks held, before we leave it for the next time. */
const ROUNDS = 40;
/** So often in a row, while the branch there stays where it is. */
const REFUSED = 5;
/** How long news of a run may wait for more: at least, at most, and in between so many times as long as the last push took. Nobody waits for news; whoever claims waits for all others who push. */
const SOON_MS = 1_000;
const LATE_MS = 8_000;
const SHARE = 10;
/** So often in a row news let others push first. */
const YIELDS = 3;
/** How long the first pause after a push that came too late is at least, about, and how long any is. */
const PAUSE_MS = 80;
const MOST_PAUSE_MS = 3_000;
const NOTE_MS = 60_000;
/** A remote that fails is tried again after this, doubled each time. */
const AGAIN_MS = 5_000;
const MOST_AGAIN_MS = 300_000;

/** How often in a row the remote did not take a push, though its branch was where we saw it. */
interface Refusal {
  readonly failure: Failure;
  readonly held: CommitId | null;
  readonly times: number;
}

/**
 * Keeps the ops branch here and the one that runners share in step: fetches, joins what parted, pushes by fast-forward, and does it again where
 * somebody else was faster. What claims something exclusively waits for it; everything else is written here first, and shared soon after.
 */
export class Publisher implements Sharing {
  #turn: Promise<unknown> = Promise.resolve();
  #next: Promise<Result<null>> | null = null;
  #timer: AbortController | null = null;
  #waiting: Promise<void> = Promise.resolve();
  #dirty = false;
  #delayMs = SOON_MS;
  #failure: Failure | null = null;
  #failures = 0;
  /** While it fails: when to try again. Who waits for an answer would wait for nothing. */
  #againMs = 0;
  #inStep: Instant | null = null;
  #noted: Instant | null = null;
  /** Somebody waits for the next push. */
  #insists = false;
  /** How often in a row news gave way to what others push. */
  #yields = 0;
  readonly #sides: BothSides;

  constructor(
    private readonly tools: Publishing,
    private readonly remote: Remote,
    watched: readonly string[],
  ) {
    this.#sides = new BothSides(tools, remote, watched);
  }

  sync(): Promise<Result<null>> {
    const failing = this.#resting();
    return failing === null ? this.#share(true) : Promise.resolve(fail(failing));
  }

  /** Whoever calls while one is under way shares the next: what they wrote is in it. */
  #share(insists: boolean): Promise<Result<null>> {
    this.#insists ||= insists;
    if (this.#next !== null) return this.#next;
    const next = this.#turn.then(async () => {
      // What several runs write at the same moment goes in one push.
      await untilWritten(this.tools.ops);
      const isWaitedFor = this.#insists || this.#yields >= YIELDS;
      this.#next = null;
      this.#dirty = false;
      this.#insists = false;
      const done = await this.#rounds(isWaitedFor);
      await this.#note(done.ok ? null : done.failure);
      if (!done.ok) this.#dirty = true;
      return done;
    });
    // Whoever called hears of it; the next turn only waits.
    this.#turn = next.catch(() => undefined);
    this.#next = next;
    return next;
  }

  /** Shares what was written within some seconds; nobody waits for it. */
  soon(): void {
    this.#dirty = true;
    if (this.#timer !== null) return;
    const timer = new AbortController();
    this.#timer = timer;
    this.#waiting = this.tools.clock.sleep(this.#delayMs, timer.signal).then(async () => {
      this.#timer = null;
      // A claim may have taken it along.
      if (!timer.signal.aborted && this.#dirty) await this.fresh(0);
    });
    // A failure of the remote is told by `#note`; what else fails is told by `flush`.
    this.#waiting.catch(() => undefined);
  }

  async fresh(ms: number): Promise<Result<null>> {
    const failing = this.#resting();
    if (failing !== null) return fail(failing);
    const age = this.#inStep === null ? Infinity : epochMs(this.tools.clock.now()) - epochMs(this.#inStep);
    // A clock that was set back says nothing of the age.
    return age >= 0 && age < ms ? ok(null) : this.#share(false);
  }

  watch(branches: readonly string[]): Promise<Result<null>> {
    this.#sides.watched = branches;
    return this.#sides.looked(branches) ? Promise.resolve(ok(null)) : this.fresh(0);
  }

  watches(branch: string): boolean {
    return this.#sides.looked([branch]);
  }

  /** Why a remote that failed is left alone for now. */
  #resting(): Failure | null {
    const waitMs = this.#againMs - epochMs(this.tools.clock.now());
    // A clock that was set back must not make it wait for longer than it ever would.
    return waitMs > 0 && waitMs <= MOST_AGAIN_MS ? this.#failure : null;
  }

  async land(landing: Landing): Promise<Result<boolean>> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const failing = this.#resting();
      if (failing !== null) return fail(failing);
      const tried = epochMs(this.tools.clock.now());
      const pushing = this.#turn.then(() => this.#sides.land(landing));
      this.#turn = pushing.catch(() => undefined);
      const pushed = await pushing;
      if (!pushed.ok || pushed.value === 'moved') return pushed.ok ? ok(true) : pushed;
      // Who was faster is seen at once, and not when what is known has become old.
      const seen = await this.sync();
      if (!seen.ok || pushed.value === 'not allowed') return seen.ok ? ok(false) : seen;
      await this.tools.clock.sleep(this.#pause(round, epochMs(this.tools.clock.now()) - tried));
    }
    return ok(false);
  }

  failure(): Failure | null {
    return this.#failure;
  }

  fetchRun(run: string, order: string): Promise<Result<null>> {
    return this.remote.fetchRun(run, order);
  }

  async flush(): Promise<void> {
    this.#timer?.abort();
    await this.#waiting;
    await this.#turn;
    // What gave way meanwhile waits once more.
    this.#timer?.abort();
    await this.#waiting;
    if (this.#dirty) await this.sync();
    await this.#sides.followed();
  }

  /** Goes on until both sides are alike; where nobody waits for that, only until the remote was seen. */
  async #rounds(isWaitedFor: boolean): Promise<Result<null>> {
    const { clock } = this.tools;
    const begun = epochMs(clock.now());
    let refused: Refusal | null = null;
    for (let round = 0; round < ROUNDS; round += 1) {
      const tried = epochMs(clock.now());
      const done = await this.#sides.round(round === 0);
      const now = epochMs(clock.now());
      if (done.ok && done.value) {
        this.#yields = 0;
        this.#delayMs = Math.min(LATE_MS, Math.max(SOON_MS, SHARE * (now - begun)));
        return ok(null);
      }
      if (!done.ok) {
        const { failure } = done;
        if (failure.class !== 'remote-unavailable' || failure.problem !== 'refused') return done;
        // Another push may hold the remote's locks for a moment; then the branch moves.
        const { held } = this.#sides;
        const times: number = refused?.held === held ? refused.times + 1 : 1;
        refused = { failure, held, times };
        if (refused.times === REFUSED) return done;
      } else if (isWaitedFor) refused = null;
      else {
        this.#yields += 1;
        this.#delayMs = Math.min(LATE_MS, this.#delayMs * 2);
        this.soon();
        return ok(null);
      }
      // Who is refused waits for nobody's turn.
      await clock.sleep(this.#pause(round, done.ok ? now - tried : 0));
    }
    if (refused !== null) return fail(refused.failure);
    const why = `others pushed ${String(ROUNDS)} times while this was tried`;
    return fail({ class: 'remote-unavailable', remote: this.remote.name, problem: 'refused', why });
  }

  /** Backoff by how long a try takes, so that those who push at once find turns, with a jitter that differs from runner to runner. */
  #pause(round: number, tookMs: number): number {
    const { host, pid } = this.tools.processes.self();
    const part =
      parseInt(this.tools.sha256(`${host} ${String(pid)} ${this.tools.clock.now()}`).slice(0, 6), 16) / 0xffffff;
    return Math.min(MOST_PAUSE_MS, Math.max(PAUSE_MS, tookMs) * 2 ** Math.min(round, 5)) * (0.2 + part);
  }

  /** Remembers since when the remote fails, for people, and tells it once. */
  async #note(failure: Failure | null): Promise<void> {
    const { machine, clock, report } = this.tools;
    const before = this.#failure;
    const now = clock.now();
    this.#failure = failure;
    this.#failures = failure === null ? 0 : this.#failures + 1;
    this.#againMs = epochMs(now) + Math.min(MOST_AGAIN_MS, AGAIN_MS * 2 ** (this.#failures - 1));
    if (failure === null) this.#inStep = now;
    const changed = JSON.stringify(before) !== JSON.stringify(failure);
    if (changed || this.#noted === null || epochMs(now) - epochMs(this.#noted) > NOTE_MS) {
      const known = await machine.remoteHealth();
      const since = known?.failing?.since ?? now;
      const inStep = this.#inStep ?? known?.inStep ?? null;
      await machine.noteRemote({ inStep, failing: failure === null ? null : { since, failure } });
      this.#noted = now;
    }
    if (!changed) return;
    if (failure === null)
      report({ event: 'warning', text: `${this.remote.name} answers again; what waited here is pushed` });
    else report({ event: 'remote', failure });
  }
}
