import { createHash } from 'node:crypto';
import { check } from '../../runner/adapters/cel-check.js';
import { evaluate } from '../../runner/adapters/cel-evaluate.js';
import { fail, ok, type Result } from '../../runner/core/failure.js';
import { epochMs, type CommitId, type Instant } from '../../runner/core/ids.js';
import type { Person } from '../../runner/app/ports/ops.js';
import type { Models } from '../../runner/app/ports/models.js';
import type { SecretScanner, SecretStore } from '../../runner/app/ports/secrets.js';
import type { TestReports } from '../../runner/app/ports/test-reports.js';
import type { CacheStore } from '../../runner/app/ports/caches.js';
import type { Tools } from '../../runner/app/tools.js';
import { tick } from '../../runner/app/tick.js';
import type { Carry } from './carry.js';
import { Faults } from './faults.js';
import { rememberingFormats } from './formats.js';
import { simulatedAuditHistory } from './git/audit-history.js';
import { EMPTY_TREE, Objects, withFiles, type Commit } from './git/objects.js';
import { Publisher } from '../../runner/app/publisher.js';
import { SimulatedRemote } from './git/remote.js';
import { SimulatedOpsStore } from './git/ops-store.js';
import { SimulatedRepository } from './git/repository.js';
import { Store, type Moved } from './git/store.js';
import { SimulatedVaultHistory, type Operator } from './git/vault-history.js';
import {
  SimulatedMachine,
  simulatedClock,
  simulatedLocalState,
  simulatedMachinePort,
  simulatedProcesses,
} from './machine.js';
import { SimulatedInbox } from './peoples-tree.js';
import { CAROL } from './project.js';
import { Random } from './random.js';
import { SimulatedRunFiles } from './run-files.js';
import { SimulatedDriver, type Began, type Passed } from './sandbox.js';
import { Scheduler, type Process } from './scheduler.js';
import { SimulatedWorkspaces } from './workspaces.js';

export const START = '2026-11-20T09:00:00.000Z' as Instant;
export const MAIN = 'refs/heads/main';
export const OPS = 'refs/heads/ops';

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

const NO_REPORTS: TestReports = {
  isReport: () => false,
  read: () => Promise.resolve(ok([])),
  readPrinted: () => Promise.resolve(null),
};

const NO_SECRETS: SecretStore = {
  missing: () => null,
  read: (secret) => Promise.resolve(fail({ class: 'secret-missing', secret, why: 'there are none', mend: '' })),
};

const NO_MODELS: Models = { open: () => Promise.reject(new Error('the simulation has no models')) };

const NO_CACHES: CacheStore = {
  show: () => Promise.resolve(false),
  copy: () => Promise.resolve(false),
  keep: () => Promise.resolve(null),
  sweep: () => Promise.resolve(),
};

const NO_SCANNER: SecretScanner = {
  prepare: () => undefined,
  scan: () => Promise.resolve([]),
  close: () => Promise.resolve(),
};

/** Whoever watches what happens. */
export interface Watcher {
  readonly moved: Moved;
  /** A process died of what no fault explains. */
  readonly died: (process: Process, error: unknown) => void;
  readonly began: Began;
  readonly passed: Passed;
}

/** No simulated project has a mirror, so nobody asks for one. */
const nobodyAsks = (): never => {
  throw new Error('there are no mirrors here');
};
const NO_MIRRORS: Tools['mirrors'] = { refs: nobodyAsks, sources: nobodyAsks, bring: nobodyAsks, push: nobodyAsks };

/** A repository, the machines that work on it, and the time that passes there. */
export class World {
  readonly random: Random;
  readonly faults: Faults;
  readonly scheduler: Scheduler;
  /** The repository, or the remote that clones of it share. */
  readonly store: Store;
  /** Several machines work on clones and share a remote. */
  readonly isShared: boolean;
  readonly machines: SimulatedMachine[] = [];
  readonly #jobs: Random;
  #watcher: Watcher | null = null;

