// deadline: 900s
// one Node: what holds is the engine
import { test } from 'uvu';
import { createServer, connect, type Server } from 'node:net';
import { DockerDriver } from '../../../runner/adapters/sandbox/docker.js';
import { sandboxContract } from '../../contracts/sandbox.js';
import type { Register, SandboxTraits } from '../../contracts/sandbox-rig.js';
import { has, needs } from '../../engine.js';
import { startPodman } from '../../podman.js';

/**
 * Engines other than the local Docker. The whole contract takes minutes, so the suite has what could differ; all of it, on any other engine as
 * well:
 *
 *     PUSHPALS_ENGINES=tcp,podman,unix:///run/user/1000/docker.sock node scripts/test.mjs sandbox/engines
 */
const asked = process.env['PUSHPALS_ENGINES']?.split(',') ?? null;
const DIFFERS = {
  tcp: /tells how|what it writes is on the host|git works|cannot be written|\.git stays|files of the host|no rights|on what was changed|fills the disk/,
  podman:
    /is available here|tells how|what it writes is on the host|git works|too much memory|time is up|no rights|temporary folder/,
} as const;

const self = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const owner = self.uid === 0 ? { uid: 61347, gid: 61347 } : self;
const IMAGE = 'pushpals-test:1';
const traits: SandboxTraits = { isolates: true, boundsMemory: true, image: IMAGE, isVariant: true };

/** The local engine as one that is elsewhere: it is reached by TCP, and so nothing of this machine is mounted. */
function elsewhere(): Promise<Server> {
  const server = createServer((client) => {
    // The driver keeps its connections; the test does not wait for them.
    client.unref();
    const engine = connect('/var/run/docker.sock').unref();
    for (const [from, to] of [
      [client, engine],
      [engine, client],
    ] as const) {
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      server.unref();
      resolve(server);
    });
  });
}

function contract(
  name: string,
  host: string,
  driver: 'docker' | 'podman',
  differs = /./,
  more: Partial<SandboxTraits> = {},
): void {
  const register = needs(driver, test);
  const some: Register = (what, run) => {
    if (asked !== null || differs.test(what)) register(what, run);
  };
  // An engine that is elsewhere has no control group here.
  const groupOf = host.startsWith('tcp:') ? [(): null => null] : [];
  sandboxContract(name, () => new DockerDriver(owner, { host }, SEARCH_PATH, ...groupOf), { ...traits, ...more }, some);
}

const SEARCH_PATH = '/usr/local/bin:/usr/bin:/bin';
const wanted = asked ?? ['tcp', 'podman'];

if (wanted.includes('tcp')) {
  const server = await elsewhere();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  contract('docker elsewhere', `tcp://127.0.0.1:${String(address.port)}`, 'docker', DIFFERS.tcp);
  test.after(() => {
    server.close();
  });
}

if (wanted.includes('podman')) {
  const service = has('podman') ? await startPodman(IMAGE) : null;
  contract('podman', service?.host ?? '', 'podman', DIFFERS.podman, { countsRefusals: true });
  test.after(() => {
    service?.close();
  });
}

for (const host of wanted.filter((each) => each.includes('://')))
  contract(host, host, 'docker', /./, { countsRefusals: true });

test.run();
