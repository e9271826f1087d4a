import { readFileSync, readdirSync } from 'node:fs';

export const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** Sends SIGKILL. A negative id means the group. What is gone already, or was never ours to signal, stays as it is. */
export function sendKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (codeOf(error) !== 'ESRCH' && codeOf(error) !== 'EPERM') throw error;
  }
}

/** A file of `/proc` or of a control group; null if its process or group is gone, or is another user's. */
export function readVolatile(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'ENODEV'].includes(codeOf(error) ?? '')) return null;
    throw error;
  }
}

/** Ids of every process that can be seen; none where there is no `/proc`. */
export function processIds(): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** A process and all that it started, and what these did: within a sandbox, whoever is orphaned is given to its first process. */
export function descendants(pid: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const id of processIds()) {
    const stat = readVolatile(`/proc/${String(id)}/stat`) ?? '';
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), id]);
  }
  const found = [pid];
  for (let at = 0; at < found.length; at += 1) found.push(...(children.get(found[at] ?? 0) ?? []));
  return found;
}

/** Whether a process runs. One that has ended and was not yet waited for (state Z) does not. */
export function runs(pid: number): boolean {
  const stat = readVolatile(`/proc/${String(pid)}/stat`);
  // The second field is the program's name in parentheses, and may hold anything.
  return stat !== null && !['Z', 'X'].includes(stat.charAt(stat.lastIndexOf(')') + 2));
}

/** Waits until something holds; false if it still does not after `forMs`. */
export async function until(holds: () => boolean | Promise<boolean>, forMs: number): Promise<boolean> {
  const deadline = performance.now() + forMs;
  for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, 50)) {
    if (await holds()) return true;
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