  constructor(
    readonly seed: number,
    trace: (line: string) => void,
    private readonly broken: (tools: Tools) => Tools,
  ) {
    this.random = new Random(seed);
    this.#jobs = this.random.fork();
    this.isShared = this.random.chance(0.25);
    this.faults = new Faults(this.random.fork());
    this.scheduler = new Scheduler(
      epochMs(START),
      this.random.fork(),
      (process, what) => this.faults.fate(process, what),
      trace,
    );
    this.store = new Store(new Objects(), (ref, from, to) => {
      this.scheduler.note(null, `${ref} ${from?.slice(0, 8) ?? 'none'} → ${to?.slice(0, 8) ?? 'none'}`);
      this.#watcher?.moved(ref, from, to);
    });
  }

  watch(watcher: Watcher): void {
    this.#watcher = watcher;
  }

  /** A machine with a clone of its own where several share the remote, else with the repository itself. */
  addMachine(name: string): SimulatedMachine {
    const store = this.isShared ? this.#clone(name) : this.store;
    const machine = new SimulatedMachine(name, `boot of ${name}`, store, () => this.scheduler.nowMs);
    this.machines.push(machine);
    return machine;
  }

  #clone(name: string): Store {
    const clone = new Store(this.store.objects, (ref, from, to) => {
      this.scheduler.note(null, `on ${name} ${ref} ${from?.slice(0, 8) ?? 'none'} → ${to?.slice(0, 8) ?? 'none'}`);
    });
    for (const ref of [MAIN, OPS]) clone.move(ref, null, this.store.resolve(ref));
    return clone;
  }

  /** A commit by somebody's own git, all at once. */
  commit(ref: string, message: string, files: Readonly<Record<string, string | null>>, author: Person): CommitId {
    const { objects } = this.store;
    const from = this.store.resolve(ref);
    const changes = Object.entries(files).map(
      ([path, text]) => [path, text === null ? null : { mode: '100644' as const, blob: objects.blob(text) }] as const,
    );
    const commit = objects.commit({
      tree: withFiles(from === null ? EMPTY_TREE : objects.get(from).tree, changes),
      parents: from === null ? [] : [from],
      author,
      committer: author,
      seconds: Math.floor(this.scheduler.nowMs / 1000),
      message: `${message}\n`,
    });
    this.store.move(ref, from, commit.id);
    return commit.id;
  }

  /** A merge of another branch by somebody's own git, with these files as its result. */
  merge(
    ref: string,
    branch: CommitId,
    message: string,
    files: Readonly<Record<string, string | null>>,
    author: Person,
    signedBy: string | null,
  ): void {
    const { objects } = this.store;
    const from = this.tip(ref);
    const changes = Object.entries(files).map(
      ([path, text]) => [path, text === null ? null : { mode: '100644' as const, blob: objects.blob(text) }] as const,
    );
    const merged = objects.commit({
      tree: withFiles(from.tree, changes),
      parents: [from.id, branch],
      author,
      committer: author,
      seconds: Math.floor(this.scheduler.nowMs / 1000),
      message: `${message}\n`,
      signedBy,
    });
    this.store.move(ref, from.id, merged.id);
  }

  /** Everything that runs on a machine is gone, and what is on its disk stays. */
  reboot(machine: SimulatedMachine): void {
    for (const process of machine.processes.values()) this.scheduler.kill(process, 'with its machine');
    for (const job of [...machine.jobs]) job.stop('swept');
    machine.processes.clear();
    machine.boot = `boot of ${machine.name} at ${String(this.scheduler.nowMs)}`;
  }

  tip(ref: string): Commit {
    const tip = this.store.resolve(ref);
    if (tip === null) throw new Error(`there is no ${ref}`);
    return this.store.objects.get(tip);
  }

  /** Starts a tick on a machine, as cron does. Aborting `stop` is what SIGTERM is to it. */
  startTick(machine: SimulatedMachine, name: string, stop = new AbortController()): void {
    this.#start(machine, name, async (self) => {
      const tools = this.tools(machine, self, CAROL);
      if (this.#isIdle(machine, tools.clock.now())) return;
      machine.stops.add(stop);
      const summary = await tick(tools, 'main', stop.signal);
      machine.stops.delete(stop);
      const told = summary.ok ? `wakes at ${summary.value.wakeAt ?? '-'}` : JSON.stringify(summary.failure);
      this.scheduler.note(self, told.slice(0, 400));
    });
  }

  /** A command that a person gives at a machine. */
  startCommand(
    machine: SimulatedMachine,
    operator: Operator,
    name: string,
    command: (tools: Tools) => Promise<Result<unknown>>,
  ): void {
    this.#start(machine, `person ${operator.name} ${name}`, async (self) => {
      const tools = this.tools(machine, self, operator);
      const done = await command(tools);
      await tools.sharing?.flush();
      this.scheduler.note(self, done.ok ? 'done' : JSON.stringify(done.failure).slice(0, 200));
    });
  }

  #start(machine: SimulatedMachine, name: string, main: (self: Process) => Promise<void>): void {
    this.scheduler.start(
      name,
      machine.name,
      (self) => {
        machine.processes.set(self.pid, self);
        return main(self);
      },
      (self, error) => {
        if (error !== null && !self.hit) this.#watcher?.died(self, error);
      },
    );
  }

  /** What `idle.ts` asks before anything else is loaded. */
  #isIdle({ remembered, inbox, store }: SimulatedMachine, now: Instant): boolean {
    if (remembered === null || (remembered.wakeAt !== null && remembered.wakeAt <= now)) return false;
    if (inbox.files.size > 0 || inbox.aside.size > 0) return false;
    return Object.entries(remembered.refs).every(([ref, id]) => store.resolve(ref) === id);
  }

  tools(machine: SimulatedMachine, process: Process, operator: Operator): Tools {
    const { scheduler } = this;
    const { store } = machine;
    const call: Carry = (of) => scheduler.call(process, of);
    const clock = simulatedClock(scheduler, machine, process);
    const driver = new SimulatedDriver(
      machine,
      process,
      scheduler,
      this.#jobs,
      (...began) => this.#watcher?.began(...began),
      (...passed) => this.#watcher?.passed(...passed),
      call,
    );
    const own: Omit<Tools, 'sharing'> = {
      repository: new SimulatedRepository(store, call),
      mirrors: NO_MIRRORS,
      // Nobody has the target checked out: people's work trees of it are not simulated.
      checkouts: {
        holding: () => Promise.resolve(null),
        move: (ref, from, to) => new SimulatedRepository(store, call).moveRef(ref, from, to),
      },
      ops: new SimulatedOpsStore(store, 'ops', machine.inbox, call),
      inbox: new SimulatedInbox(machine.inbox, store, () => scheduler.nowMs + machine.skewMs, call),
      vault: new SimulatedVaultHistory(store, operator, clock, call),
      audit: simulatedAuditHistory(store, call),
      workspaces: new SimulatedWorkspaces(machine, store, call),
      runFiles: new SimulatedRunFiles(machine, call),
      caches: NO_CACHES,
      sandbox: () => Promise.resolve(driver),
      testReports: NO_REPORTS,
      models: NO_MODELS,
      forge: null,
      secrets: NO_SECRETS,
      scanner: NO_SCANNER,
      formats: rememberingFormats,
      builtIns: { files: () => Promise.resolve([]) },
      localState: simulatedLocalState(machine, call),
      machine: simulatedMachinePort(machine, clock, call),
      clock,
      processes: simulatedProcesses(machine, process),
      cel: { check, evaluate },
      sha256,
      repositoryId: () => machine.name,
      formerRepositoryId: 'before',
      operator: { name: operator.name, email: operator.email },
      version: '0.0.0-simulated',
      report: (progress) => {
        scheduler.note(process, `says ${progress.event}`);
      },
      dryRun: false,
    };
    const remote = new SimulatedRemote(store, this.store, OPS, MAIN, () => machine.isCutOff, call);
    return this.broken({ ...own, sharing: this.isShared ? new Publisher(own, remote, []) : null });
  }
}
