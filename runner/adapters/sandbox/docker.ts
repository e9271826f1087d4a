import Docker from 'dockerode';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Writable } from 'node:stream';
import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import type { RunId } from '../../core/ids.js';
import type { ExecEnd, ExecSpec, Owner, Sandbox, SandboxDriver, SandboxSpec } from '../../app/ports.js';
import { LABELS, PATHS, containerName, containerOptions } from './docker-options.js';
import { commonEnvironment } from './environment.js';

const PATH_INSIDE = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Runs a run's steps in one container and each check in a fresh one, through the engine's API on a local socket. */
export class DockerDriver implements SandboxDriver {
  readonly name = 'docker';
  readonly warning = null;
  readonly #engine: Docker;

  constructor(
    readonly owner: Owner,
    /** `unix:///…`, as in DOCKER_HOST; undefined is the engine's usual socket. */
    private readonly host: string | undefined,
  ) {
    this.#engine = new Docker({ socketPath: (host ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, '') });
  }

  async unavailable(image: string | undefined): Promise<Extract<Failure, { class: 'sandbox-unavailable' | 'image-missing' }> | null> {
    const no = (why: string, mend: string): Extract<Failure, { class: 'sandbox-unavailable' }> => ({ class: 'sandbox-unavailable', driver: this.name, why, mend });
    if (this.host !== undefined && !this.host.startsWith('unix://')) return no(`DOCKER_HOST is ${this.host}; a remote engine cannot see the work tree, and that is not built yet`, 'Use a local engine, or another driver.');
    if (image === undefined) return no('no image is named', 'Set `sandbox: { image: … }` in pushpals.yml and commit it.');
    try {
      await this.#engine.getImage(image).inspect();
      return null;
    } catch (error) {
      if (statusOf(error) === 404) return { class: 'image-missing', image };
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (code === 'ENOENT' || code === 'ECONNREFUSED') return no('no engine answers', 'Start it: systemctl start docker');
      if (code === 'EACCES') return no('its socket is not open to you', 'Add yourself to its group: sudo usermod -aG docker "$USER", then log in again.');
      if (statusOf(error) !== null || code !== '') return no(error instanceof Error ? error.message : String(error), 'See `docker info`.');
      throw error;
    }
  }

