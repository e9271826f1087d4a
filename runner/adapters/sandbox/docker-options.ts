import type Docker from 'dockerode';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ExecSpec, SandboxSpec } from '../../app/ports/sandbox.js';
import type { Owner } from '../../app/ports/workspaces.js';
import type { EngineFacts } from './engine-facts.js';
import { MOUNTED_GIT, mountedObjects } from '../workspace/private-git.js';
import { commonEnvironment } from './environment.js';
import { PATHS } from './layout.js';

export const LABELS = { repository: 'pushpals.repository', run: 'pushpals.run', key: 'pushpals.key' } as const;

/**
 * Who the container's first process is: not the step's user, so that no step can signal or trace it. It is all that lives on
 * from one step to the next. No system account has these ids.
 */
export const KEEPER = 61348;
const KEEPER_TOO = 61349;
export const HOME = '/home/agent';
/** Where a step can leave files, beside its work tree and its outputs; all of it is in memory. */
export const VOLATILE = ['/tmp', HOME, '/dev/shm'] as const;
const NAME_LENGTH = 200;

/** Left to itself, Podman asks for more than a kernel may let it have, and then starts nothing. */
const PODMAN_ULIMITS = [
  { Name: 'nofile', Soft: 8192, Hard: 8192 },
  { Name: 'nproc', Soft: 4096, Hard: 4096 },
];

/** How many processes there are while no step runs: the first, and the one that it waits for. */
export const IDLE_PROCESSES = 2;

export interface UsedImage {
  readonly id: string;
  /** The folders that it declares as volumes. */
  readonly volumes: readonly string[];
}

/** Deterministic, so that what a dead runner left is found under the same name. */
export function containerName({ repositoryId, run, key }: SandboxSpec): string {
  const wanted = `pushpals-${repositoryId.slice(0, 8)}-${run}-${key}`;
  const legal = wanted.replace(/[^A-Za-z0-9_.-]/g, '-');
  if (legal === wanted && legal.length <= NAME_LENGTH) return legal;
  return `${legal.slice(0, NAME_LENGTH - 13)}-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`;
}

/**
 * Every flag of every container, in one place. A test reads them back from the engine. The image is named by its id, so that a tag cannot move meanwhile;
 * `relay` is the id of the container whose network it shares, where it has a list of hosts.
 */
