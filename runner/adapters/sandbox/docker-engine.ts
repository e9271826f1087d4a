import type Docker from 'dockerode';
import type { Failure } from '../../core/failure.js';
import { unavailable } from './layout.js';
import { codeOf } from './process-table.js';

/** The status that the engine answered; null if this is not an answer of the engine. */
export function statusOf(error: unknown): number | null {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : null;
}

/** What an engine that did not do what it was asked means for the run. An error that is not the engine's is thrown on. */
export function engineFailure(error: unknown): Extract<Failure, { class: 'sandbox-unavailable' }> {
  const code = codeOf(error);
  if (isOwn(error))
    return unavailable(
      'docker',
      `this machine's own files: ${error.message}`,
      'See what the system says above; disk space and permissions are the usual causes.',
    );
  if (['ENOENT', 'ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT'].includes(code ?? ''))
    return unavailable('docker', 'no engine answers', 'Start it: sudo systemctl start docker');
  if (code === 'EACCES' || code === 'EPERM')
    return unavailable(
      'docker',
      "the engine's socket is not open to you",
      'Add yourself to its group: sudo usermod -aG docker "$USER", then log in again.',
    );
  if (
    !(error instanceof Error) ||
    (statusOf(error) === null && code === null && error.name !== 'AbortError' && error.name !== 'TimeoutError')
  )
    throw error;
  return unavailable('docker', `the engine says: ${error.message}`, 'See `docker info` and the log of the engine.');
}

/** Whether it is of a file of ours. Of a connection Node names the address, and no path. */
const isOwn = (error: unknown): error is Error => error instanceof Error && 'syscall' in error && 'path' in error;

/** Ends and removes a container. One that is gone, or that somebody else is removing, is as it should be. */
export async function removeContainer(engine: Docker, id: string): Promise<void> {
  try {
    await engine.getContainer(id).remove({ force: true, v: true });
  } catch (error) {
    if (statusOf(error) !== 404 && statusOf(error) !== 409) throw error;
  }
}
