import type Docker from 'dockerode';
import type { Egress } from '../../core/egress.js';
import { fail, ok, type Result } from '../../core/failure.js';
import type { SandboxSpec } from '../../app/ports/sandbox.js';
import { WayOut, relayOf } from '../egress/way-out.js';
import { removeContainer } from './docker-engine.js';
import { KEEPER, containerName, labels } from './docker-options.js';
import { unavailable, type Unavailable } from './layout.js';

const PLACE = '/pushpals-relay';
const MEMORY = 128 * 1024 * 1024;
const ARRIVE_MS = 20_000;

/** The way out of a container, and the container whose network it shares. */
export interface Relay {
  readonly way: WayOut;
  readonly id: string;
  close(): Promise<void>;
}

/** Starts a relay, and waits until it listens. Throws what the engine says. */
export async function openRelay(
  engine: Docker,
  create: (options: Docker.ContainerCreateOptions) => Promise<Docker.Container>,
  spec: SandboxSpec,
  egress: Egress,
  image: string,
): Promise<Result<Relay, Unavailable>> {
  if (process.platform !== 'linux')
    return fail(
      unavailable(
        'docker',
        `a list of hosts needs an engine that runs on this machine itself, and on ${process.platform} it runs in another`,
        'Run the runner on Linux, or give the step `network: none` or `full`.',
      ),
    );
  const way = await WayOut.open(spec.inDir, egress);
  let container: Docker.Container | undefined;
  const close = async (): Promise<void> => {
    if (container !== undefined) await removeContainer(engine, container.id);
    await way.close();
  };
  try {
    container = await create(relayOptions(spec, way, image));
    await container.start();
    const why = await Promise.race([way.arrival().then(() => null), ended(container), late()]);
    if (why === null) return ok({ way, id: container.id, close });
    await close();
    const mend =
      'See that the engine is on this machine and may mount files of it (`docker info`), or use another driver.';
    return fail(unavailable('docker', `the way out of the sandbox did not open: ${why}`, mend));
  } catch (error) {
    await close();
    throw error;
  }
}

async function ended(container: Docker.Container): Promise<string> {
  const { StatusCode } = (await container.wait()) as { StatusCode: number };
  return `its relay ended with exit code ${String(StatusCode)}`;
}

const late = (): Promise<string> =>
  new Promise((resolve) => {
    setTimeout(resolve, ARRIVE_MS, `its relay did not answer within ${String(ARRIVE_MS / 1000)} s`).unref();
  });

/** The container beside a step's that has its network: nothing but a loopback, on which the runner's Node waits for what the step asks for. */
function relayOptions(spec: SandboxSpec, way: WayOut, image: string): Docker.ContainerCreateOptions {
  const { files, command } = relayOf(PLACE, way);
  const [program = '', ...flags] = command;
  return {
    name: containerName({ ...spec, key: `${spec.key}-relay` }),
    Image: image,
    Entrypoint: [program],
    Cmd: flags,
    // Whatever the image says, nothing of it is wanted here but a place to mount on.
    Env: ['LD_PRELOAD=', 'LD_LIBRARY_PATH=', 'NODE_OPTIONS='],
    Healthcheck: { Test: ['NONE'] },
    User: `${String(KEEPER)}:${String(KEEPER)}`,
    WorkingDir: '/',
    Labels: labels(spec),
    HostConfig: {
      NetworkMode: 'none',
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      ReadonlyRootfs: true,
      PidsLimit: 32,
      Memory: MEMORY,
      MemorySwap: MEMORY,
      NanoCpus: 1e9,
      Ulimits: [{ Name: 'core', Soft: 0, Hard: 0 }],
      IpcMode: 'private',
      LogConfig: { Type: 'none', Config: {} },
      Mounts: files.map(({ from, to }) => ({ Type: 'bind', Source: from, Target: to, ReadOnly: true })),
    },
  };
}
