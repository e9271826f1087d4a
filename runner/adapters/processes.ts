import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Processes } from '../app/ports/machine.js';

const UNKNOWN = 'unknown';

/** Who says since when a process runs, and what tells one boot of the machine from another. */
export interface ProcessSource {
  /** Null if there is no such process, or it has ended and was not yet waited for. */
  startOf(pid: number): string | null;
  boot(): string;
}

/** What Linux says under `/proc`: the start in clock ticks after boot, and a random id for each boot. */
export const procSource: ProcessSource = {
  startOf: (pid) => {
    const stat = read(`/proc/${String(pid)}/stat`);
    // The second field is the program's name in parentheses, and may hold anything.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields?.[0] === 'Z' ? null : (fields?.[19] ?? null);
  },
  boot: () => read('/proc/sys/kernel/random/boot_id')?.trim() ?? UNKNOWN,
};

/** What `ps` and `sysctl` say, as on macOS: both to the second. */
export const psSource: ProcessSource = {
  startOf: (pid) => {
    const [state, start] =
      /^\s*(\S+)\s+(.*\S)/.exec(ask('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]) ?? '')?.slice(1) ?? [];
    return state === undefined || state.startsWith('Z') ? null : (start ?? null);
  },
  boot: () => /\bsec = (\d+)/.exec(ask('sysctl', ['-n', 'kern.boottime']) ?? '')?.[1] ?? UNKNOWN,
};

/** The processes of this machine. A process is the same one if its id, its start and the boot are. */
export class SystemProcesses implements Processes {
  readonly #self: ReturnType<Processes['self']>;

  /** `host` names the machine, or the container, in which `pid` means something. `signalZero` tells whether a process can be signalled: all there is to ask about one whose start was never known. */
  constructor(
    pid: number,
    private readonly signalZero: (pid: number) => boolean,
    private readonly source: ProcessSource = existsSync('/proc/self/stat') ? procSource : psSource,
    host = hostname(),
  ) {
    this.#self = { host, pid, startedAt: source.startOf(pid) ?? UNKNOWN, boot: source.boot() };
  }

  self(): ReturnType<Processes['self']> {
    return this.#self;
  }

  /** A process of this machine as one that can be asked after later. */
  of(pid: number): ReturnType<Processes['self']> {
    return { ...this.#self, pid, startedAt: this.source.startOf(pid) ?? UNKNOWN };
  }

  alive(claimant: Parameters<Processes['alive']>[0]): boolean | null {
    if (claimant.host !== this.#self.host) return null;
    if (claimant.boot !== this.#self.boot) return false;
    if (claimant.startedAt === UNKNOWN) return this.signalZero(claimant.pid);
    return this.source.startOf(claimant.pid) === claimant.startedAt;
  }
}

/** Whether a process is there, by asking to signal it. */
export function isSignalable(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

export const systemProcesses = (pid = process.pid, host?: string): SystemProcesses =>
  new SystemProcesses(pid, isSignalable, undefined, host);

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null;
    throw error;
  }
}

/** What a program prints; null if it is not there or has no answer. */
function ask(program: string, args: readonly string[]): string | null {
  const { status, stdout, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' },
  });
  if (error !== undefined && (!('code' in error) || error.code !== 'ENOENT')) throw error;
  return error === undefined && status === 0 ? stdout : null;
}
