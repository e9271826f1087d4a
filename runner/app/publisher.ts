import { fail, ok, type Failure, type Result } from '../core/failure.js';
import { epochMs, type CommitId, type Instant } from '../core/ids.js';
import { PROPOSALS } from '../core/record.js';
import { joinLines, type Joined } from './join.js';
import { INCOMING, SHARED, ownRef, sharedRef, type RefUpdate, type Remote, type Sharing } from './ports/remote.js';
import { RUNS, runUpdates } from './shared-runs.js';
import type { Tools } from './tools.js';
import { LAG_MS, follow } from './transition.js';
import { inTurn, untilWritten } from './turn.js';

type Publishing = Pick<
  Tools,
  'repository' | 'ops' | 'formats' | 'clock' | 'processes' | 'sha256' | 'machine' | 'report'
>;
type Refs = ReadonlyMap<string, CommitId>;

/** How often in a row the remote did not take a push, though its branch was where we saw it. */
interface Refusal {
  readonly failure: Failure;
  readonly held: CommitId | null;
  readonly times: number;
}

/** Where the branch here was, and where it holds what the remote's does. */
interface Meeting {
  readonly from: CommitId;
  readonly tip: CommitId;
}

const VAULT = 'refs/heads/vault/';
/** How often others may be faster, or the remote's locks held, before we leave it for the next time. */
const ROUNDS = 40;
/** So often in a row, while the branch there stays where it is. */
const REFUSED = 5;
/** How long news of a run may wait for more: at least, at most, and in between so many times as long as the last push took. Nobody waits for news; whoever claims waits for all others who push. */
const SOON_MS = 1_000;
const LATE_MS = 8_000;
const SHARE = 10;
/** What the first pause after a push that came too late is about. */
const PAUSE_MS = 80;
const NOTE_MS = 60_000;
/** A remote that fails is tried again after this, doubled each time. */
const AGAIN_MS = 5_000;
const MOST_AGAIN_MS = 300_000;

/**
 * Keeps the ops branch here and the one that runners share in step: fetches, joins what parted, pushes by fast-forward, and does it again where
 * somebody else was faster. What claims something exclusively waits for it; everything else is written here first, and shared soon after.
 */
export class Publisher implements Sharing {
  #turn: Promise<unknown> = Promise.resolve();
  #next: Promise<Result<null>> | null = null;
  #timer: AbortController | null = null;
  #waiting: Promise<void> = Promise.resolve();
  #following: Promise<unknown> = Promise.resolve();
  #dirty = false;
  #delayMs = SOON_MS;
  #failure: Failure | null = null;
  #failures = 0;
  /** While it fails: when to try again. Who waits for an answer would wait for nothing. */
  #againMs = 0;
  #inStep: Instant | null = null;
  /** What the remote's branch was when the one here was last seen to hold it. */
  #held: CommitId | null = null;
  #noted: Instant | null = null;

  constructor(
    private readonly tools: Publishing,
    private readonly remote: Remote,
  ) {}

