import type Docker from 'dockerode';
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { Writable } from 'node:stream';
import { fail, ok, type Result } from '../../core/failure.js';
import type { ExecEnd, ExecSpec, Sandbox, SandboxSpec } from '../../app/ports/sandbox.js';
import type { Exceeded } from '../../core/step-limits.js';
import type { Owner } from '../../app/ports/workspaces.js';
import type { WayOut } from '../egress/way-out.js';
import type { ControlGroup } from './cgroup.js';
import type { Carriage } from './docker-carriage.js';
import { engineFailure, statusOf } from './docker-engine.js';
import { IDLE_PROCESSES, execOptions } from './docker-options.js';
import { STEP, stepRenewed, wordToGo } from './docker-step.js';
import { PATHS, stillRunning, unavailable, writeScript, type Unavailable } from './layout.js';
import { until } from './process-table.js';
import { NEVER_STARTED, endOf, stopWhen } from './stop.js';
import { watchUse } from './watch-use.js';
import { Withheld } from './withheld.js';

/** The control group of a container on this machine, by the id of its first process and its own; null if it cannot be seen. */
export type GroupOf = (
  pid: number,
  containerId: string,
) => Pick<ControlGroup, 'count' | 'members' | 'outOfMemory' | 'refused'> | null;

const END_ALL = 'kill -9 -1';
const SETTLE_MS = 2_000;
const STOP_MS = 10_000;
const SIGKILL_CODE = 137;

/**
 * A container that serves one command after another. Whether a step left something is not asked of the step, whose shell it may have
 * ended, but counted by the kernel; where this machine cannot see that, everything is ended once more and the engine is
 * asked. If in doubt, or when a command is stopped, the whole container ends, and the next command starts it anew.
 */
