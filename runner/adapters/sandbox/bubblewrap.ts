import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { ok, type Failure, type Result } from '../../core/failure.js';
import type { ExecEnd, ExecSpec, Owner, Sandbox, SandboxDriver, SandboxSpec } from '../../app/ports.js';
import { run } from './child.js';
import { ControlGroup, canLimit } from './cgroup.js';
import { commonEnvironment } from './environment.js';
import { MOUNTED_GIT, mountedObjects } from '../workspace/private-git.js';

const PATHS = { workspace: '/workspace', in: '/pushpals/in', out: '/pushpals/out' } as const;
const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];
const CONFIGURATION = ['/etc/ld.so.cache', '/etc/ld.so.conf', '/etc/ld.so.conf.d', '/etc/alternatives', '/etc/ssl/certs', '/etc/ssl/openssl.cnf', '/etc/localtime', '/etc/mime.types'];
const UID = '1000';

/**
 * Runs each step in fresh namespaces by bubblewrap: own mounts (the system read-only, nothing of `/home`, `/root`, `/var`, `/run`), own
 * processes, own network with nothing in it, no capabilities. As root, control groups bound memory, processes and cpu; otherwise
 * the shell's limits bound processes and address space only, and cpu is not bounded.
 */
export class BubblewrapDriver implements SandboxDriver {
  readonly name = 'bubblewrap';
  readonly warning = null;

  constructor(
    readonly owner: Owner,
    private readonly searchPath: string,
    /** Folders with tools beyond the system's own, mounted read-only at their places. */
    private readonly toolchains: readonly string[],
    private readonly newId: () => string,
  ) {}

  async unavailable(): Promise<Extract<Failure, { class: 'sandbox-unavailable' }> | null> {
    const probe = await execa('bwrap', ['--unshare-all', '--ro-bind', '/', '/', '--proc', '/proc', 'true'], { reject: false, env: { PATH: this.searchPath }, extendEnv: false, stdin: 'ignore' });
    if (probe.exitCode === 0) return null;
    const missing = probe.code === 'ENOENT';
    const why = missing ? 'bwrap is not installed' : `bwrap cannot make namespaces here: ${probe.stderr.trim().slice(0, 300)}`;
    const mend = missing ? 'Install bubblewrap: apt-get install bubblewrap' : 'Allow user namespaces: sysctl kernel.unprivileged_userns_clone=1 (or user.max_user_namespaces), or choose another driver.';
    return { class: 'sandbox-unavailable', driver: this.name, why, mend };
  }

  open(spec: SandboxSpec): Promise<Result<Sandbox>> {
    const synthesized = join(spec.inDir, '.etc');
    mkdirSync(synthesized, { recursive: true });
    writeFileSync(join(synthesized, 'passwd'), `agent:x:${UID}:${UID}:agent:/tmp/home:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n`);
    writeFileSync(join(synthesized, 'group'), `agent:x:${UID}:\nnogroup:x:65534:\n`);
    let count = 0;
    return Promise.resolve(
      ok({
        paths: PATHS,
        imageDigest: null,
        exec: async (exec: ExecSpec): Promise<Result<ExecEnd>> => {
          count += 1;
          const name = `step-${String(count)}.sh`;
          writeFileSync(join(spec.inDir, name), exec.script, { mode: 0o644 });
          return ok(await this.#exec(spec, exec, `${PATHS.in}/${name}`, synthesized));
        },
        close: () => Promise.resolve(),
      }),
    );
  }

  sweep(): Promise<readonly string[]> {
    // A sandbox dies with the runner that started it (--die-with-parent); there is nothing to find.
    return Promise.resolve([]);
  }

  async #exec(spec: SandboxSpec, exec: ExecSpec, script: string, synthesized: string): Promise<ExecEnd> {
    const group = canLimit(this.owner.uid) ? new ControlGroup(this.newId(), spec) : null;
    const limits = group === null ? `ulimit -u ${String(spec.pids)} 2>/dev/null; ulimit -v ${String(Math.floor(spec.memoryBytes / 1024))};` : '';
    const join = (group?.joinFiles ?? []).map((file) => `echo $$ > '${file}' || exit 125;`).join(' ');
    const child = spawn('/bin/sh', ['-c', `${join} ${limits} exec bwrap "$@"`, 'sh', ...this.#arguments(spec, exec, synthesized), '/bin/sh', script], {
      detached: true,
      env: { PATH: this.searchPath },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const endAll = (): void => {
      if (child.pid !== undefined) killGroup(child.pid);
      for (const pid of group?.members() ?? []) killOne(pid);
    };
    const end = await run(child, exec, endAll);
    if (group === null) return end;
    const outOfMemory = group.outOfMemory() > 0;
    for (const deadline = Date.now() + 10_000; group.members().length > 0 && Date.now() < deadline; ) {
      endAll();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    group.remove();
    return { ...end, outOfMemory };
  }

  #arguments(spec: SandboxSpec, exec: ExecSpec, synthesized: string): readonly string[] {
    const { workspace } = spec;
    const readOnly = (from: string, to = from): readonly string[] => ['--ro-bind', from, to];
    const system = SYSTEM.filter((path) => existsSync(path)).flatMap((path) => {
      const real = realpathSync(path);
      return real === path ? readOnly(path) : ['--symlink', real.slice(1), path];
    });
    const extra = [...CONFIGURATION, ...this.toolchains, ...(spec.network === 'full' ? ['/etc/resolv.conf', '/etc/hosts', '/etc/nsswitch.conf'] : [])];
    const environment = { ...commonEnvironment({ path: this.searchPath, home: '/tmp/home' }), ...exec.env };
    return [
      ...['--unshare-all', ...(spec.network === 'full' ? ['--share-net'] : []), '--die-with-parent', '--new-session', '--clearenv'],
      ...['--cap-drop', 'ALL', '--uid', UID, '--gid', UID, '--hostname', 'sandbox'],
      ...['--tmpfs', '/', '--proc', '/proc', '--dev', '/dev', '--size', String(512 * 1024 * 1024), '--tmpfs', '/tmp', '--dir', '/tmp/home', '--dir', '/etc'],
      ...system,
      ...extra.filter((path) => existsSync(path)).flatMap((path) => readOnly(realpathSync(path), path)),
      ...readOnly(`${synthesized}/passwd`, '/etc/passwd'),
      ...readOnly(`${synthesized}/group`, '/etc/group'),
      ...['--bind', workspace.dir, PATHS.workspace],
      ...readOnly(`${workspace.dir}/.git`, `${PATHS.workspace}/.git`),
      ...['--bind', workspace.gitDir, MOUNTED_GIT],
      ...workspace.objectDirs.flatMap((dir, index) => readOnly(dir, mountedObjects(index))),
      ...readOnly(spec.inDir, PATHS.in),
      ...['--bind', spec.outDir, PATHS.out],
      ...['--remount-ro', '/'],
      ...['--chdir', PATHS.workspace],
      ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
      '--',
    ];
  }
}

const killGroup = (pid: number): void => { killOne(-pid); };

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
