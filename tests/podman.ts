import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.js';

/** A Podman of its own, with an image of docker's in it, that answers as an engine does. */
export interface PodmanService {
  /** As in DOCKER_HOST. */
  readonly host: string;
  close(): void;
}

/** Starts one. Its store is a folder of plain copies, and it runs containers by runc where there is one: both work in a container too. */
export async function startPodman(image: string): Promise<PodmanService> {
  const home = mkdtempSync(join(tmpdir(), 'pushpals-podman-'));
  const runtime = spawnSync('runc', ['--version']).status === 0 ? 'runtime = "runc"\n' : '';
  writeFileSync(
    join(home, 'containers.conf'),
    `[engine]\ncgroup_manager = "cgroupfs"\nevents_logger = "file"\n${runtime}`,
  );
  const env = { ...process.env, CONTAINERS_CONF: join(home, 'containers.conf') };
  const store = ['--root', join(home, 'root'), '--runroot', join(home, 'run'), '--storage-driver', 'vfs'];
  const container = execFileSync('docker', ['create', image, 'true'], { encoding: 'utf8' }).trim();
  try {
    const script = 'docker export "$1" | { shift; podman "$@"; }';
    execFileSync('sh', ['-c', script, 'sh', container, ...store, 'import', '-', image], { env, stdio: 'ignore' });
  } finally {
    execFileSync('docker', ['rm', '-f', container], { stdio: 'ignore' });
  }
  const socket = join(home, 'engine.sock');
  const service = spawn('podman', [...store, 'system', 'service', '--time=0', `unix://${socket}`], {
    env,
    // What ends for its memory has a file left where the service was started.
    cwd: home,
    stdio: 'ignore',
  });
  await until('podman listens', () => existsSync(socket));
  return {
    host: `unix://${socket}`,
    close: () => {
      service.kill();
      spawnSync('podman', [...store, 'rm', '--force', '--all'], { env });
      rmSync(home, { recursive: true, force: true });
    },
  };
}
