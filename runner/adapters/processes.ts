import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Processes } from '../app/ports.js';

const UNKNOWN = 'unknown';

/** The processes of this machine, by what Linux says under `/proc`. Elsewhere a process is told by its id alone. */
export class SystemProcesses implements Processes {
  readonly #self: ReturnType<Processes['self']>;

  constructor(
    pid: number,
    private readonly signalZero: (pid: number) => boolean,
  ) {
    this.#self = { host: hostname(), pid, startedAt: startOf(pid) ?? UNKNOWN, boot: bootId() };
  }

  self(): ReturnType<Processes['self']> {
    return this.#self;
  }

  alive(claimant: Parameters<Processes['alive']>[0]): boolean | null {
    if (claimant.host !== this.#self.host) return null;
    if (claimant.boot !== this.#self.boot) return false;
    if (claimant.startedAt === UNKNOWN) return this.signalZero(claimant.pid);
    return startOf(claimant.pid) === claimant.startedAt;
  }
}

/** Clock ticks after boot at which the process started (field 22 of proc(5)'s stat); null if there is none. */
function startOf(pid: number): string | null {
  const stat = read(`/proc/${String(pid)}/stat`);
  // The second field is the program's name in parentheses, and may hold anything.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields?.[0] === 'Z' ? null : (fields?.[19] ?? null);
}

const bootId = (): string => read('/proc/sys/kernel/random/boot_id')?.trim() ?? UNKNOWN;

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null;
    throw error;
  }
}
