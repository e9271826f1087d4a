import { fail, ok, type Failure, type Result } from '../core/failure.js';
import type { CommitId } from '../core/ids.js';
import { PROPOSALS } from '../core/record.js';
import { joinLines, type Joined } from './join.js';
import { INCOMING, SHARED, ownRef, sharedRef, type Landing, type RefUpdate, type Remote } from './ports/remote.js';
import { RUNS, runUpdates } from './shared-runs.js';
import type { Tools } from './tools.js';
import { LAG_MS, follow } from './transition.js';
import { inTurn } from './turn.js';

export type Publishing = Pick<
  Tools,
  'repository' | 'ops' | 'formats' | 'clock' | 'processes' | 'sha256' | 'machine' | 'report'
>;
type Refs = ReadonlyMap<string, CommitId>;

const VAULT = 'refs/heads/vault/';

/** Where the branch here was, and where it holds what the remote's does. */
interface Meeting {
  readonly from: CommitId;
  readonly tip: CommitId;
}

/** What runners share as it is here, and as the remote has it. */
export class BothSides {
  #held: CommitId | null = null;
  /** Results that the remote did not take, by their refs. */
  readonly #refused = new Map<string, CommitId | null>();
  readonly #said = new Set<string>();
  #following: Promise<unknown> = Promise.resolve();
  /** The branches that the last fetch looked at beside the project's. */
  #looked: ReadonlySet<string> = new Set();

  constructor(
    private readonly tools: Publishing,
    private readonly remote: Remote,
    /** Branches that are looked at beside the project's, by their short names. */
    public watched: readonly string[],
  ) {}

  /** Whether all of these were looked at beside the project's, when the remote was last seen. */
  looked(branches: readonly string[]): boolean {
    return branches.every((branch) => this.#looked.has(branch));
  }

  /** What the remote's branch was when the one here was last seen to hold it. */
  get held(): CommitId | null {
    return this.#held;
  }

  /** Waits until the people's work tree has followed. */
  async followed(): Promise<void> {
    await this.#following;
  }

  /** True once both sides are alike. `isFirst`: nothing was tried in vain. */
  async round(isFirst: boolean): Promise<Result<boolean>> {
    const { ops } = this.tools;
    const { watched } = this;
    const fetched = await this.remote.fetch(watched);
    if (!fetched.ok) return fetched;
    this.#looked = new Set(watched);
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
    const { updates, proposals } = await this.#shared(tip, theirs, now, own);
    if (updates.length === 0) return ok(true);
    const pushed = await this.#push(updates, proposals);
    if (pushed.ok && pushed.value) this.#held = tip;
    return pushed;
  }

  /** A remote that does not take a result, such as one that changes what its rules protect, is to hear of everything else all the same. */
  async #push(updates: readonly RefUpdate[], proposals: readonly RefUpdate[]): Promise<Result<boolean>> {
    const pushed = await this.remote.push(updates);
    if (pushed.ok || proposals.length === 0 || !isRefused(pushed.failure)) return pushed;
    const others = updates.filter((update) => !proposals.includes(update));
    const without = others.length === 0 ? ok(true) : await this.remote.push(others);
    // It was not the results' fault.
    if (!without.ok || !without.value) return without.ok ? without : pushed;
    for (const proposal of proposals) {
      const alone = proposals.length === 1 ? pushed : await this.remote.push([proposal]);
      if (alone.ok) continue;
      if (!isRefused(alone.failure)) return alone;
      this.#refused.set(proposal.ref, proposal.to);
      this.#sayOnce(proposal.ref, `is refused there (${alone.failure.why})`);
    }
    return without;
  }

  /** One try of a landing, with what both sides were last seen to be. `parted`: somebody pushed meanwhile. */
  async land({ ref, from, to, results, allowed }: Landing): Promise<Result<'moved' | 'not allowed' | 'parted'>> {
    const { ops } = this.tools;
    const ours = await ops.tip();
    const now = await this.remote.refs([SHARED, RUNS, VAULT, PROPOSALS]);
    const theirs = now.get(sharedRef(ops.ref)) ?? null;
    if (ours === null || theirs === null || theirs !== this.#held) return ok('parted');
    if (now.get(sharedRef(ref)) !== from || !(await allowed(ours))) return ok('not allowed');
    const { updates } = await this.#shared(ours, theirs, now, now, results);
    const others = updates.filter((update) => update.ref !== ref);
    const pushed = await this.remote.push([...others, { ref, from, to, exact: true }]);
    if (!pushed.ok) return pushed;
    if (pushed.value) this.#held = ours;
    return ok(pushed.value ? 'moved' : 'parted');
  }

  /** What the remote is to hold where its ops branch, which is at `theirs`, comes to be at `tip`; beside what the branch speaks of, some results. */
  async #shared(
    tip: CommitId,
    theirs: CommitId | null,
    now: Refs,
    own: Refs,
    results: Refs = new Map(),
  ): Promise<{ readonly updates: readonly RefUpdate[]; readonly proposals: readonly RefUpdate[] }> {
    const runs = await runUpdates(this.tools, tip, now, new Map([...own, ...results]), new Set(results.keys()));
    for (const ref of runs.inTheWay) this.#sayOnce(ref, `is not the runner's there, and stays as it is`);
    const proposals = runs.proposals.filter(({ ref, to }) => this.#refused.get(ref) !== to);
    const others = [
      ...(tip === theirs ? [] : [{ ref: this.tools.ops.ref, from: theirs, to: tip }]),
      ...requestUpdates(now, own),
      ...runs.snapshots,
    ];
    return { updates: [...others, ...proposals], proposals };
  }

  /** Whoever has a branch of that name in the way hears of it once. */
  #sayOnce(ref: string, why: string): void {
    if (this.#said.has(ref)) return;
    this.#said.add(ref);
    const branch = ref.replace('refs/heads/', '');
    const text = `${branch} at ${this.remote.name} ${why}: the result is ${branch} here alone. Take that one out of the way, and it is pushed`;
    this.tools.report({ event: 'warning', text });
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
    // Told by `followed`.
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
}

const isRefused = (failure: Failure): failure is Extract<Failure, { class: 'remote-unavailable' }> =>
  failure.class === 'remote-unavailable' && failure.problem === 'refused';

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
