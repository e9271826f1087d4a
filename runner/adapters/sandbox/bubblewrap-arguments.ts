import { existsSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ExecSpec, SandboxSpec } from '../../app/ports/sandbox.js';
import type { StepLimits } from '../../core/step-limits.js';
import type { Owner } from '../../app/ports/workspaces.js';
import { MOUNTED_GIT, mountedObjects } from '../workspace/private-git.js';
import { commonEnvironment } from './environment.js';
import { shellWord } from '../../core/shell-word.js';
import { secretVariables } from './handed-secrets.js';
import { PATHS } from './layout.js';

const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];
const CONFIGURATION = [
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'alternatives',
  'ssl/certs',
  'ssl/openssl.cnf',
  'localtime',
  'mime.types',
];
const NETWORK_CONFIGURATION = ['resolv.conf', 'hosts', 'nsswitch.conf', 'gai.conf', 'services'];
const HOME = '/tmp/home';
const LAUNCH = '/pushpals/launch';
const SCRIPT = '/pushpals/script';
const secretPlace = (name: string): string => `/pushpals/secret-${name}`;
const SHARED_MEMORY = 64 * 1024 * 1024;

/** A file that exists in the sandbox only. It reaches bubblewrap through a pipe, so nobody else can read or change it. */
export interface Handed {
  readonly path: string;
  readonly content: string;
}

/** Who the runner is, and whom it makes steps be. */
export interface Users {
  readonly self: Owner;
  readonly owner: Owner;
}

/** As root, bubblewrap sets up the mounts as root and the command gives up being root; else a user namespace does both. */
const givesUpRoot = ({ self, owner }: Users): boolean => self.uid === 0 && owner.uid !== 0;

/** Namespaces and capabilities: the part that the machine may refuse, so the part that is probed. */
export function isolation(users: Users, network: SandboxSpec['network']): readonly string[] {
  const inside = insideOf(users.owner);
  return [
    ...(givesUpRoot(users) ? [] : ['--unshare-user', '--uid', inside.uid, '--gid', inside.gid]),
    ...['--unshare-ipc', '--unshare-pid', '--unshare-uts', '--unshare-cgroup-try'],
    ...(network === 'full' ? [] : ['--unshare-net']),
    ...['--die-with-parent', '--new-session', '--clearenv', '--hostname', 'sandbox', '--cap-drop', 'ALL'],
    ...(givesUpRoot(users) ? ['CAP_SETUID', 'CAP_SETGID', 'CAP_SETPCAP'].flatMap((name) => ['--cap-add', name]) : []),
  ];
}

/** The command's own prefix: limits (`alone`: no control group has them), and the way from root to the owner for good. */
export function launcher(users: Users, limits: StepLimits | null, alone = false): readonly string[] {
  const size = limits === null ? [] : [`--fsize=${String(limits.diskBytes)}`];
  const bounds =
    limits === null || !alone ? [] : [`--nproc=${String(limits.pids)}`, `--data=${String(limits.memoryBytes)}`];
  const { uid, gid } = users.owner;
  const away = [
    '/usr/bin/setpriv',
    `--reuid=${String(uid)}`,
    `--regid=${String(gid)}`,
    '--clear-groups',
    '--inh-caps=-all',
    '--ambient-caps=-all',
    '--bounding-set=-all',
    '--no-new-privs',
  ];
  return ['/usr/bin/prlimit', '--core=0', ...size, ...bounds, ...(givesUpRoot(users) ? away : [])];
}

/** The system's programs, read-only; links such as `/bin -> usr/bin` as they are. */
export function system(): readonly string[] {
  return SYSTEM.filter((path) => existsSync(path)).flatMap((path) => {
    const real = realpathSync(path);
    return real === path ? ['--ro-bind', path, path] : ['--symlink', real.slice(1), path];
  });
}

/** What a sandbox is given whose only network is a way out: files to mount, read-only, and the command that opens it. */
export interface Relay {
  readonly files: readonly { readonly from: string; readonly to: string }[];
  readonly command: readonly string[];
  /** What that prints once the way is open. */
  readonly ready: string;
}

