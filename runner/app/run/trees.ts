import { grantedNetwork, scriptsOf, type Reach } from '../../core/command.js';
import { fail, ok, type Result } from '../../core/failure.js';
import { wantedBy } from '../../core/secrets/grants.js';
import { changesFiles, workspaceHeirs, workspaceSource, type Node, type Statuses } from '../../core/graph.js';
import type { CommitId, StepKey } from '../../core/ids.js';
import { ISOLATION, askedIsolation, isEnough } from '../../core/isolation.js';
import { stepLimits } from '../../core/step-limits.js';
import type { Sandbox, SandboxSpec } from '../ports/sandbox.js';
import type { Workspace } from '../ports/workspaces.js';
import { cachesOf } from '../../core/caches.js';
import { openCaches, type OpenCaches } from './caches.js';
import { RUNNER } from '../tools.js';
import type { RunContext } from './context.js';
import { stepInput } from './step-input.js';

export interface OpenSandbox {
  readonly opened: Sandbox;
  /** What it was opened with; a script that needs something else gets a new one. */
  readonly shape: string;
  readonly outDir: string;
  readonly caches: OpenCaches;
}

/** A work tree with the sandbox that is open on it, if one is. */
export interface Held {
  workspace: Workspace;
  sandbox: OpenSandbox | null;
}

/** Makes the tree again that a step left, with what git ignores; null where the commit is all that there is. */
type Remake = (source: StepKey) => Promise<Result<Held | null>>;

/**
 * The work trees of a run. A step goes on in the tree of the step that it needs, with what git ignores (installed
 * packages) still in it; where several steps go on from one, each but the last gets a copy, so that steps that run at the same
 * time never see each other's half-done work. A tree in which no step goes on is made as new for one that begins, with the sandbox on it:
 * to start one takes longer than most steps.
 */
export class Trees {
  readonly #left = new Map<StepKey, Held>();
  readonly #open = new Set<Held>();
  /** Trees that no step goes on in. */
  readonly #idle: Held[] = [];
  readonly #closing: Promise<void>[] = [];
  /** Trees with a sandbox that nothing has run in, for steps that have not begun. */
  readonly #spares = new Map<StepKey, Promise<Held | null>>();
  /** Steps that have their tree. */
  readonly #served = new Set<StepKey>();
  readonly #inputs = new Map<StepKey, ReturnType<typeof stepInput>>();
  #turn: Promise<unknown> = Promise.resolve();
  #count = 0;

  constructor(private readonly context: RunContext) {}

  /**
   * The tree that a step starts in, holding `commit`. One at a time: a tree is not worked in while it is copied for another step. `remake` makes one again that
   * a step left before this process had a part in the run, or before a review sent it back.
   */
  take(node: Node, statuses: Statuses, commit: CommitId, remake: Remake): Promise<Result<Held>> {
    const taken = this.#turn.then(() => this.#take(node, statuses, commit, remake));
    // Whoever called hears of a failure; the next one only waits.
    this.#turn = taken.catch(() => undefined);
    return taken;
  }

  async #take(node: Node, statuses: Statuses, commit: CommitId, remake: Remake): Promise<Result<Held>> {
    const { workspaces } = this.context.tools;
    const { owner } = this.context.driver;
    this.#served.add(node.key);
    const source = workspaceSource(this.context.nodes, statuses, node.key);
    const found = source === null ? null : await this.#leftBy(source, remake);
    if (found?.ok === false) return found;
    const left = found?.value ?? null;
    if (source === null || left === null) return (await this.#prepared(node, commit)) ?? this.#renewed(node, commit);
    const others = workspaceHeirs(this.context.nodes, statuses, source).filter((key) => !this.#served.has(key));
    if (others.length > 0) {
      const copy = await workspaces.copy(this.context.run, left.workspace, owner);
      if (!copy.ok) return copy;
      return this.#at(this.#hold(copy.value), commit);
    }
    this.#left.delete(source);
    return this.#at(left, commit);
  }

  async #leftBy(source: StepKey, remake: Remake): Promise<Result<Held | null>> {
    const left = this.#left.get(source);
    if (left !== undefined) return ok(left);
    const remade = await remake(source);
    if (remade.ok && remade.value !== null) this.#left.set(source, remade.value);
    return remade;
  }

