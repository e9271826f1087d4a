import type Docker from 'dockerode';
import { join } from 'node:path';
import type { Owner, SandboxSpec } from '../../app/ports.js';
import { MOUNTED_GIT, mountedObjects } from '../workspace/private-git.js';

export const PATHS = { workspace: '/workspace', in: '/pushpals/in', out: '/pushpals/out' } as const;
export const LABELS = { repository: 'pushpals.repository', run: 'pushpals.run', key: 'pushpals.key' } as const;

/** Deterministic, so that what a dead runner left is found under the same name. */
export const containerName = ({ repositoryId, run, key }: SandboxSpec): string => `pushpals-${repositoryId.slice(0, 8)}-${run}-${key}`;

/** Every flag of every container, in one place. A test reads them back from the engine. */
export function containerOptions(spec: SandboxSpec, owner: Owner): Docker.ContainerCreateOptions {
  const { workspace } = spec;
  const bind = (from: string, to: string, mode: 'ro' | 'rw'): Docker.MountSettings => ({ Type: 'bind', Source: from, Target: to, ReadOnly: mode === 'ro' });
  return {
    name: containerName(spec),
    Image: spec.image ?? '',
    // Waits on its open standard input for ever, with no child of its own.
    Entrypoint: ['/bin/sh'],
    Cmd: ['-c', 'read -r forever'],
    OpenStdin: true,
    User: `${String(owner.uid)}:${String(owner.gid)}`,
    WorkingDir: PATHS.workspace,
    Labels: { [LABELS.repository]: spec.repositoryId, [LABELS.run]: spec.run, [LABELS.key]: spec.key },
    HostConfig: {
      NetworkMode: spec.network === 'full' ? 'bridge' : 'none',
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      ReadonlyRootfs: true,
      Tmpfs: { '/tmp': 'rw,nosuid,nodev,exec,size=512m,mode=1777' },
      PidsLimit: spec.pids,
      Memory: spec.memoryBytes,
      MemorySwap: spec.memoryBytes,
      NanoCpus: Math.round(spec.cpus * 1e9),
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
