import { execFile, type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Egress } from '../../core/egress.js';
import type { Enforcement } from '../../core/enforcement.js';
import { fail, ok, type Result } from '../../core/failure.js';
import type { RunId } from '../../core/ids.js';
import type { ExecEnd, ExecSpec, Sandbox, SandboxDriver, SandboxSpec } from '../../app/ports/sandbox.js';
import type { Exceeded, StepLimits } from '../../core/step-limits.js';
import type { Owner } from '../../app/ports/workspaces.js';
import {
  COMMAND,
  handed,
  isolation,
  launcher,
  mounts,
  system,
  type Handed,
  type Relay,
} from './bubblewrap-arguments.js';
import { MARK, markOf, markedRuns, sweepMarked } from './marks.js';
import { ControlGroup } from './cgroup.js';
import { runChild } from './child.js';
import { PATHS, checkFolders, stillRunning, unavailable, type Unavailable } from './layout.js';
import { bubblewrapEnforcement } from './bubblewrap-enforcement.js';
import { codeOf, descendants, runs, sendKill, until } from './process-table.js';
import { spawnAlone } from './spawn-alone.js';
import { NEVER_STARTED } from './stop.js';
import { isFiltered, systemCallFilter } from './system-call-filter.js';

/** Joins the control groups named before `--`, then becomes the command after it, with one pipe for both streams. */
const START = 'while [ "$1" != -- ]; do echo $$ > "$1" || exit 125; shift; done; shift; exec "$@" 2>&1';
const STATUS_FD = 3;
const ARGUMENTS_FD = 4;
const FILTER_FD = 5;
const FIRST_FILE_FD = 6;
const BETWEEN = '~';
const PROBE_MS = 10_000;
const PROBE_LIMITS = { memoryBytes: 64 * 1024 * 1024, pids: 16, cpus: 1 };
const END_MS = 10_000;

/**
 * Runs each command in fresh namespaces by bubblewrap: its own mounts (the system read-only, nothing of `/home`, `/root`, `/var`,
 * `/run`), processes, network with nothing in it; no capabilities. Its first process ends with it, and with that the kernel ends all others.
 *
 * Where control groups can be made (by root), they bound memory, processes and cpu of the whole. Elsewhere each *single* process
 * is bounded in its private memory (RLIMIT_DATA), processes are bounded as far as the kernel counts them per user (RLIMIT_NPROC),
 * and cpu is not bounded. System calls are filtered (system-call-filter.ts).
 */
export class BubblewrapDriver implements SandboxDriver {
  readonly name = 'bubblewrap';
  readonly warning = null;

  /** `self` is who the runner is. If that is root and `owner` is not, steps really are the owner. `toolchains`: folders mounted read-only at their places. */
  constructor(
    readonly owner: Owner,
    private readonly searchPath: string,
    private readonly toolchains: readonly string[],
    private readonly newId: () => string,
    private readonly self: Owner = owner,
  ) {}

  unavailable(): Promise<Unavailable | null> {
    const users = { self: this.self, owner: this.owner };
    const args = [
      ...isolation(users, 'none'),
      '--proc',
      '/proc',
      '--dev',
      '/dev',
      ...system(),
      ...launcher(users, null),
      '/bin/sh',
      '-c',
      ':',
    ];
    return new Promise((resolve) => {
      execFile(
        'bwrap',
        args,
        { env: { PATH: this.searchPath }, timeout: PROBE_MS, encoding: 'utf8' },
        (error, _stdout, stderr) => {
          if (error === null) resolve(null);
          else if (codeOf(error) === 'ENOENT')
            resolve(
              unavailable(this.name, 'bwrap is not installed', 'Install bubblewrap: sudo apt-get install bubblewrap'),
            );
          else {
            const why = `bwrap cannot isolate here: ${stderr.trim().slice(0, 300)}`;
            resolve(
              unavailable(
                this.name,
                why,
                'Allow user namespaces (sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns) and install util-linux, or choose another driver.',
              ),
            );
          }
        },
      );
    });
  }

