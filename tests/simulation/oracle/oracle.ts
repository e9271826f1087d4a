import type { CommitId } from '../../../runner/core/ids.js';
import { differences } from '../git/changes.js';
import { firstParent, firstParents } from '../git/history.js';
import type { Commit } from '../git/objects.js';
import type { Process } from '../scheduler.js';
import { isAlive } from '../machine.js';
import { MAIN, OPS, type Watcher, type World } from '../world.js';
import { Approvals } from './approvals.js';
import { Groups } from './groups.js';
import { Places } from './places.js';
import { Runs } from './runs.js';
import { Ships } from './ships.js';
import { Targets } from './targets.js';

/** Watches everything that happens, and says when it must not have. */
export class Oracle implements Watcher {
  readonly #places: Places;
  readonly #runs: Runs;
  readonly #approvals: Approvals;
  readonly #groups: Groups;
  readonly #ships: Ships;
  readonly #targets: Targets;
  readonly #heard = new Set<string>();
  problem: string | null = null;

  constructor(
    private readonly world: World,
    private readonly verify: 'signature' | 'identity',
  ) {
    const broken = (what: string): void => {
      this.found(what);
    };
    this.#places = new Places(broken);
    this.#runs = new Runs(broken, (claimant) => world.machines.some((machine) => isAlive(machine, claimant)));
    this.#approvals = new Approvals(broken);
    this.#groups = new Groups(world, broken);
    this.#ships = new Ships(world.store.objects, broken, () => world.tip(MAIN).id);
    this.#targets = new Targets(world.store.objects, broken);
  }

  found(what: string): void {
    if (this.problem !== null) return;
    this.problem = what;
    this.world.scheduler.note(null, `BROKEN: ${what}`);
  }

  moved(ref: string, from: CommitId | null, to: CommitId | null): void {
    this.#ships.moved(ref, to);
    if (ref === MAIN) this.#targets.moved(from, to);
    if (ref !== OPS) return;
    if (to === null) {
      this.found('the ops branch was removed');
      return;
    }
    const news = [];
    let isNext = from === null;
    for (const entry of firstParents(this.world.store.objects, to)) {
      isNext ||= entry.commit.id === from;
      if (entry.commit.id === from) break;
      news.push(entry);
    }
    if (!isNext) this.found(`the ops branch moved from ${from ?? ''} to ${to}, which does not go back to it`);
    for (const { commit, parent } of news.reverse()) {
      const changes = differences(parent?.tree ?? null, commit.tree);
      this.#places.commit(changes);
      this.#runs.commit(changes, commit.tree, commit.message.split('\n')[0] ?? '');
      this.#hear(commit);
      this.#approvals.commit(changes);
    }
  }

  /** What people said in a commit, and on the lines that it joins. */
  #hear(commit: Commit): void {
    const { objects } = this.world.store;
    const left = [commit];
    for (let each = left.pop(); each !== undefined; each = left.pop()) {
      if (this.#heard.has(each.id)) continue;
      this.#heard.add(each.id);
      this.#approvals.said(each, differences(firstParent(objects, each)?.tree ?? null, each.tree), this.verify);
      left.push(...each.parents.map((parent) => objects.get(parent)));
    }
  }

  died(process: Process, error: unknown): void {
    this.found(`${process.name} died of ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }

  passed(step: string, commit: string): void {
    this.#targets.passed(step, commit);
  }

  began(process: Process, env: Readonly<Record<string, string>>): void {
    this.#groups.began(process, env);
    // What a clone writes down of its steps comes to the remote later.
    if (this.world.isShared) return;
    this.#runs.began(process, env);
    const [run, step] = [env['PUSHPALS_RUN'] ?? '', env['PUSHPALS_STEP'] ?? ''];
    if (this.world.machines.some(({ jobs }) => [...jobs].some((job) => job.run === run && job.step === step)))
      this.found(`${step} of ${run} begins while it runs`);
  }
}
