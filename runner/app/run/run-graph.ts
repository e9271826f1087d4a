import type { Round, RunRecord, StepStatus } from '../../generated/types.js';
import { leftOut } from '../../core/agents/agent.js';
import { fail, ok, type Result } from '../../core/failure.js';
import { isOpen, readiness, soFar, workspaceSource, type Node, type Statuses } from '../../core/graph.js';
import type { CommitId, StepKey } from '../../core/ids.js';
import { sentBack } from '../../core/review/rounds.js';
import type { StoredOrder } from '../../core/record.js';
import type { Desired } from '../desired.js';
import { attemptStep } from './attempt.js';
import type { NewChild } from './orders-step.js';
import type { RunContext } from './context.js';
import { isForQueue, keepUp } from './keep-up.js';
import { inputOf, isWanted } from './inputs.js';
import type { SentBack } from './review/review-step.js';
import type { Trees } from './trees.js';

/**
 * Runs the graph of a claimed order: starts what is ready, at most `runner.parallel` steps at once, and commits each change of
 * the steps' states. Answers the last statuses; a failure only where the run itself could not go on (its claim was lost, git
 * failed). When the signal aborts, what runs is ended and the statuses stay as the last commit has them. `anew`: the run is worth nothing
 * any more, since the project's own rules changed before it shipped.
 */
export async function runGraph(
  context: RunContext,
  desired: Desired,
  trees: Trees,
): Promise<Result<Statuses | 'anew'>> {
  const graph = new GraphRun(context, desired, trees);
  try {
    return await graph.run();
  } finally {
    await graph.settled();
  }
}

class GraphRun {
  readonly #statuses: Record<string, StepStatus>;
  readonly #running = new Map<StepKey, Promise<void>>();
  /** Each is told whether a start that is yet to be committed is. */
  readonly #ready: ((written: boolean) => void)[] = [];
  #news: string[] = [];
  #filed: StoredOrder[] = [];
  /** Reviews that send the run back as soon as nothing runs any more; nothing starts meanwhile. */
  #back: SentBack[] = [];
  #rounds: readonly Round[];

  constructor(
    private readonly context: RunContext,
    private readonly desired: Desired,
    private readonly trees: Trees,
  ) {
    const { run } = context.journal.order.record;
    this.#statuses = { ...run.steps };
    this.#rounds = run.rounds ?? [];
  }

