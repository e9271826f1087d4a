import type { Claimant, Usage } from '../../runner/generated/types.js';
import { instant, type Instant } from '../../runner/core/ids.js';
import type { Clock, LocalState, Machine, Processes, Remembered } from '../../runner/app/ports/machine.js';
import type { RemoteHealth } from '../../runner/app/ports/remote.js';
import { throwing, type Carry } from './carry.js';
import type { Job } from './job.js';
import type { Store } from './git/store.js';
import { PeoplesTree } from './peoples-tree.js';
import type { Process, Scheduler } from './scheduler.js';

/** Files of a work tree, or outputs of a step, by path. */
export type Folder = Map<string, string>;

const PLENTY = 100 * 1024 ** 3;

/** A machine: what is on it outlives every process that runs there. */
export class SimulatedMachine {
  readonly processes = new Map<number, Process>();
  readonly jobs = new Set<Job>();
  /** Sandboxes that are open: a command that was sent to one that is gone by then does not run. */
  readonly sandboxes = new Set<{ readonly run: string; readonly key: string }>();
  /** Of the ticks that run. */
  readonly stops = new Set<AbortController>();
  /** Work trees by their place. */
  readonly workTrees = new Map<string, Folder>();
  /** What steps wrote into their output folders, by place and step. */
  readonly outputs = new Map<string, unknown>();
  /** What runs have used, by the run. */
  readonly spent = new Map<string, Usage>();
  readonly inbox: PeoplesTree;
  remembered: Remembered | null = null;
  ticked: Instant | null = null;
  remote: RemoteHealth | null = null;
  /** Nothing gets through between it and the remote. */
  isCutOff = false;
  /** How far its clock is off. */
  skewMs = 0;
  freeBytes = PLENTY;
  engineDown = false;
  count = 0;

  constructor(
    readonly name: string,
    public boot: string,
    /** The repository that it works on: its own clone, or the only one there is. */
    readonly store: Store,
    trueNowMs: () => number = () => 0,
  ) {
    this.inbox = new PeoplesTree(() => trueNowMs() + this.skewMs);
  }

  full(is: boolean): void {
    this.freeBytes = is ? 1024 : PLENTY;
  }
}

/** The clock of a machine, for one process: timers go on where the time of day is set. */
export const simulatedClock = (scheduler: Scheduler, machine: SimulatedMachine, process: Process): Clock => ({
  now: () => instant(scheduler.nowMs + machine.skewMs),
  sleep: (ms, signal) => scheduler.sleep(process, ms, signal),
});

/** Whether a process of this machine is that claimant, and goes on. */
export const isAlive = (machine: SimulatedMachine, { boot, pid }: Claimant): boolean =>
  boot === machine.boot && machine.processes.get(pid)?.alive === true;

export const simulatedProcesses = (machine: SimulatedMachine, { pid }: Process): Processes => ({
  self: () => ({ host: machine.name, pid, startedAt: `start of ${String(pid)}`, boot: machine.boot }),
  alive: (claimant) => (claimant.host === machine.name ? isAlive(machine, claimant) : null),
});

export const simulatedMachinePort = (machine: SimulatedMachine, clock: Clock, carry: Carry): Machine => ({
  freeBytes: () => carry({ what: 'machine.freeBytes', effect: () => machine.freeBytes }),
  ticked: () =>
    carry({
      what: 'machine.ticked',
      effect: () => {
        machine.ticked = clock.now();
      },
      failing: throwing('writing last-tick'),
    }),
  lastTick: () => Promise.resolve(machine.ticked),
  // The simulated driver has no images.
  pulls: () => Promise.resolve(new Map()),
  notePull: () => Promise.resolve(),
  // Nor are there mirrors.
  mirrorNotes: () => Promise.resolve(new Map()),
  noteMirror: () => Promise.resolve(),
  // Nor is there a forge.
  forgeNote: () => Promise.resolve(null),
  noteForge: () => Promise.resolve(),
  issueNotes: () => Promise.resolve(new Map()),
  noteIssues: () => Promise.resolve(),
  remoteHealth: () => Promise.resolve(machine.remote),
  noteRemote: (health) =>
    carry({
      what: 'machine.noteRemote',
      effect: () => {
        machine.remote = health;
      },
    }),
});

export const simulatedLocalState = (machine: SimulatedMachine, carry: Carry): LocalState => ({
  write: (idle) =>
    carry({
      what: 'localState.write',
      about: idle === null ? 'busy' : `idle until ${idle.wakeAt ?? 'something moves'}`,
      effect: () => {
        machine.remembered = idle;
      },
      failing: throwing('writing state.json'),
    }),
});