  async enforcement(): Promise<Result<Enforcement>> {
    const missing = await this.unavailable();
    return missing === null ? ok(bubblewrapEnforcement(this.owner, this.#canGroup())) : fail(missing);
  }

  /** Tried, since nothing tells it beforehand. */
  #canGroup(): boolean {
    const group = ControlGroup.make(`probe${BETWEEN}${this.newId()}`, PROBE_LIMITS);
    return group?.remove() === true;
  }

  open(spec: SandboxSpec): Promise<Result<Sandbox>> {
    const checked = checkFolders(spec);
    if (!checked.ok) return Promise.resolve(checked);
    const { network } = spec;
    const exec = (exec: ExecSpec): Promise<Result<ExecEnd>> =>
      typeof network === 'object' ? this.#execWithWayOut(spec, network, exec) : this.#exec(spec, exec, null);
    return Promise.resolve(
      ok({ paths: PATHS, imageDigest: null, exec, renew: () => undefined, close: () => Promise.resolve() }),
    );
  }

  /** Each command is a sandbox of its own, so each has a way out of its own. The relay is inside, bounded as the step is; by ending it a step cuts itself off. */
  async #execWithWayOut(spec: SandboxSpec, egress: Egress, exec: ExecSpec): Promise<Result<ExecEnd>> {
    const { WayOut, relayOf } = await import('../egress/way-out.js');
    const way = await WayOut.open(spec.inDir, egress);
    try {
      way.tell(exec.onAsked);
      let head = '';
      const onOutput = (chunk: Uint8Array): void => {
        if (!way.isOpen()) head += Buffer.from(chunk).toString('latin1');
        exec.onOutput(chunk);
      };
      const end = await this.#exec(
        spec,
        { ...exec, onOutput, env: { ...way.variables, ...exec.env } },
        relayOf('/pushpals/relay', way),
      );
      if (!end.ok || way.wasOpen() || end.value.timedOut || end.value.cancelled || end.value.exceeded !== null)
        return end;
      const why = `the way out of the sandbox did not open: ${head.trim().slice(-300)}`;
      return fail(unavailable(this.name, why, 'Give the step `network: none` or `full`, or use the driver docker.'));
    } finally {
      await way.close();
    }
  }

  /**
   * A sandbox dies with the runner that started it (`--die-with-parent`), unless that one died while bubblewrap was still setting up: then it waits
   * for ever. What else is left is its empty control group.
   */
  async sweep(repositoryId: string, alive: () => Promise<ReadonlySet<RunId>>): Promise<readonly string[]> {
    const waiting = await sweepMarked(repositoryId, alive);
    let living: ReadonlySet<RunId> | undefined;
    const names = ControlGroup.names((name) => name.startsWith(`${repositoryId}${BETWEEN}`));
    if (names.length > 0) living = await alive();
    const dead = names.filter((name) => living?.has((name.split(BETWEEN)[1] ?? '') as RunId) === false);
    const groups = dead.filter((name) => ControlGroup.named(name).remove());
    return [...waiting, ...groups.map((name) => `control group of ${name.split(BETWEEN)[1] ?? ''}`)];
  }

  /** A group that has nobody in it is no matter: whatever else there is has a mark, or is in the group. */
  remaining(repositoryId: string): Promise<ReadonlySet<RunId>> {
    const groups = ControlGroup.names((name) => name.startsWith(`${repositoryId}${BETWEEN}`)).filter(
      (name) => ControlGroup.named(name).members().length > 0,
    );
    const runs = groups.map((name) => (name.split(BETWEEN)[1] ?? '') as RunId);
    return Promise.resolve(new Set([...markedRuns(repositoryId), ...runs]));
  }

  async #exec(spec: SandboxSpec, exec: ExecSpec, relay: Relay | null): Promise<Result<ExecEnd>> {
    if ((await exec.begin) === false || exec.signal.aborted) return ok(NEVER_STARTED);
    const group = ControlGroup.make([spec.repositoryId, spec.run, this.newId()].join(BETWEEN), spec.limits);
    const users = { self: this.self, owner: this.owner };
    const files = handed(this.owner, this.searchPath, exec, relay);
    const pipes = files.map((): 'pipe' => 'pipe');
    const command = [
      'bwrap',
      '--args',
      String(ARGUMENTS_FD),
      '--',
      ...launcher(users, spec.limits, group === null),
      ...COMMAND,
    ];
    const child = spawnAlone('/bin/sh', ['-c', START, 'sh', ...(group?.joinFiles ?? []), '--', ...command], {
      detached: true,
      // Nothing of it reaches the step: bubblewrap clears the environment.
      env: { PATH: this.searchPath, [MARK]: markOf(spec, this.newId()) },
      stdio: ['ignore', 'pipe', 'ignore', 'pipe', 'pipe', 'pipe', ...pipes],
    });
    const status = readStatus(child);
    const args = [
      ...isolation(users, spec.network),
      '--json-status-fd',
      String(STATUS_FD),
      ...(isFiltered(process.arch) ? ['--seccomp', String(FILTER_FD)] : []),
      ...mounts(spec, this.toolchains, relay),
      ...handedArguments(files),
      '--remount-ro',
      '/',
    ];
    write(child, ARGUMENTS_FD, args.join('\0'));
    write(child, FILTER_FD, isFiltered(process.arch) ? systemCallFilter(process.arch) : '');
    files.forEach(({ content }, index) => {
      write(child, FIRST_FILE_FD + index, content);
    });

    const endAll = async (): Promise<boolean> => {
      if (child.pid !== undefined) sendKill(-child.pid);
      const first = status.firstProcess();
      if (first !== null) sendKill(first);
      // The kernel lets the first process go only after every other one in its namespace.
      const gone = await until(() => first === null || !runs(first), END_MS);
      return (group === null || (await group.end())) && gone;
    };
    try {
      let tail = '';
      const onOutput = (chunk: Uint8Array): void => {
        tail = (tail + Buffer.from(chunk).toString('latin1')).slice(-300);
        exec.onOutput(chunk);
      };
      const kernel = {
        refused: () => group?.refused() ?? 0,
        members: () => group?.members() ?? (child.pid === undefined ? [] : descendants(child.pid)),
      };
      const end = await runChild(child, spec, { ...exec, onOutput }, kernel, endAll);
      if (end === null) return fail(stillRunning(this.name));
      const stopped = end.timedOut || end.cancelled || end.exitCode === null;
      const exceeded = end.exceeded ?? (stopped || end.exitCode === 0 ? null : ranAgainst(group, spec.limits));
      // Without a word of the command's end, bubblewrap did not come to start it; what it printed then is its own.
      if (!status.ended() && exceeded === null && !stopped)
        return fail(
          unavailable(
            this.name,
            `bwrap could not start the step: ${tail.trim()}`,
            'See that the folders of the repository can be mounted, and run `pushpals doctor`.',
          ),
        );
      return ok({ ...end, exceeded });
    } finally {
      if (group !== null) await until(() => group.remove(), END_MS);
    }
  }
}

