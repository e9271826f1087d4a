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