  async open(spec: SandboxSpec): Promise<Result<Sandbox>> {
    const missing = await this.unavailable(spec.image);
    if (missing !== null) return fail(missing);
    const digest = await this.#engine.getImage(spec.image ?? '').inspect();
    const session = new DockerSandbox(this.#engine, spec, this.owner, digest.Id);
    const started = await session.start();
    return started.ok ? ok(session) : started;
  }

  async sweep(repositoryId: string, alive: () => Promise<ReadonlySet<RunId>>): Promise<readonly string[]> {
    const found = await this.#engine.listContainers({ all: true, filters: { label: [`${LABELS.repository}=${repositoryId}`] } });
    if (found.length === 0) return [];
    const living = await alive();
    const dead = found.filter(({ Labels }) => !living.has((Labels[LABELS.run] ?? '') as RunId));
    await Promise.all(dead.map(({ Id }) => remove(this.#engine, Id)));
    return dead.map(({ Labels, Id }) => `container of ${Labels[LABELS.run] ?? Id.slice(0, 12)}`);
  }
}

class DockerSandbox implements Sandbox {
  readonly paths = PATHS;
  #container: Docker.Container | null = null;
  #count = 0;

  constructor(
    private readonly engine: Docker,
    private readonly spec: SandboxSpec,
    private readonly owner: Owner,
    readonly imageDigest: string,
  ) {}

  async start(): Promise<Result<Docker.Container>> {
    if (this.#container !== null) return ok(this.#container);
    const options = containerOptions(this.spec, this.owner);
    try {
      const container = await this.#create(options);
      this.#container = container;
      await container.start();
      return ok(container);
    } catch (error) {
      await this.close();
      return fail(engineFailure(error, this.spec.image ?? ''));
    }
  }

  async exec(exec: ExecSpec): Promise<Result<ExecEnd>> {
    const started = await this.start();
    if (!started.ok) return started;
    const container = started.value;
    this.#count += 1;
    const name = `step-${String(this.#count)}.sh`;
    writeFileSync(join(this.spec.inDir, name), exec.script, { mode: 0o644 });
    const begun = performance.now();
    let timedOut = false;
    let cancelled = false;
    let killing: Promise<void> | null = null;
    const kill = (): void => {
      // The whole container: nothing that the step started can be left.
      killing ??= this.close();
    };
    const timer = setTimeout(() => { timedOut = true; kill(); }, exec.timeoutMs);
    const onAbort = (): void => { cancelled = true; kill(); };
    if (exec.signal.aborted) onAbort();
    else exec.signal.addEventListener('abort', onAbort, { once: true });
    try {
      const exitCode = await this.#run(container, exec, `${PATHS.in}/${name}`);
      await (killing as Promise<void> | null);
      const stopped = timedOut || cancelled;
      const outOfMemory = !stopped && exitCode === 137 && (await isOutOfMemory(container));
      if (!stopped) await this.#endLeftOvers(container);
      const end = { exitCode: stopped ? null : exitCode, timedOut, cancelled, outOfMemory, durationMs: Math.round(performance.now() - begun) };
      return ok(exitCode !== null && exitCode > 128 && !stopped ? { ...end, signal: `signal ${String(exitCode - 128)}` } : end);
    } catch (error) {
      await (killing as Promise<void> | null);
      if (timedOut || cancelled) return ok({ exitCode: null, timedOut, cancelled, outOfMemory: false, durationMs: Math.round(performance.now() - begun) });
      await this.close();
      return fail(engineFailure(error, this.spec.image ?? ''));
    } finally {
      clearTimeout(timer);
      exec.signal.removeEventListener('abort', onAbort);
    }
  }

  async close(): Promise<void> {
    const container = this.#container;
    this.#container = null;
    if (container !== null) await remove(this.engine, container.id);
  }

  async #create(options: Docker.ContainerCreateOptions): Promise<Docker.Container> {
    try {
      return await this.engine.createContainer(options);
    } catch (error) {
      if (statusOf(error) !== 409) throw error;
      // A runner that died left one of this name. Only one that is ours is taken away.
      const old = this.engine.getContainer(containerName(this.spec));
      const { Config } = await old.inspect();
      if (Config.Labels[LABELS.repository] !== this.spec.repositoryId) throw error;
      await remove(this.engine, old.id);
      return this.engine.createContainer(options);
    }
  }

  async #run(container: Docker.Container, { env, onOutput }: ExecSpec, script: string): Promise<number | null> {
    const environment = { ...commonEnvironment({ path: PATH_INSIDE, home: '/tmp/home' }), ...env };
    const exec = await container.exec({
      // What the step started and left behind ends with it; the shell itself is spared by kill(2).
      Cmd: ['/bin/sh', '-c', 'mkdir -p "$HOME"; /bin/sh "$1"; code=$?; kill -9 -1 2>/dev/null; exit $code', 'sh', script],
      Env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
      WorkingDir: PATHS.workspace,
      AttachStdout: true,
      AttachStderr: true,
    });
    const stream = await exec.start({ hijack: true, stdin: false });
    const output = new Writable({
      write: (chunk: Buffer, _, done) => {
        onOutput(chunk);
        done();
      },
    });
    await new Promise<void>((resolve, reject) => {
      container.modem.demuxStream(stream, output, output);
      stream.once('end', resolve);
      stream.once('close', resolve);
      stream.once('error', reject);
    });
    return (await exec.inspect()).ExitCode;
  }

  /** Asks the engine, not the step, whether anything is left but the container's first process. */
  async #endLeftOvers(container: Docker.Container): Promise<void> {
    const { Processes } = (await container.top({ ps_args: '-eo pid' })) as { Processes: readonly unknown[] | null };
    if ((Processes ?? []).length > 1) await this.close();
  }
}

async function remove(engine: Docker, id: string): Promise<void> {
  try {
    await engine.getContainer(id).remove({ force: true, v: true });
  } catch (error) {
    // Gone already, or being removed by somebody else.
    if (statusOf(error) !== 404 && statusOf(error) !== 409) throw error;
  }
}

async function isOutOfMemory(container: Docker.Container): Promise<boolean> {
  return (await container.inspect()).State.OOMKilled;
}

function statusOf(error: unknown): number | null {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : null;
}

function engineFailure(error: unknown, image: string): Failure {
  if (!(error instanceof Error) || (statusOf(error) === null && !('code' in error))) throw error;
  if (statusOf(error) === 404 && /image/i.test(error.message)) return { class: 'image-missing', image };
  return { class: 'sandbox-unavailable', driver: 'docker', why: error.message, mend: 'See `docker info` and the engine\'s log.' };
}
