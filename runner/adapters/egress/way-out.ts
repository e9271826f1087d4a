import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { chmodSync, closeSync, constants, mkdirSync, openSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import type { Asked, Egress } from '../../core/egress.js';
import { EgressProxy, type Resolve } from './proxy.js';
import { ownNode, type OwnNode } from './own-node.js';
import { READY, RELAY_PORT, RELAY_SOURCE } from './relay.js';

const system: Resolve = (host): Promise<readonly LookupAddress[]> => lookup(host, { all: true, verbatim: true });

const HERE = `http://127.0.0.1:${String(RELAY_PORT)}`;
const OWN = ['127.0.0.1', '::1', 'localhost'];

/** By what programs of a step find the proxy. A `localhost` that is listed is the runner's machine, and no server of the step's own. */
function variables({ hosts }: Egress): Readonly<Record<string, string>> {
  const own = OWN.filter((name) => !hosts.some((host) => host.replace(/:\d+$/, '').toLowerCase() === name));
  const named = {
    ...Object.fromEntries(['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].map((name) => [name, HERE])),
    NO_PROXY: own.join(','),
  };
  return {
    ...named,
    // There is no agreement on how they are spelled.
    ...Object.fromEntries(Object.entries(named).map(([name, value]) => [name.toLowerCase(), value])),
    // Node heeds the others only if it is told to.
    NODE_USE_ENV_PROXY: '1',
  };
}

/** What a sandbox is given: files to mount read-only under `place`, and the command that opens the way from inside. */
export function relayOf(
  place: string,
  { folder }: Pick<WayOut, 'folder'>,
): { readonly files: OwnNode['files']; readonly command: readonly string[]; readonly ready: string } {
  const { files, command } = ownNode(place);
  return {
    files: [...files, { from: folder, to: `${place}/way` }],
    command: [...command, '-e', RELAY_SOURCE, `${place}/way`],
    ready: READY,
  };
}

/**
 * The runner's end of a sandbox's way out: the sockets `proxy` and `alive` in a folder that the relay in the sandbox is shown. Nothing of the
 * accounting is in the sandbox.
 */
export class WayOut {
  readonly variables: Readonly<Record<string, string>>;
  readonly #proxy: EgressProxy;
  readonly #alive: Server;
  #onAsked: (asked: Asked) => void = () => undefined;
  #relay: Socket | null = null;
  #arrived: () => void = () => undefined;
  readonly #arrival: Promise<void>;

  private constructor(
    readonly folder: string,
    private readonly home: string,
    private readonly fd: number,
    egress: Egress,
    resolve: Resolve,
  ) {
    this.variables = variables(egress);
    this.#proxy = new EgressProxy(egress, resolve, (asked) => {
      this.#onAsked(asked);
    });
    this.#arrival = new Promise((arrived) => {
      this.#arrived = arrived;
    });
    this.#alive = createServer((socket) => {
      this.#take(socket);
    });
  }

  /** Opens the sockets beside the folder `inDir` of a sandbox. Rejects with the error of the system where it cannot. */
  static async open(inDir: string, egress: Egress, resolve: Resolve = system): Promise<WayOut> {
    // The outer folder keeps everybody else of this machine out, the inner one is what is shown, to whatever user the relay is.
    const home = join(dirname(inDir), 'egress');
    const folder = join(home, 'way');
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home, { mode: 0o700 });
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    // The path of a socket may have 107 characters, and a repository's is often longer.
    const fd = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
    const way = new WayOut(folder, home, fd, egress, resolve);
    try {
      const short = `/proc/self/fd/${String(fd)}`;
      await way.#proxy.listen(`${short}/proxy`);
      await new Promise<void>((resolve, reject) => {
        way.#alive.once('error', reject);
        way.#alive.listen({ path: `${short}/alive`, readableAll: true, writableAll: true }, resolve);
      });
    } catch (error) {
      await way.close();
      throw error;
    }
    return way;
  }

  /** Resolves when the relay has said that it listens. */
  arrival(): Promise<void> {
    return this.#arrival;
  }

  /** Whether the relay is there. */
  isOpen(): boolean {
    return this.#relay?.closed === false;
  }

  /** Whether it ever was. */
  wasOpen(): boolean {
    return this.#relay !== null;
  }

  /** Each connection that is asked for from now on is told to `onAsked`. */
  tell(onAsked: (asked: Asked) => void = () => undefined): void {
    this.#onAsked = onAsked;
  }

  /** Ends the connections of a command that has ended. */
  hush(): void {
    this.#proxy.closeConnections();
    this.#onAsked = () => undefined;
  }

  async close(): Promise<void> {
    this.#relay?.destroy();
    const alive = this.#alive.listening ? new Promise((resolve) => this.#alive.close(resolve)) : null;
    await Promise.all([this.#proxy.close(), alive]);
    // Not before: the sockets are taken away by the paths that they were made by.
    closeSync(this.fd);
    rmSync(this.home, { recursive: true, force: true });
  }

  /** The first is the relay: the step has not begun. Others are the step's own, which gain nothing by it. */
  #take(socket: Socket): void {
    socket.on('error', () => socket.destroy());
    if (this.#relay !== null) {
      socket.destroy();
      return;
    }
    this.#relay = socket;
    socket.resume();
    this.#arrived();
  }
}