  /**
   * Makes a tree and a sandbox for a step before its turn: to start one takes longer than most steps. What fails here fails again, and is told,
   * when the step takes its own.
   */
  prepare(node: Node, commit: CommitId): void {
    if (this.#spares.has(node.key) || (changesFiles(node) && this.#idle.length > 0)) return;
    const spare = this.#makeSpare(node, commit);
    spare.catch(() => undefined);
    this.#spares.set(node.key, spare);
  }

  async #makeSpare(node: Node, commit: CommitId): Promise<Held | null> {
    const scripts = scriptsOf(node.step, this.context.project);
    if ('missing' in scripts || scripts[0] === undefined) return null;
    const held = await this.fresh(node, commit);
    if (!held.ok) return null;
    await this.sandbox(held.value, node, node.key, scripts[0].network);
    return held.value;
  }

  /** What was prepared for a step, holding the commit; null if nothing was. */
  async #prepared(node: Node, commit: CommitId): Promise<Result<Held> | null> {
    const spare = this.#spares.get(node.key);
    this.#spares.delete(node.key);
    const held = await spare;
    return held == null ? null : this.#at(held, commit);
  }

  /** A clean tree that holds nothing but the commit, with nothing on it that a step used. */
  async untouched(node: Node, commit: CommitId): Promise<Result<Held>> {
    return (await this.#prepared(node, commit)) ?? this.fresh(node, commit);
  }

  async #renewed(node: Node, commit: CommitId): Promise<Result<Held>> {
    const held = this.#idle.pop();
    if (held === undefined) return this.fresh(node, commit);
    const renewed = await this.context.tools.workspaces.renew(held.workspace, commit, this.context.driver.owner);
    if (!renewed.ok) {
      this.close(held);
      return this.fresh(node, commit);
    }
    held.workspace = renewed.value;
    held.sandbox?.opened.renew();
    return ok(held);
  }

  async fresh(node: Node, commit: CommitId): Promise<Result<Held>> {
    const { tools, run, driver } = this.context;
    // What its sandbox is given is read while the tree is made.
    const input = stepInput(this.context, node);
    input.catch(() => undefined);
    this.#inputs.set(node.key, input);
    const workspace = await tools.workspaces.acquire(run, commit, driver.owner);
    return workspace.ok ? ok(this.#hold(workspace.value)) : workspace;
  }

  /** Takes the tree back to a commit, as before a step is tried again. */
  async #at(held: Held, commit: CommitId): Promise<Result<Held>> {
    if (held.workspace.at === commit) return ok(held);
    return this.reset(held, commit);
  }

  async reset(held: Held, commit: CommitId): Promise<Result<Held>> {
    const moved = await this.context.tools.workspaces.move(held.workspace, commit, this.context.driver.owner);
    if (!moved.ok) return moved;
    held.workspace = moved.value;
    return ok(held);
  }

  /** The sandbox on a tree: the one that is open if it is of the right shape, else a new one. */
  async sandbox(held: Held, node: Node, key: string, reach: Reach): Promise<Result<OpenSandbox>> {
    const { tools, run, driver, project, policy, loaded } = this.context;
    const image = node.step.image ?? project.sandbox?.image;
    const asked = askedIsolation(node.step, loaded.formula, project);
    if (!isEnough(ISOLATION[driver.name], asked))
      return fail({
        class: 'sandbox-unavailable',
        driver: driver.name,
        why: `it gives the isolation ${ISOLATION[driver.name]}, and step ${node.key} asks for ${asked}`,
        mend: 'Set another `sandbox.driver` in pushpals.yml.',
      });
    const granted = grantedNetwork(reach, policy);
    if (!granted.ok) return granted;
    const network = granted.value;
    const limits = stepLimits(node.step, loaded.formula, project, policy);
    // Steps that get other secrets, or none, find nothing of this one's; a sandbox with caches is one step's alone.
    const shape = JSON.stringify([
      image,
      network,
      limits,
      wantedBy(node.step),
      cachesOf(node.step).length > 0 && [node.key, held.workspace.at],
    ]);
    if (held.sandbox?.shape === shape) return ok(held.sandbox);
    await this.#closeSandbox(held);
    this.#count += 1;
    const input = await (this.#inputs.get(node.key) ?? stepInput(this.context, node));
    this.#inputs.delete(node.key);
    if (!input.ok) return input;
    const { order, files } = input.value;
    const folder = `${String(this.#count)}-${key}`;
    const { inDir, outDir } = await tools.runFiles.prepare(run, folder, order, driver.owner, files);
    const caches = await openCaches(this.context, node, held.workspace.at, { inDir, outDir });
    const spec: SandboxSpec = {
      run,
      key: folder,
      repositoryId: tools.repositoryId(),
      workspace: held.workspace,
      inDir,
      outDir,
      image,
      network,
      limits,
    };
    const opened = await driver.open(spec);
    if (!opened.ok) return opened;
    held.sandbox = { opened: opened.value, shape, outDir, caches };
    return ok(held.sandbox);
  }

  /** Takes away what a step with secrets may have left them in: its sandbox, and the git directory that it wrote to. Files that git ignores stay. */
  async forget(held: Held, commit: CommitId): Promise<Result<null>> {
    await this.#closeSandbox(held);
    const moved = await this.reset(held, commit);
    return moved.ok ? ok(null) : moved;
  }

  /**
   * Has a tree show what tells agents how to work as the run's base has it, with a sandbox that no step before used: its home is where such programs look as
   * well. What an agent wrote there is data for those after it, and neither their instructions nor run for them.
   */
  async shield(held: Held): Promise<Result<Held>> {
    const { tools, driver, base } = this.context;
    await this.#closeSandbox(held);
    const shielded = await tools.workspaces.shield(held.workspace, base, driver.owner, RUNNER);
    if (!shielded.ok) return shielded;
    held.workspace = shielded.value;
    return ok(held);
  }

  /** Keeps a step's tree for the steps that go on in it, or gives it back when none will. */
  leave(node: Node, held: Held, statuses: Statuses): void {
    if (
      workspaceHeirs(
        this.context.nodes,
        { ...statuses, [node.key]: { state: 'succeeded', snapshot: '', attempt: 1, startedAt: '', durationMs: 0 } },
        node.key,
      ).length > 0
    ) {
      this.#left.set(node.key, held);
    } else if (this.context.nodes.some((other) => this.#mayBegin(other, statuses))) {
      this.#idle.push(held);
    } else {
      this.close(held);
    }
  }

  /** Whether a step is to come that starts from a commit, and not in the tree of another step. */
  #mayBegin(node: Node, statuses: Statuses): boolean {
    return (
      changesFiles(node) &&
      statuses[node.key]?.state === 'pending' &&
      workspaceSource(this.context.nodes, statuses, node.key) === null
    );
  }

  /** Steps that are to come once more: what they left, and what was made ready for them, is nobody's. Nothing runs meanwhile. */
  reopen(keys: readonly StepKey[]): void {
    for (const key of keys) {
      this.#served.delete(key);
      const left = this.#left.get(key);
      this.#left.delete(key);
      if (left !== undefined) this.close(left);
    }
  }

  /** Nothing of a step runs any more when it has ended, so nobody has to wait for what is taken down; `closeAll` does. */
  close(held: Held): void {
    if (!this.#open.delete(held)) return;
    const closing = this.#takeDown(held);
    closing.catch(() => undefined);
    this.#closing.push(closing);
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.#spares.values());
    this.#spares.clear();
    for (const held of [...this.#open]) this.close(held);
    this.#left.clear();
    this.#idle.length = 0;
    await Promise.all(this.#closing.splice(0));
  }

  async #takeDown(held: Held): Promise<void> {
    await this.#closeSandbox(held);
    await this.context.tools.workspaces.release(held.workspace);
  }

  #hold(workspace: Workspace): Held {
    const held: Held = { workspace, sandbox: null };
    this.#open.add(held);
    return held;
  }

  async #closeSandbox(held: Held): Promise<void> {
    await held.sandbox?.opened.close();
    held.sandbox = null;
  }
}
