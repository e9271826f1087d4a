import Docker, { type DockerOptions } from 'dockerode';
import { Agent } from 'node:http';
import { inspect } from 'node:util';
import type { Failure } from '../../core/failure.js';
import { unavailable } from './layout.js';
import { codeOf } from './process-table.js';

const SOCKET = '/var/run/docker.sock';
const UNIX = 'unix://';

/** A client that keeps its connections. `host` is as in DOCKER_HOST; undefined is the engine's usual socket. */
export function connect(host: string | undefined): Docker {
  const path = host?.slice(UNIX.length) ?? '';
  // The client makes a text of all its options for each request, to whatever depth, whether or not anybody reads it.
  const agent = Object.assign(new Agent({ keepAlive: true }), { [inspect.custom]: () => 'Agent' });
  const options: DockerOptions & { agent: Agent } = { socketPath: path === '' ? SOCKET : path, agent };
  return new Docker(options);
}

export const isLocal = (host: string | undefined): boolean =>
  host === undefined || host === '' || host.startsWith(UNIX);

/** The status that the engine answered; null if this is not an answer of the engine. */
export function statusOf(error: unknown): number | null {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : null;
}

/** What an engine that did not do what it was asked means for the run. An error that is not the engine's is thrown on. */
export function engineFailure(error: unknown): Extract<Failure, { class: 'sandbox-unavailable' }> {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ECONNREFUSED')
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

/** Ends and removes a container. One that is gone, or that somebody else is removing, is as it should be. */
export async function removeContainer(engine: Docker, id: string): Promise<void> {
  try {
    await engine.getContainer(id).remove({ force: true, v: true });
  } catch (error) {
    if (statusOf(error) !== 404 && statusOf(error) !== 409) throw error;
  }
}
