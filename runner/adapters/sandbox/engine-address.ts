import type { DockerOptions } from 'dockerode';
import { readFileSync } from 'node:fs';
import { Agent as PlainAgent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { fail, ok, type Result } from '../../core/failure.js';
import { unavailable, type Unavailable } from './layout.js';
import { codeOf } from './process-table.js';

const SOCKET = '/var/run/docker.sock';
const UNIX = 'unix://';
const PORTS = { plain: 2375, secure: 2376 } as const;

/** Where an engine is, in the words of docker's own client: DOCKER_HOST, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH. */
export interface EngineAddress {
  readonly host?: string | undefined;
  readonly verify?: boolean;
  readonly certPath?: string | undefined;
}

export const isLocal = ({ host = '' }: EngineAddress): boolean => host === '' || host.startsWith(UNIX);

/** What people must be told of an address: whoever reads along on the way to a plain port is root at its end. */
export function addressWarning({ host = '', verify = false }: EngineAddress): string | null {
  if (isLocal({ host }) || verify || host.startsWith('https:')) return null;
  const name = URL.canParse(host) ? new URL(host).hostname : '';
  if (/^(localhost|127(\.\d+){3}|\[::1\])$/.test(name)) return null;
  return `DOCKER_HOST is ${host}, without TLS: everybody on the way to that engine can do there what they like`;
}

/** A socket has no name that Node would have to ask about, by an expression that takes it 3 ms to compile. */
const LOCAL = { keepAlive: true, servername: '' };

/** How the client reaches the engine; connections are kept. Fails for what this client does not speak. */
export function clientOptions(address: EngineAddress): Result<DockerOptions, Unavailable> {
  const { host = '', verify = false } = address;
  if (isLocal(address)) {
    const path = host.slice(UNIX.length);
    return ok({
      socketPath: path === '' ? SOCKET : path,
      agent: quiet(new PlainAgent(LOCAL)),
    } as DockerOptions);
  }
  const url = URL.canParse(host) ? new URL(host) : null;
  if (url === null || !['tcp:', 'http:', 'https:'].includes(url.protocol) || url.hostname === '')
    return fail(
      unavailable(
        'docker',
        `DOCKER_HOST is ${host}, which is not supported`,
        host.startsWith('ssh:')
          ? 'Let ssh make a socket of it: ssh -N -L /tmp/engine.sock:/var/run/docker.sock HOST, and set DOCKER_HOST=unix:///tmp/engine.sock.'
          : 'Use unix:///path, tcp://host:port, or tcp with DOCKER_TLS_VERIFY=1.',
      ),
    );
  const isSecure = verify || url.protocol === 'https:';
  const tls = isSecure && verify ? certificates(address.certPath ?? '') : ok({});
  if (!tls.ok) return tls;
  const protocol = isSecure ? 'https' : 'http';
  const port = url.port === '' ? PORTS[isSecure ? 'secure' : 'plain'] : Number(url.port);
  const agent = isSecure ? new SecureAgent({ keepAlive: true, ...tls.value }) : new PlainAgent({ keepAlive: true });
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  return ok({ host: hostname, port, protocol, ...tls.value, agent: quiet(agent) } as DockerOptions);
}

function certificates(folder: string): Result<{ ca: Buffer; cert: Buffer; key: Buffer }, Unavailable> {
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  try {
    return ok({ ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') });
  } catch (error) {
    if (codeOf(error) === null) throw error;
    const why = `DOCKER_TLS_VERIFY is set, and its certificates cannot be read: ${(error as Error).message}`;
    return fail(unavailable('docker', why, 'Put ca.pem, cert.pem and key.pem into the folder DOCKER_CERT_PATH.'));
  }
}

/** The client makes a text of all its options for each request, to whatever depth, whether or not anybody reads it. */
const quiet = <T extends object>(agent: T): T => Object.assign(agent, { [inspect.custom]: () => 'Agent' });