  /** Whoever calls while one is under way shares the next: what they wrote is in it. */
  sync(): Promise<Result<null>> {
    if (this.#next !== null) return this.#next;
    const next = this.#turn.then(async () => {
      // What several runs write at the same moment goes in one push.
      await untilWritten(this.tools.ops);
      this.#next = null;
      this.#dirty = false;
      const done = await this.#rounds();
      await this.#note(done.ok ? null : done.failure);
      if (!done.ok) this.#dirty = true;
      return done;
    });
    // Whoever called hears of it; the next turn only waits.
    this.#turn = next.catch(() => undefined);
    this.#next = next;
    return next;
  }

  /** Shares what was written within a second; nobody waits for it. */
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
    const now = epochMs(this.tools.clock.now());
    const waitMs = this.#againMs - now;
    // A clock that was set back must not make it wait for longer than it ever would.
    if (this.#failure !== null && waitMs > 0 && waitMs <= MOST_AGAIN_MS) return fail(this.#failure);
    const age = this.#inStep === null ? Infinity : now - epochMs(this.#inStep);
    // A clock that was set back says nothing of the age.
    return age >= 0 && age < ms ? ok(null) : this.sync();
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
    if (this.#dirty) await this.fresh(0);
    await this.#following;
  }

  async #rounds(): Promise<Result<null>> {
    const { clock } = this.tools;
    const begun = epochMs(clock.now());
    let refused: Refusal | null = null;
    for (let round = 0; round < ROUNDS; round += 1) {
      const done = await this.#round(round === 0);
      if (done.ok && done.value) {
        const tookMs = Math.max(0, epochMs(clock.now()) - begun);
        this.#delayMs = Math.min(LATE_MS, Math.max(SOON_MS, SHARE * tookMs));
        return ok(null);
      }
      if (!done.ok) {
        const { failure } = done;
        if (failure.class !== 'remote-unavailable' || failure.problem !== 'refused') return done;
        // Another push may hold the remote's locks for a moment; then the branch moves.
        const times: number = refused?.held === this.#held ? refused.times + 1 : 1;
        refused = { failure, held: this.#held, times };
        if (refused.times === REFUSED) return done;
      } else refused = null;
      await clock.sleep(this.#pause(round));
    }
    if (refused !== null) return fail(refused.failure);
    const why = `others pushed ${String(ROUNDS)} times while this was tried`;
    return fail({ class: 'remote-unavailable', remote: this.remote.name, problem: 'refused', why });
  }

  /** Backoff with a jitter that differs from runner to runner. */
  #pause(round: number): number {
    const { host, pid } = this.tools.processes.self();
    const part =
      parseInt(this.tools.sha256(`${host} ${String(pid)} ${this.tools.clock.now()}`).slice(0, 6), 16) / 0xffffff;
    return Math.min(2_000, PAUSE_MS * 2 ** Math.min(round, 5)) * (0.2 + part);
  }

  /** True once both sides are alike. `isFirst`: nothing was tried in vain. */
  async #round(isFirst: boolean): Promise<Result<boolean>> {
    const { ops } = this.tools;
    const fetched = await this.remote.fetch();
    if (!fetched.ok) return fetched;
    // What a commit speaks of is there before the commit: refs that are read after the tip have all that it needs.
    const ours = await ops.tip();
    if (ours === null)
      return fail({ class: 'state-conflict', what: 'there is no ops branch', hint: 'Run `pushpals init`.' });
    const seen = await this.remote.refs([INCOMING, SHARED, RUNS, VAULT, PROPOSALS]);
    const now = (await this.#takeRequests(seen)) ? await this.remote.refs([SHARED, RUNS, VAULT, PROPOSALS]) : seen;
    const theirs = now.get(sharedRef(ops.ref)) ?? null;
    const isHeld = theirs === null || (isFirst && theirs === this.#held);
    const met = isHeld ? ok({ from: ours, tip: ours }) : await this.#meet(ours, theirs);
    if (!met.ok || met.value === null) return met.ok ? ok(false) : met;
    const { from, tip } = met.value;
    this.#held = theirs;
    const own = from !== ours ? await this.remote.refs([RUNS, VAULT, PROPOSALS]) : now;
    const updates = [
      ...(tip === theirs ? [] : [{ ref: ops.ref, from: theirs, to: tip }]),
      ...requestUpdates(now, own),
      ...(await runUpdates(this.tools, tip, now, own)),
    ];
    if (updates.length === 0) return ok(true);
    const pushed = await this.remote.push(updates);
    if (pushed.ok && pushed.value) this.#held = tip;
    return pushed;
  }

  /** Brings the branch here to a commit that holds both lines; null where somebody moved it meanwhile. `from`: what was here. */
  async #meet(ours: CommitId, theirs: CommitId): Promise<Result<Meeting | null>> {
    const { ops, report } = this.tools;
    if (ours === theirs) return ok({ from: ours, tip: ours });
    const met = await inTurn(ops, async () => this.#join((await ops.tip()) ?? ours, theirs));
    if (!met.ok || met.value === null || met.value.tip === met.value.from) return met;
    for (const order of met.value.lost)
      report({
        event: 'warning',
        text: `${order}: another runner went on with it while this one could not share what it did; its own result is dropped`,
      });
    this.#following = Promise.all([this.#following, follow(this.tools, LAG_MS)]);
    // Told in `flush`.
    this.#following.catch(() => undefined);
    return met;
  }

  async #join(ours: CommitId, theirs: CommitId): Promise<Result<(Meeting & Pick<Joined, 'lost'>) | null>> {
    const { ops, repository } = this.tools;
    const base = await repository.mergeBase(ours, theirs);
    if (base === theirs) return ok({ from: ours, tip: ours, lost: [] });
    const joined = base === ours ? ok({ tip: theirs, lost: [] }) : await joinLines(this.tools, base, ours, theirs);
    if (!joined.ok) return joined;
    const moved = await ops.advance(ours, joined.value.tip);
    if (!moved.ok) return moved;
    return ok(moved.value ? { from: ours, ...joined.value } : null);
  }

  /**
   * Branches of requests come and go on either side; one that went away says no. True if there was one to take over. What was seen before is forgotten
   * last: a runner that dies in between must not take what it never took for what was removed here.
   */
  async #takeRequests(seen: Refs): Promise<boolean> {
    const { repository } = this.tools;
    const incoming = [...seen.keys()].flatMap((ref) =>
      ref.startsWith(INCOMING) ? [ref.replace(INCOMING, SHARED)] : [],
    );
    const known = [...seen.keys()].filter((ref) => ref.startsWith(`${SHARED}heads/vault/`));
    let took = false;
    for (const shared of new Set([...known, ...incoming])) {
      const [was, is] = [seen.get(shared) ?? null, seen.get(shared.replace(SHARED, INCOMING)) ?? null];
      if (was === is) continue;
      const ref = ownRef(shared);
      // Where both sides moved it, the shared one counts.
      await repository.moveRef(ref, seen.get(ref) ?? null, is);
      await repository.moveRef(shared, was, is);
      took = true;
    }
    return took;
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

function requestUpdates(shared: Refs, own: Refs): readonly RefUpdate[] {
  const names = new Set([
    ...[...own.keys()].filter((ref) => ref.startsWith(VAULT)),
    ...[...shared.keys()].filter((ref) => ref.startsWith(`${SHARED}heads/vault/`)).map(ownRef),
  ]);
  return [...names].flatMap((ref) => {
    const [from, to] = [shared.get(sharedRef(ref)) ?? null, own.get(ref) ?? null];
    return from === to ? [] : [{ ref, from, to }];
  });
}