/** The limit for whose sake the kernel refused or ended something of a command that failed. */
function ranAgainst(group: ControlGroup | null, { memoryBytes, pids }: StepLimits): Exceeded | null {
  if (group === null) return null;
  if (group.outOfMemory() > 0) return { limit: 'memory', most: memoryBytes, used: null };
  return group.refused() > 0 ? { limit: 'pids', most: pids, used: null } : null;
}

/** What bubblewrap says of itself: the id of the sandbox's first process, and later that the command has ended. */
function readStatus(child: ChildProcess): { firstProcess(): number | null; ended(): boolean } {
  let text = '';
  (child.stdio[STATUS_FD] as Readable).setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return {
    firstProcess: () => {
      const id = /"child-pid": *(\d+)/.exec(text)?.[1];
      return id === undefined ? null : Number(id);
    },
    ended: () => text.includes('"exit-code"'),
  };
}

function handedArguments(files: readonly Handed[]): readonly string[] {
  return files.flatMap(({ path }, index) => ['--perms', '0444', '--file', String(FIRST_FILE_FD + index), path]);
}

/** Hands bytes through a pipe. If bubblewrap ended before it read them, its exit code says so. */
function write(child: ChildProcess, fd: number, content: string | Uint8Array): void {
  const pipe = child.stdio[fd] as Writable;
  pipe.on('error', (error) => {
    if (!['EPIPE', 'ECONNRESET'].includes(codeOf(error) ?? '')) throw error;
  });
  pipe.end(content);
}