export function containerOptions(
  spec: SandboxSpec,
  owner: Owner,
  image: UsedImage,
  engine: EngineFacts['name'],
  relay?: string,
): Docker.ContainerCreateOptions {
  const { workspace, limits } = spec;
  const keeper = String(owner.uid === KEEPER ? KEEPER_TOO : KEEPER);
  const bind = (from: string, to: string, mode: 'ro' | 'rw'): Docker.MountSettings => ({
    Type: 'bind',
    Source: from,
    Target: to,
    ReadOnly: mode === 'ro',
  });
  const half = String(Math.floor(limits.memoryBytes / 2));
  // Podman does not know whose a temporary folder is; nobody but the step is in the container, so everybody may write there.
  const own = engine === 'podman' ? '' : `,uid=${String(owner.uid)},gid=${String(owner.gid)}`;
  return {
    name: containerName(spec),
    Image: image.id,
    // Waits for a child that waits on standard input, which stays open. Waiting for a child, the shell also takes in the
    // processes that steps orphan; it needs no program of the image but /bin/sh.
    Entrypoint: ['/bin/sh'],
    Cmd: ['-c', 'while :; do (read -r _); done'],
    OpenStdin: true,
    // The image's own would run what stands in the work tree: beside steps, and as somebody whom no step can end.
    Healthcheck: { Test: ['NONE'] },
    User: `${keeper}:${keeper}`,
    WorkingDir: PATHS.workspace,
    Labels: labels(spec),
    HostConfig: {
      NetworkMode: networkMode(spec, relay),
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      ReadonlyRootfs: true,
      // Counted against the memory limit as well.
      Tmpfs: {
        // The engine gives it the mode of the image's own /tmp, whatever is asked for here, so it belongs to the steps.
        '/tmp': `rw,nosuid,nodev,exec,size=${half},mode=1777${own}`,
        [HOME]: `rw,nosuid,nodev,exec,size=${half},mode=${engine === 'podman' ? '1777' : '0700'}${own}`,
        ...Object.fromEntries(
          volumesOf(spec, image).map((path) => [path, `rw,nosuid,nodev,exec,size=${half},mode=1777${own}`]),
        ),
      },
      PidsLimit: limits.pids,
      Memory: limits.memoryBytes,
      MemorySwap: limits.memoryBytes,
      NanoCpus: Math.round(limits.cpus * 1e9),
      Ulimits: [
        { Name: 'core', Soft: 0, Hard: 0 },
        // A single file is bounded by the kernel; all of them together are watched.
        { Name: 'fsize', Soft: limits.diskBytes, Hard: limits.diskBytes },
        ...(engine === 'podman' ? PODMAN_ULIMITS : []),
      ],
      IpcMode: 'private',
      LogConfig: { Type: 'none', Config: {} },
      Mounts: [
        bind(workspace.dir, PATHS.workspace, 'rw'),
        bind(join(workspace.dir, '.git'), `${PATHS.workspace}/.git`, 'ro'),
        bind(workspace.gitDir, MOUNTED_GIT, 'rw'),
        ...workspace.objectDirs.map((dir, index) => bind(dir, mountedObjects(index), 'ro')),
        bind(spec.inDir, PATHS.in, 'ro'),
        bind(spec.outDir, PATHS.out, 'rw'),
      ],
    },
  };
}

/**
 * The volumes that the image declares, and that nothing of ours is mounted at. Left to the engine, each is a folder on its disk that no limit bounds and that stays
 * from one step to the next; so each is in memory, as `/tmp` is, and what the image has there is not seen.
 */
export function volumesOf({ workspace }: SandboxSpec, { volumes }: UsedImage): readonly string[] {
  const own: ReadonlySet<string> = new Set([
    ...[PATHS.workspace, MOUNTED_GIT, PATHS.in, PATHS.out, ...VOLATILE],
    ...workspace.objectDirs.map((_, index) => mountedObjects(index)),
  ]);
  return volumes.map((path) => path.replace(/(?<=.)\/+$/, '')).filter((path) => !own.has(path));
}

/** The same, with folders that only the container has in the place of this machine's. They go with it. */
export function carriedOptions(
  options: Docker.ContainerCreateOptions,
  volumes: readonly string[],
): Docker.ContainerCreateOptions {
  const mounts = volumes.map((target) => ({ Type: 'volume', Target: target, VolumeOptions: { NoCopy: true } }));
  return { ...options, HostConfig: { ...options.HostConfig, Mounts: mounts as unknown as Docker.MountConfig } };
}

export const labels = ({ repositoryId, run, key }: SandboxSpec): Record<string, string> => ({
  [LABELS.repository]: repositoryId,
  [LABELS.run]: run,
  [LABELS.key]: key,
});

function networkMode({ network }: SandboxSpec, relay: string | undefined): string {
  if (typeof network === 'string') return network === 'full' ? 'bridge' : 'none';
  if (relay === undefined) throw new TypeError('a list of hosts without a relay');
  return `container:${relay}`;
}

/** A command in the container, as the owner, with the image's own PATH. One pipe for both streams, so that their order holds. */
export function execOptions(owner: Owner, command: readonly string[], env: ExecSpec['env']): Docker.ExecCreateOptions {
  return {
    AttachStdin: true,
    Cmd: [...command],
    Env: Object.entries({ ...commonEnvironment(HOME), ...env }).map(([name, value]) => `${name}=${value}`),
    User: `${String(owner.uid)}:${String(owner.gid)}`,
    WorkingDir: PATHS.workspace,
    AttachStdout: true,
    AttachStderr: true,
  };
}
