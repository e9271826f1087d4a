import type { Failure } from '../core/failure.js';
import { machineFailure } from '../core/machine-failure.js';

/** The failure that an exception tells of, where the system or git is to blame; null where it is a bug. */
export function troubleOf(error: unknown): Failure | null {
  const refused = machineFailure(error);
  if (refused !== null || !(error instanceof Error)) return refused;
  if ('syscall' in error)
    return { class: 'git-failed', command: String(error.syscall), exitCode: null, stderr: error.message };
  if (error.name === 'GitReadFailed')
    return { class: 'git-failed', command: 'git', exitCode: null, stderr: error.message };
  return null;
}