/** Every other argument: what the command sees of the disk. The last of equal places wins, so ours come last. */
export function mounts(spec: SandboxSpec, toolchains: readonly string[], relay: Relay | null): readonly string[] {
  const { workspace, limits } = spec;
  const readOnly = (from: string, to: string): readonly string[] => ['--ro-bind', from, to];
  const size = String(Math.floor(limits.memoryBytes / 2));
  const configuration = [...CONFIGURATION, ...(spec.network === 'full' ? NETWORK_CONFIGURATION : [])].map(
    (name) => `/etc/${name}`,
  );
  return [
    ...['--proc', '/proc', '--dev', '/dev'],
    ...['--perms', '1777', '--size', String(SHARED_MEMORY), '--tmpfs', '/dev/shm'],
    ...['--perms', '1777', '--size', size, '--tmpfs', '/tmp'],
    // Folders that bubblewrap makes by itself on the way to a mount are open to their maker alone.
    ...['/etc', '/etc/ssl', '/pushpals', '/objects'].flatMap(directory),
    ...system(),
    ...[...configuration, ...toolchains]
      .filter((path) => existsSync(path))
      .flatMap((path) => readOnly(realpathSync(path), path)),
    ...['--bind', workspace.dir, PATHS.workspace],
    ...readOnly(`${workspace.dir}/.git`, `${PATHS.workspace}/.git`),
    ...['--bind', workspace.gitDir, MOUNTED_GIT],
    ...workspace.objectDirs.flatMap((dir, index) => readOnly(dir, mountedObjects(index))),
    ...(relay?.files ?? []).flatMap(({ from, to }) => [...directory(dirname(to)), ...readOnly(from, to)]),
    ...readOnly(spec.inDir, PATHS.in),
    ...['--bind', spec.outDir, PATHS.out],
    ...['--chdir', PATHS.workspace],
  ];
}

const directory = (path: string): readonly string[] => ['--perms', '0755', '--dir', path];

/**
 * Starts the relay as nobody's child that the step could wait for, and the step once it is ready. What it prints otherwise says what went wrong.
 */
function opening({ command, ready }: Relay): readonly string[] {
  const quoted = command.map(shellWord).join(' ');
  return [`way=$( (${quoted} 2>&1 &) )`, `[ "$way" = ${ready} ] || { echo "$way"; exit 125; }`];
}

/**
 * The script and what starts it. The environment is a file that the shell reads after it has given up being root: as
 * arguments it would stand in the process list, and as bubblewrap's own environment it could make the loader run a step's code outside.
 */
export function handed(
  owner: Owner,
  searchPath: string,
  { script, env, secrets = [] }: Pick<ExecSpec, 'script' | 'env' | 'secrets'>,
  relay: Relay | null,
): readonly Handed[] {
  const { uid, gid } = insideOf(owner);
  const files = secrets.filter(({ as }) => as === 'file');
  const variables = secretVariables(secrets, secretPlace);
  const environment = { ...commonEnvironment(HOME), PATH: searchPath, ...env, ...variables };
  const lines = Object.entries(environment).map(([name, value]) => {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new TypeError(`not the name of a variable: ${name}`);
    return `export ${name}=${shellWord(value)}`;
  });
  const before = relay === null ? [] : opening(relay);
  return [
    {
      path: '/etc/passwd',
      content: `agent:x:${uid}:${gid}:agent:${HOME}:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n`,
    },
    { path: '/etc/group', content: `agent:x:${gid}:\nnogroup:x:65534:\n` },
    { path: SCRIPT, content: script },
    ...files.map(({ name, value }) => ({ path: secretPlace(name), content: value })),
    {
      path: LAUNCH,
      content: ['umask 022', `/bin/mkdir -m 0700 ${HOME}`, ...before, ...lines, `exec /bin/sh ${SCRIPT}`, ''].join(
        '\n',
      ),
    },
  ];
}

export const COMMAND = ['/bin/sh', LAUNCH] as const;

/** Nobody is root inside, whoever they are outside. */
function insideOf({ uid, gid }: Owner): { readonly uid: string; readonly gid: string } {
  return { uid: String(uid === 0 ? 1000 : uid), gid: String(gid === 0 ? 1000 : gid) };
}