export class DockerSandbox implements Sandbox {
  readonly paths = PATHS;
  #count = 0;
  /** Asked while the first shell is started. */
  #group: Promise<ReturnType<GroupOf>> = Promise.resolve(null);
  #starved = 0;
  #refused = 0;
  #running = false;
  /** Steps have run in the container as it is. */
  #used = false;
  #renew = false;
  #closed = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly container: Docker.Container,
    private readonly spec: SandboxSpec,
    private readonly owner: Owner,
    readonly imageDigest: string,
    /** Folders in memory, beside those that every container has. */
    private readonly volumes: readonly string[],
    private readonly groupOf: GroupOf,
    private readonly remove: () => Promise<void>,
    private readonly way: WayOut | null = null,
    private readonly carriage: Carriage | null = null,
  ) {}

  /** Starts the container if it does not run. Throws what the engine says. */
  async start(): Promise<void> {
    if (this.#running) return;
    await this.container.start();
    this.#group = this.container.inspect().then(({ State }) => this.groupOf(State.Pid, this.container.id));
    // Whoever asks hears of a failure.
    this.#group.catch(() => undefined);
    this.#starved = 0;
    this.#refused = 0;
    this.#running = true;
    this.#used = false;
  }

  renew(): void {
    this.#renew = true;
  }

  /** One at a time: a command's end is the end of everything in the container. */
  exec(exec: ExecSpec): Promise<Result<ExecEnd>> {
    const turn = this.#turn.then(() => this.#exec(exec));
    // Whoever called hears of a failure; the next command only waits.
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#running = false;
    await this.remove();
  }

  async #exec(exec: ExecSpec): Promise<Result<ExecEnd>> {
    if (exec.signal.aborted) return ok(NEVER_STARTED);
    if (this.way?.isOpen() === false) return fail(wayClosed());
    this.way?.tell(exec.onAsked);
    const begun = performance.now();
    const end = (exitCode: number | null, exceeded: Exceeded | null = null): Result<ExecEnd> =>
      ok(endOf(exitCode, stop.reason(), exceeded, performance.now() - begun));
    this.#count += 1;
    const name = writeScript(this.spec.inDir, this.#count, exec.script);
    let killing: Promise<unknown> = Promise.resolve();
    const stop = stopWhen(exec, () => {
      // Whether it succeeded is asked below, where it is done once more.
      killing = this.#kill().then(() => undefined, engineFailure);
    });
    const stopped = (): boolean => stop.reason() !== null;
    const kernel = {
      refused: async () => (await this.#group)?.refused() ?? null,
      members: async () => (await this.#group)?.members() ?? [],
    };
    const use = watchUse(this.spec, exec.onOutput, stop, kernel, this.carriage?.watch);
    try {
      await this.carriage?.bring(name);
      const exitCode = await this.#step(`${PATHS.in}/${name}`, { ...exec, onOutput: use.onOutput }, stopped);
      const refused = await this.#wasRefused();
      const starved = !stopped() && (await this.#ranOutOfMemory(exitCode));
      // The kernel may have ended any process for want of memory, so the container is not trusted to be whole then.
      const whole = !stopped() && !starved && (await this.#isIdle());
      await killing;
      if (!whole && !(await this.#kill())) return fail(stillRunning('docker'));
      if (!stopped() && (await exec.begin) === false) return ok(NEVER_STARTED);
      // Whatever it failed at, without a way out it had no chance; only somebody outside can have closed it.
      if (!stopped() && exitCode !== 0 && this.way?.isOpen() === false) return fail(wayClosed());
      const carried = await this.#fetch(stopped());
      if (!carried.ok) return carried;
      const exceeded = carried.value ?? (await use.last(exitCode));
      return end(exitCode, exceeded ?? (exitCode === 0 ? null : this.#ranAgainst(starved, refused)));
    } catch (error) {
      await killing;
      const failure = engineFailure(error);
      try {
        const gone = await this.#kill();
        // Of a container that was ended meanwhile, the engine says that it does not run.
        if (stopped() && statusOf(error) !== null) return gone ? end(null) : fail(stillRunning('docker'));
      } catch (again) {
        return fail(engineFailure(again));
      }
      return fail(failure);
    } finally {
      stop.release();
      use.release();
      this.way?.hush();
    }
  }

  /** Brings back what a command left; of one that was stopped nobody wants it. */
  async #fetch(stopped: boolean): Promise<Result<Exceeded | null>> {
    if (this.carriage === null) return ok(null);
    if (!stopped) return this.carriage.fetch();
    this.carriage.forget();
    return ok(null);
  }

  /** The limit for whose sake the kernel ended or refused something of a command that failed. */
  #ranAgainst(starved: boolean, refused: boolean): Exceeded | null {
    const { memoryBytes, pids } = this.spec.limits;
    if (starved) return { limit: 'memory', most: memoryBytes, used: null };
    return refused ? { limit: 'pids', most: pids, used: null } : null;
  }

  /** As `#run`. A container that cannot be made as new is started anew. */
  async #step(script: string, exec: ExecSpec, stopped: () => boolean): Promise<number | null> {
    const renewed = this.#renew && this.#running && this.#used;
    this.#renew = false;
    this.#used = true;
    if (renewed) {
      const word = randomUUID();
      const output = new Withheld(word, exec.onOutput);
      const command = ['/bin/sh', '-c', stepRenewed(this.volumes), 'sh', script, STEP, word];
      const onOutput = output.write.bind(output);
      const exitCode = await this.#run(command, { ...exec, onOutput }, stopped);
      if (!output.end() || stopped()) return exitCode;
      if (!(await this.#kill())) return null;
    }
    return this.#run(['/bin/sh', '-c', STEP, 'sh', script], exec, stopped);
  }

  /** The exit code; null if it was told to stop before it began. */
  async #run(
    command: readonly string[],
    {
      env,
      secrets = [],
      onOutput,
      begin = Promise.resolve(true),
    }: Pick<ExecSpec, 'env' | 'secrets' | 'onOutput' | 'begin'>,
    stopped: () => boolean,
  ): Promise<number | null> {
    if (stopped()) return null;
    const exec = await this.#createExec(execOptions(this.owner, command, { ...this.way?.variables, ...env }));
    // The container may have been started after it was told to stop.
    if (stopped()) return null;
    const stream = await exec.start({ hijack: true, stdin: true });
    const output = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        onOutput(chunk);
        done();
      },
    });
    await new Promise<void>((resolve, reject) => {
      begin.then((goes) => stream.writable && stream.write(goes ? wordToGo(secrets) : '\n'), reject);
      (this.container.modem as Docker['modem']).demuxStream(stream, output, output);
      stream.once('end', resolve);
      stream.once('close', resolve);
      stream.once('error', reject);
    });
    let exitCode: number | null = null;
    // The engine learns of the end a moment after the output ended.
    await until(async () => {
      const { Running, ExitCode } = await exec.inspect();
      exitCode = ExitCode;
      return !Running;
    }, Number.POSITIVE_INFINITY);
    return exitCode;
  }

  /** The container may have been stopped by the command before, or have ended by itself: then it is started, once. */
  async #createExec(options: Docker.ExecCreateOptions): Promise<Docker.Exec> {
    await this.start();
    try {
      return await this.container.exec(options);
    } catch (error) {
      if (statusOf(error) !== 409) throw error;
      this.#running = false;
      await this.start();
      return this.container.exec(options);
    }
  }

  /** Ends the container. Its first process goes last, so when the engine says it stopped, nothing of it is left. */
  async #kill(): Promise<boolean> {
    try {
      await this.container.kill({ signal: 'SIGKILL' });
    } catch (error) {
      // It does not run, or is gone. Podman has no status of its own for that.
      const isGone = [404, 409].includes(statusOf(error) ?? 0) || (statusOf(error) === 500 && (await this.#hasEnded()));
      if (!isGone) throw error;
    }
    this.#running = false;
    return until(() => this.#hasEnded(), STOP_MS);
  }

  async #hasEnded(): Promise<boolean> {
    try {
      return !(await this.container.inspect()).State.Running;
    } catch (error) {
      if (statusOf(error) === 404) return true;
      throw error;
    }
  }

  async #isIdle(): Promise<boolean> {
    const group = await this.#group;
    // A group that is gone has nobody in it.
    if (group !== null) return until(() => (group.count() ?? 0) <= IDLE_PROCESSES, SETTLE_MS);
    await this.#run(['/bin/sh', '-c', END_ALL], { env: {}, onOutput: () => undefined }, () => false);
    return until(async () => {
      const { Processes } = (await this.container.top({ ps_args: '-eo pid' })) as {
        Processes: readonly unknown[] | null;
      };
      return (Processes ?? []).length <= IDLE_PROCESSES;
    }, SETTLE_MS);
  }

  /** Whether the kernel refused the command a process. */
  async #wasRefused(): Promise<boolean> {
    const before = this.#refused;
    this.#refused = (await this.#group)?.refused() ?? 0;
    return this.#refused > before;
  }

  /** Whether the kernel ended something for want of memory since the command before. */
  async #ranOutOfMemory(exitCode: number | null): Promise<boolean> {
    const group = await this.#group;
    if (group !== null && group.count() !== null) {
      const before = this.#starved;
      this.#starved = group.outOfMemory();
      return this.#starved > before;
    }
    // The engine tells it only of a container that has ended.
    if (exitCode !== SIGKILL_CODE) return false;
    await this.#kill();
    return (await this.container.inspect()).State.OOMKilled;
  }
}

const wayClosed = (): Unavailable =>
  unavailable(
    'docker',
    'the way out of the sandbox has closed: the container beside it, which has its network, is gone',
    'See `docker events` for what ended it; the order starts again by itself.',
  );
