import type Docker from 'dockerode';
import { no, partly, yes, type Enforced, type Enforcement, WATCHED } from '../../core/enforcement.js';
import type { Owner } from '../../app/ports/workspaces.js';
import { unavailable, type Unavailable } from './layout.js';

const ANSWER_MS = 10_000;

/** What an engine says of itself and of the kernel below it. */
export interface EngineFacts {
  readonly name: 'docker' | 'podman';
  readonly version: string;
  /** Its root is no root of the machine: it runs as somebody else, or maps users. Null if it does neither. */
  readonly maps: 'rootless' | 'userns' | null;
  /** System calls are filtered unless a container asks for otherwise, which ours do not. */
  readonly seccomp: boolean;
  readonly cgroups: string;
  /** Limits that its kernel and its rights let it set. Without `swap` a step goes on in the swap where its memory ends. */
  readonly bounds: { readonly memory: boolean; readonly swap: boolean; readonly pids: boolean; readonly cpu: boolean };
  readonly os: string;
}

interface Info {
  readonly SecurityOptions?: readonly string[];
  readonly OSType?: string;
  readonly ServerVersion?: string;
  readonly CgroupVersion?: string;
  readonly CgroupDriver?: string;
  readonly MemoryLimit?: boolean;
  readonly SwapLimit?: boolean;
  readonly PidsLimit?: boolean;
  readonly CPUCfsQuota?: boolean;
  readonly CpuCfsQuota?: boolean;
}

/** Asks the engine. Throws what it says; one that hangs is given up after ten seconds. */
export async function engineFacts(engine: Docker): Promise<EngineFacts> {
  // The client takes the option, its types do not know it. An engine that hangs must not hang the tick.
  const info = engine.info.bind(engine) as (options: object) => Promise<Info>;
  const version = engine.version.bind(engine) as unknown as (options: object) => Promise<{
    readonly Components?: readonly { readonly Name?: string }[];
  }>;
  const options = { abortSignal: AbortSignal.timeout(ANSWER_MS) };
  const [said, { Components = [] }] = await Promise.all([info(options), version(options)]);
  const security = said.SecurityOptions ?? [];
  const has = (name: string): boolean =>
    security.some((option) => option === `name=${name}` || option.startsWith(`name=${name},`));
  // Without a driver for control groups there are no limits, whatever the kernel could do.
  const grouped = said.CgroupDriver !== 'none';
  return {
    name: Components.some(({ Name = '' }) => Name.startsWith('Podman')) ? 'podman' : 'docker',
    version: said.ServerVersion ?? '',
    maps: has('rootless') ? 'rootless' : has('userns') ? 'userns' : null,
    seccomp: has('seccomp') && !security.some((option) => /^name=seccomp,.*profile=unconfined/.test(option)),
    cgroups: said.CgroupVersion ?? '',
    bounds: {
      memory: grouped && said.MemoryLimit === true,
      swap: grouped && said.SwapLimit !== false,
      pids: grouped && said.PidsLimit === true,
      cpu: grouped && (said.CPUCfsQuota ?? said.CpuCfsQuota) === true,
    },
    os: said.OSType ?? 'linux',
  };
}

/** Why no step may run by an engine, such as that it could not bound one; null if it may. */
export function unfit(facts: EngineFacts): Unavailable | null {
  const { os, bounds, cgroups, maps } = facts;
  if (os !== 'linux')
    return unavailable('docker', `the engine runs ${os} containers`, 'Switch it to Linux containers.');
  const unbound = (['memory', 'swap', 'pids'] as const).filter((each) => !bounds[each]);
  if (unbound.length === 0) return null;
  const version = `control groups version ${cgroups === '' ? 'unknown' : cgroups}`;
  return unavailable(
    'docker',
    `the engine cannot bound ${unbound.join(' and ')} here (${version}${maps === 'rootless' ? ', rootless' : ''}), and steps without that limit are not run`,
    mendOf(facts, unbound),
  );
}

/** Where it is explained for each distribution. */
const DELEGATION = 'https://rootlesscontaine.rs/getting-started/common/cgroup2/';

function mendOf({ cgroups, maps }: EngineFacts, unbound: readonly string[]): string {
  if (unbound.every((each) => each === 'swap'))
    return 'Have the kernel count it (kernel argument swapaccount=1), or use another driver.';
  if (maps !== 'rootless')
    return 'Turn these control groups on (kernel arguments cgroup_enable=memory swapaccount=1), or use another driver.';
  return cgroups === '2'
    ? `Delegate the control groups to your user (\`Delegate=cpu cpuset io memory pids\` under \`[Service]\` in /etc/systemd/system/user@.service.d/delegate.conf), log in anew and start the engine again: ${DELEGATION}`
    : `Boot with control groups version 2 (systemd.unified_cgroup_hierarchy=1) and delegate them to your user: ${DELEGATION}`;
}

/** What `doctor` says of what is written where this machine does not see it. */
const CARRIED_DISK = {
  carried:
    'counted when it is brought back; until then a file is bounded, and all of them are not: the engine does not say how large its volumes are',
  'carried-and-counted':
    'bytes by what the engine says of its volumes, every second or as often as it can; files when they are brought back',
} as const;

/** What holds in the containers of an engine; carried: folders are brought there as archives, and it says what is written to them, or does not. */
export function engineEnforcement(
  facts: EngineFacts,
  owner: Owner,
  folders: 'mounted' | keyof typeof CARRIED_DISK,
): Enforcement {
  const { bounds, seccomp, maps } = facts;
  const whyNot = maps === 'rootless' ? ': it is not delegated to your user' : '';
  const group = (is: boolean, what: string): Enforced =>
    is ? yes(`${what}, by control groups`) : no(`the engine has no control group for it${whyNot}`);
  return {
    files: yes('a root of its own, read-only; only its work tree, its outputs and temporary folders can be written'),
    processes: yes('a process namespace of its own; all of it ends with the step'),
    network: yes('none, unless policy and step ask for it: hosts of a list through a proxy, or all'),
    users:
      maps === null
        ? yes(
            folders !== 'mounted'
              ? 'steps are a user that nobody else is, never root'
              : `steps are user ${String(owner.uid)}, never root`,
          )
        : yes(`steps are a user of their own user namespace (${maps}), never root`),
    privileges: yes('no capabilities, and none to be gained'),
    'system calls': seccomp ? yes('the engine’s own filter') : no('the engine filters none'),
    memory: group(bounds.memory, 'all of a step'),
    cpu: group(bounds.cpu, 'all of a step'),
    pids: group(bounds.pids, 'all of a step'),
    disk: folders === 'mounted' ? yes(WATCHED.disk) : partly(CARRIED_DISK[folders]),
    output: yes(WATCHED.output),
    time: yes(WATCHED.time),
  };
}
