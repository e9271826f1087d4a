import type { LookupAddress, lookup } from 'node:dns';
import { Agent, type IncomingMessage } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { RequestError, Server, type PrepareRequestFunctionOpts, type PrepareRequestFunctionResult } from 'proxy-chain';
import {
  REFUSED_BECAUSE,
  hostName,
  isListed,
  mayBePrivate,
  type Asked,
  type Egress,
  type Refusal,
} from '../../core/egress.js';
import { reachable } from './addresses.js';

/** Finds a name's addresses. Throws where it has none. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

const MOST_CONNECTIONS = 128;
/** Lookups take threads that the runner's reads and writes of files want as well. */
const MOST_LOOKUPS = 2;
const MOST_WAITING = 64;
const HEADERS_MS = 20_000;
const IDLE_MS = 300_000;
/** Requests whose body Node sends on without saying where it ends, so that it could be taken for another request. */
const BODILESS: readonly string[] = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'];

/**
 * The one way out of a sandbox whose step has a list of hosts: a proxy for HTTP and, by CONNECT, for whatever else the step speaks to a listed
 * host's port. It listens on a unix socket that nothing but the sandbox is shown. A name is resolved here, once a connection, and the address
 * that was looked at is the one that is connected to.
 *
 * What goes through a tunnel is not looked into: who may reach a host's port may say anything to it, another server's name included.
 */
export class EgressProxy {
  readonly #server: Server;
  #resolving = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly egress: Egress,
    private readonly resolve: Resolve,
    private readonly onAsked: (asked: Asked) => void,
  ) {
    const agent = new Agent({ keepAlive: false, maxSockets: MOST_CONNECTIONS });
    this.#server = new SocketServer({
      authRealm: 'pushpals',
      prepareRequestFunction: async (request) => ({ httpAgent: agent, ...(await this.#prepare(request)) }),
    });
    const { server } = this.#server;
    server.maxConnections = MOST_CONNECTIONS;
    server.headersTimeout = HEADERS_MS;
    server.timeout = IDLE_MS;
    // However long an upload takes: the step has its own time, and no connection stands still for long.
    server.requestTimeout = 0;
  }

  /** Listens at the path of a unix socket. Rejects where it cannot. */
  listen(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const { server } = this.#server;
      server.once('error', reject);
      server.listen({ path, writableAll: true, readableAll: true }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  }

  /** Ends what is still open, as when the command that opened it has ended. */
  closeConnections(): void {
    this.#server.closeConnections();
  }

  close(): Promise<void> {
    return this.#server.server.listening ? this.#server.close(true) : Promise.resolve();
  }

  async #prepare({
    hostname,
    port,
    request,
    isHttp,
  }: PrepareRequestFunctionOpts): Promise<PrepareRequestFunctionResult> {
    const host = isHttp ? asWritten(hostname, request.url) : hostname;
    const refuse = (verdict: Refusal): never => {
      this.onAsked({ host, port, verdict });
      const error = new RequestError(
        `pushpals refuses ${hostname}:${String(port)}: ${REFUSED_BECAUSE[verdict]}\n`,
        403,
      );
      // The library knows it by its name, which a bundle changes: the client would be told of an internal error.
      error.name = 'RequestError';
      throw error;
    };
    const name = hostName(hostname);
    if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return refuse('address');
    if (!/^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/.test(name) || (isHttp && isAmbiguous(request)))
      return refuse('malformed');
    if (!isListed(this.egress.hosts, name, port)) return refuse('not-listed');
    const found = await this.#lookup(name);
    if (found === 'busy') return refuse(found);
    if (found.length === 0) return refuse('no-address');
    const addresses = reachable(found, mayBePrivate(this.egress.private, name));
    if (addresses.length === 0) return refuse('private-address');
    this.onAsked({ host, port, verdict: 'allowed' });
    if (isHttp) sayHost(request);
    return { dnsLookup: pinned(addresses) };
  }

  async #lookup(name: string): Promise<readonly LookupAddress[] | 'busy'> {
    if (this.#resolving >= MOST_LOOKUPS) {
      if (this.#waiting.length >= MOST_WAITING) return 'busy';
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#resolving += 1;
    try {
      return await this.resolve(name);
    } catch (error) {
      if (error instanceof Error && 'syscall' in error && error.syscall === 'getaddrinfo') return [];
      throw error;
    } finally {
      this.#resolving -= 1;
      this.#waiting.shift()?.();
    }
  }
}

/** The library takes connections that have no address for dead; those of a unix socket never have one. */
class SocketServer extends Server {
  override onConnection(socket: Socket): void {
    Object.defineProperty(socket, 'remoteAddress', { value: 'the step' });
    super.onConnection(socket);
  }
}

/** Answers every lookup with the addresses that were looked at. */
function pinned(addresses: readonly LookupAddress[]): typeof lookup {
  const [first] = addresses;
  const answer = (
    _host: string,
    options: { readonly all?: boolean },
    done: (error: null, found: unknown, family?: number) => void,
  ): void => {
    if (options.all === true) done(null, addresses);
    else done(null, first?.address, first?.family);
  };
  return answer as typeof lookup;
}

/** A secret that was put into a name is known by its capital letters, which addresses of the web lose. */
function asWritten(hostname: string, url = ''): string {
  const written = /^http:\/\/([^/?#:@]*)/i.exec(url)?.[1] ?? hostname;
  return written.toLowerCase() === hostname ? written : hostname;
}

/** Whether two servers could differ on where the request ends. */
const isAmbiguous = ({ method = '', headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined && BODILESS.includes(method);

/** A proxy takes the host of the request's line for what is meant (RFC 9112 §3.2.2); the library hands on the header that the step wrote. */
function sayHost(request: IncomingMessage): void {
  const { rawHeaders } = request;
  const kept = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && name.toLowerCase() !== 'host' ? [name, rawHeaders[index + 1] ?? ''] : [],
  );
  rawHeaders.splice(0, rawHeaders.length, 'Host', new URL(request.url ?? '').host, ...kept);
}