  async run(): Promise<Result<Statuses | 'anew'>> {
    for (;;) {
      if (this.#back.length > 0 && this.#running.size === 0 && !this.context.signal.aborted) this.#goBack();
      if (this.#back.length === 0 && !this.context.signal.aborted) {
        const kept = await this.#keepUp();
        if (!kept.ok) return kept;
        if (kept.value === 'anew') return ok('anew');
        await this.#settleAndStart();
      }
      if (this.#news.length > 0) {
        const count = this.#ready.length;
        const written = await this.#record();
        for (const begin of this.#ready.splice(0, count)) begin(written.ok);
        if (!written.ok) return written;
        // Steps may have ended while that was written: look again before waiting.
      } else if (this.#running.size > 0) {
        await Promise.race(this.#running.values());
      } else {
        return ok({ ...this.#statuses });
      }
    }
  }

  /** Waits for every step to end, also beside one that threw: nothing works in a tree that is taken down. */
  async settled(): Promise<void> {
    for (const begin of this.#ready.splice(0)) begin(false);
    await Promise.allSettled(this.#running.values());
    await Promise.all(this.#running.values());
  }

  /** One commit for all that changed since the last one, with the orders that steps filed. */
  async #record(base = this.context.base, resolved?: RunRecord['resolved']): Promise<Result<null>> {
    const subject = this.#news.join('; ');
    const filed = this.#filed;
    this.#news = [];
    this.#filed = [];
    const { journal, ledger } = this.context;
    const settled = resolved === undefined ? {} : { resolved };
    // Steps end while this waits to be written: what they came to goes in with the orders that they filed.
    const progress = { base, steps: { ...this.#statuses }, rounds: [...this.#rounds], ...settled };
    const written = await journal.steps(progress, subject, { given: ledger.given, filed });
    return written.ok ? ok(null) : fail(written.failure);
  }

  /** Orders that a step filed, each with its share of what is left of the budget: one ledger for all of them. */
  #withShares(children: readonly NewChild[]): readonly StoredOrder[] {
    if (children.length === 0) return [];
    const keeps = this.context.nodes.some(
      ({ key, kind }) => (kind === 'agent' || kind === 'review' || kind === 'orders') && isOpen(this.#statuses[key]),
    );
    const given = this.context.ledger.giveAway(
      children.map(({ asks }) => asks),
      keeps,
    );
    return children.map(({ record }, index): StoredOrder => {
      const allowance = given[index] ?? {};
      return { state: 'queue', record: Object.keys(allowance).length === 0 ? record : { ...record, allowance } };
    });
  }

  /** Before something ships: what became of the project meanwhile. */
  async #keepUp(): Promise<Result<'anew' | null>> {
    const { nodes, tools } = this.context;
    const ship = nodes.find((node) => node.kind === 'ship' && this.#isReady(node));
    if (ship === undefined || this.#running.size > 0) return ok(null);
    const kept = await keepUp(this.context, this.#statuses);
    if (!kept.ok) {
      // The queue of its target brings the two together, or has another order do it.
      if (kept.failure.class === 'merge-conflict' && (await isForQueue(this.context, this.#statuses, ship)))
        return ok(null);
      const failure = kept.failure.class === 'merge-conflict' ? { ...kept.failure, step: ship.key } : kept.failure;
      const startedAt = tools.clock.now();
      this.#statuses[ship.key] = { state: 'failed', attempt: 1, startedAt, durationMs: 0, failure };
      this.#news.push(`${ship.key} failed (${failure.class})`);
      return ok(null);
    }
    if (kept.value === null || kept.value === 'anew') return ok(kept.value);
    const { base, steps, rounds, resolved } = kept.value;
    Object.assign(this.#statuses, steps);
    this.#rounds = rounds ?? [];
    this.#news.push(`rebuilt on ${base.slice(0, 12)}`);
    return this.#record(base as CommitId, resolved);
  }

  /** What reviews sent back is to come again, from what they saw. Until that is written down they count as running, so that a runner that dies here reviews again. */
  #goBack(): void {
    const at = this.context.tools.clock.now();
    const rounds = this.#back.splice(0).map((back): Round => ({ ...back, at }));
    const before = { ...this.#statuses };
    const steps = sentBack(this.context.nodes, before, rounds);
    const again = this.context.nodes
      .map(({ key }) => key)
      .filter((key) => steps[key]?.state === 'pending' && before[key]?.state !== 'pending');
    this.trees.reopen(again);
    for (const key of again) this.context.ledger.anew(key);
    Object.assign(this.#statuses, steps);
    this.#rounds = [...this.#rounds, ...rounds];
    for (const { review, fix, number } of rounds)
      this.#news.push(`${review} sent the run back to ${fix} (round ${String(number)})`);
  }

  #isReady({ key }: Node): boolean {
    return (
      this.#statuses[key]?.state === 'pending' && readiness(this.context.nodes, this.#statuses, key).is === 'ready'
    );
  }

  /** Skips what can never start, and starts what is ready. */
  async #settleAndStart(): Promise<void> {
    const limit = this.context.project.runner?.parallel ?? 4;
    for (let again = true; again;) {
      again = false;
      for (const node of this.context.nodes) {
        if (this.#statuses[node.key]?.state !== 'pending') continue;
        const ready = readiness(this.context.nodes, this.#statuses, node.key);
        if (ready.is === 'blocked') {
          this.#statuses[node.key] = { state: 'skipped', because: ready.because };
          this.#news.push(`${node.key} skipped`);
          again = true;
        } else if (ready.is === 'ready' && this.#running.size < (node.kind === 'ship' ? 1 : limit)) {
          again = (await this.#start(node)) || again;
        }
      }
    }
  }

  /** Has the sandboxes made that a step, and one that comes right after it, will need: while its start is written down, and while it runs. */
  #prepare(node: Node, input: CommitId): void {
    const { nodes } = this.context;
    if (node.kind === 'run' && workspaceSource(nodes, this.#statuses, node.key) === null)
      this.trees.prepare(node, input);
    const next = nodes.find(
      ({ key, kind, needs, step }) =>
        (kind === 'check' || kind === 'diagnose') &&
        step.when === undefined &&
        this.#statuses[key]?.state === 'pending' &&
        needs.includes(node.key) &&
        needs.every((need) => this.#statuses[need]?.state !== 'pending'),
    );
    if (next !== undefined) this.trees.prepare(next, input);
  }

  /** Starts a ready step. True if it ended at once. */
  async #start(node: Node): Promise<boolean> {
    const { tools, journal, loaded, project } = this.context;
    const without = leftOut(node.step, loaded, project);
    if (without !== null) {
      this.#statuses[node.key] = { state: 'skipped', because: without };
      this.#news.push(`${node.key} skipped`);
      return true;
    }
    const startedAt = tools.clock.now();
    const input = await inputOf(this.context, this.#statuses, node);
    const wanted = input.ok ? await isWanted(this.context, this.#statuses, node, input.value) : input;
    if (!input.ok || !wanted.ok) {
      const failure = input.ok ? (wanted.ok ? null : wanted.failure) : input.failure;
      if (failure === null) throw new Error('neither the input nor the condition failed');
      this.#statuses[node.key] = { state: 'failed', attempt: 1, startedAt, durationMs: 0, failure };
      this.#news.push(`${node.key} failed (${failure.class})`);
      return true;
    }
    if (!wanted.value) {
      this.#statuses[node.key] = { state: 'skipped', because: `\`when: ${node.step.when ?? ''}\` is false` };
      this.#news.push(`${node.key} skipped`);
      return true;
    }
    this.#statuses[node.key] = {
      state: 'running',
      attempt: 1,
      startedAt,
      ...soFar(this.#statuses[node.key]),
    };
    this.#prepare(node, input.value);
    this.#news.push(`${node.key} started`);
    const begin = new Promise<boolean>((resolve) => {
      this.#ready.push((written) => {
        if (written) tools.report({ event: 'step-started', order: journal.order.record.id, step: node.key });
        resolve(written);
      });
    });
    const of = {
      context: { ...this.context, begin },
      desired: this.desired,
      trees: this.trees,
      statuses: this.#statuses,
      node,
      input: input.value,
      startedAt,
    };
    const running = attemptStep(of).then((end) => {
      this.#running.delete(node.key);
      if (end === null) return;
      if (end.back !== undefined) {
        this.#back.push(end.back);
        return;
      }
      this.#statuses[node.key] = end.status;
      this.#filed.push(...this.#withShares(end.children));
      this.#news.push(
        end.status.state === 'waiting'
          ? `${node.key} waits for ${end.status.orders.length === 1 ? 'an order' : `${String(end.status.orders.length)} orders`}`
          : end.status.state !== 'failed'
            ? `${node.key} ${end.status.state}`
            : end.status.failure.class === 'approval-needed'
              ? `${node.key} needs an approval`
              : `${node.key} failed (${end.status.failure.class})`,
      );
    });
    // What it threw is met when the graph is looked at next; Node would end the process before that.
    running.catch(() => undefined);
    this.#running.set(node.key, running);
    return false;
  }
}
