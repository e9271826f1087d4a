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
  /** Limits that its kernel and its rights let it set. */
  readonly bounds: { readonly memory: boolean; readonly pids: boolean; readonly cpu: boolean };
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
      memory: grouped && said.MemoryLimit === true && said.SwapLimit !== false,
      pids: grouped && said.PidsLimit === true,
      cpu: grouped && (said.CPUCfsQuota ?? said.CpuCfsQuota) === true,
    },
    os: said.OSType ?? 'linux',
  };
}

/** Why no step may run by an engine, such as that it could not bound one; null if it may. */
export function unfit({ os, bounds, cgroups, maps }: EngineFacts): Unavailable | null {
  if (os !== 'linux')
    return unavailable('docker', `the engine runs ${os} containers`, 'Switch it to Linux containers.');
  const unbound = (['memory', 'pids'] as const).filter((each) => !bounds[each]);
  if (unbound.length === 0) return null;
  return unavailable(
    'docker',
    `the engine cannot bound ${unbound.join(' and ')} here (control groups version ${cgroups === '' ? 'unknown' : cgroups}${maps === 'rootless' ? ', rootless' : ''}), and steps without that limit are not run`,
    maps === 'rootless'
      ? 'Boot with control groups version 2 (systemd.unified_cgroup_hierarchy=1) and delegate them to your user: https://rootlesscontaine.rs/getting-started/common/cgroup2/'
      : 'Turn these control groups on (kernel arguments cgroup_enable=memory swapaccount=1), or use another driver.',
  );
}

/** What holds in the containers of an engine; `carried`: folders are brought there as archives. */
export function engineEnforcement(facts: EngineFacts, owner: Owner, carried: boolean): Enforcement {
  const { bounds, seccomp, maps } = facts;
  const group = (is: boolean, what: string): Enforced =>
    is ? yes(`${what}, by control groups`) : no('the engine has no control group for it');
  return {
    files: yes('a root of its own, read-only; only its work tree, its outputs and temporary folders can be written'),
    processes: yes('a process namespace of its own; all of it ends with the step'),
    network: yes('none, unless policy and step ask for it: hosts of a list through a proxy, or all'),
    users:
      maps === null
        ? yes(
            carried
              ? 'steps are a user that nobody else is, never root'
              : `steps are user ${String(owner.uid)}, never root`,
          )
        : yes(`steps are a user of their own user namespace (${maps}), never root`),
    privileges: yes('no capabilities, and none to be gained'),
    'system calls': seccomp ? yes('the engine’s own filter') : no('the engine filters none'),
    memory: group(bounds.memory, 'all of a step'),
    cpu: group(bounds.cpu, 'all of a step'),
    pids: group(bounds.pids, 'all of a step'),
    disk: carried
      ? partly('counted when it is brought back; until then a file is bounded, and all of them are not')
      : yes(WATCHED.disk),
    output: yes(WATCHED.output),
    time: yes(WATCHED.time),
  };
}
