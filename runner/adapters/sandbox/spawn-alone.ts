import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { closeSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { hasCode } from '../workspace/files.js';

const DESCRIPTORS = '/proc/self/fd';
/** After the standard streams, which every child is given. */
const FIRST = 3;
/** As `fcntl.h` of Linux has it. */
const CLOSE_ON_EXEC = 0o2000000;

/**
 * As `spawn`, with nothing open in the child but what `stdio` says. Whoever starts the runner may leave files and folders open to it, and Node hands those on that lie
 * beyond a gap in their numbers; by the number of a folder all others of the machine are reached. `/dev/null` is put over each of them: to close them here would let
 * go of a lock that somebody holds by one.
 */
export function spawnAlone(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { readonly stdio: readonly ('ignore' | 'pipe')[] },
): ChildProcess {
  const { stdio } = options;
  const others = new Set(handedOn().filter((fd) => fd >= stdio.length));
  if (others.size === 0) return spawn(command, args, { ...options, stdio: [...stdio] });
  const nothing = openSync('/dev/null', 'r');
  try {
    const all = Array.from(
      { length: Math.max(...others) + 1 },
      (_, fd) => stdio[fd] ?? (others.has(fd) ? nothing : 'ignore'),
    );
    return spawn(command, args, { ...options, stdio: all });
  } finally {
    closeSync(nothing);
  }
}

let inherited: readonly number[] | null = null;

/**
 * What a child would get beside its streams. None where the system has no such list: on macOS a child gets what it is given and nothing else. It is what this process
 * was started with, since Node opens nothing that a child would keep: so it is looked up once.
 */
function handedOn(): readonly number[] {
  return (inherited ??= descriptors().filter((fd) => fd >= FIRST && !closesOnExec(fd)));
}

function descriptors(): readonly number[] {
  try {
    return readdirSync(DESCRIPTORS).map(Number);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

function closesOnExec(fd: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${String(fd)}`, 'latin1'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) !== 0;
  } catch (error) {
    // Closed by now: such as the one by which the list was read.
    if (hasCode(error, 'ENOENT')) return true;
    throw error;
  }
}
