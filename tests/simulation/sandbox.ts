import { fail, ok, type Result } from '../../runner/core/failure.js';
import type { RunId } from '../../runner/core/ids.js';
import type { ExecEnd, ExecSpec, Sandbox, SandboxDriver, SandboxSpec } from '../../runner/app/ports/sandbox.js';
import type { Failure } from '../../runner/core/failure.js';
import type { Carry } from './carry.js';
import { Job } from './job.js';
import type { SimulatedMachine } from './machine.js';
import type { Random } from './random.js';
import type { Process, Scheduler } from './scheduler.js';

/** Told of each script that begins. */
export type Began = (process: Process, env: Readonly<Record<string, string>>, key: string) => void;

const NEVER_STARTED: ExecEnd = {
  exitCode: null,
  timedOut: false,
  cancelled: true,
  exceeded: null,
  durationMs: 0,
};

type Unavailable = Extract<Failure, { class: 'sandbox-unavailable' }>;

const unavailable = (why: string): Unavailable => ({
  class: 'sandbox-unavailable',
  driver: 'host',
  why,
  mend: 'Start the engine.',
});

type Opened = SimulatedMachine['sandboxes'] extends Set<infer Each> ? Each : never;

/** Told of each script that ended well, and of the commit that it ran on. */
export type Passed = (step: string, commit: string) => void;

/** Sandboxes of one machine, for one process. */
export class SimulatedDriver implements SandboxDriver {
  readonly name = 'host';
  readonly warning = null;
  readonly owner = { uid: 1, gid: 1 };

  constructor(
    private readonly machine: SimulatedMachine,
    private readonly process: Process,
    private readonly scheduler: Scheduler,
    private readonly random: Random,
    private readonly began: Began,
    private readonly passed: Passed,
    private readonly carry: Carry,
  ) {}

  unavailable(): Promise<Unavailable | null> {
    return this.carry<Unavailable | null>({
      what: 'sandbox.unavailable',
      effect: () => (this.machine.engineDown ? unavailable('the engine is down') : null),
      failing: () => unavailable('it does not answer'),
    });
  }

  enforcement(): Promise<Result<never>> {
    return Promise.reject(new Error('nobody asks the simulation what it enforces'));
  }

  open(spec: SandboxSpec): Promise<Result<Sandbox>> {
    return this.carry<Result<Sandbox>>({
      what: 'sandbox.open',
      about: `${spec.run} ${spec.key}`,
      effect: () => {
        const { sandboxes, engineDown } = this.machine;
        if (engineDown) return fail(unavailable('the engine is down'));
        const opened = { run: spec.run, key: spec.key };
        // Its name is taken by one that a dead runner left, which goes.
        for (const other of sandboxes)
          if (other.run === opened.run && other.key === opened.key) sandboxes.delete(other);
        sandboxes.add(opened);
        return ok({
          paths: { workspace: spec.workspace.dir, in: spec.inDir, out: spec.outDir },
          imageDigest: null,
          exec: (exec) => this.#exec(spec, exec, opened),
          renew: () => undefined,
          close: () =>
            this.carry({ what: 'sandbox.close', about: spec.key, effect: () => void sandboxes.delete(opened) }),
        });
      },
      failing: () => fail(unavailable('it could not be opened')),
    });
  }

  async #exec(spec: SandboxSpec, exec: ExecSpec, opened: Opened): Promise<Result<ExecEnd>> {
    if ((await exec.begin) === false || exec.signal.aborted) return ok(NEVER_STARTED);
    let answer: (end: Result<ExecEnd>) => void = () => undefined;
    const end = new Promise<Result<ExecEnd>>((resolve) => {
      answer = resolve;
    });
    const started = await this.carry<Job | null>({
      what: 'sandbox.exec',
      about: `${spec.run} ${exec.env['PUSHPALS_STEP'] ?? ''} in ${spec.key}`,
      effect: () => (this.machine.sandboxes.has(opened) ? this.#start(spec, exec, answer) : null),
      failing: () => null,
    });
    if (started === null) return fail(unavailable('it died'));
    const ended = await end;
    if (ended.ok && ended.value.exitCode === 0) this.passed(exec.env['PUSHPALS_STEP'] ?? '', spec.workspace.at);
    return ended;
  }

  #start(spec: SandboxSpec, exec: ExecSpec, answer: (end: Result<ExecEnd>) => void): Job | null {
    const { machine, scheduler, process } = this;
    if (machine.engineDown) return null;
    const step = exec.env['PUSHPALS_STEP'] ?? '';
    this.began(process, exec.env, spec.key);
    const job: Job = new Job(
      {
        run: spec.run,
        step,
        script: exec.script,
        env: exec.env,
        folder: machine.workTrees.get(spec.workspace.dir) ?? new Map<string, string>(),
        output: (value) => machine.outputs.set(`${spec.outDir}/${step}`, value),
        print: (text) => {
          exec.onOutput(Buffer.from(text));
        },
      },
      scheduler,
      this.random,
      (end) => {
        machine.jobs.delete(job);
        scheduler.hand(process, 0, () => {
          scheduler.note(process, `${spec.run} ${step} ended with ${end.cancelled ? 'cancel' : String(end.exitCode)}`);
          answer(machine.engineDown ? fail(unavailable('it died')) : ok(end));
        });
      },
    );
    machine.jobs.add(job);
    // The clocks of the engine: they go on whatever becomes of the process.
    scheduler.after(process, exec.timeoutMs, () => {
      job.stop('timedOut');
    });
    exec.signal.addEventListener('abort', () => {
      job.stop('cancelled');
    });
    return job;
  }

  remaining(repositoryId: string): Promise<ReadonlySet<RunId> | null> {
    const { name, jobs, sandboxes, engineDown } = this.machine;
    if (engineDown) return Promise.resolve(null);
    if (repositoryId !== name) return Promise.resolve(new Set());
    return Promise.resolve(new Set([...jobs, ...sandboxes].map(({ run }) => run as RunId)));
  }

  async sweep(repositoryId: string, alive: () => Promise<ReadonlySet<RunId>>): Promise<readonly string[]> {
    const { name, jobs, sandboxes } = this.machine;
    if (repositoryId !== name) return [];
    const listed = await this.carry({ what: 'sandbox.list', effect: () => [...jobs] });
    const open = [...sandboxes];
    if (listed.length === 0 && open.length === 0) return [];
    const living = await alive();
    return this.carry({
      what: 'sandbox.sweep',
      effect: () => {
        for (const each of open) if (!living.has(each.run as RunId)) sandboxes.delete(each);
        const dead = listed.filter((job) => jobs.has(job) && !living.has(job.run as RunId));
        for (const job of dead) job.stop('swept');
        return dead.map(({ run, step }) => `${run} ${step}`);
      },
    });
  }
}
