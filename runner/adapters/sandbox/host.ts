import { dirname, join } from 'node:path';
import { WATCHED, no, partly, yes, type Enforcement } from '../../core/enforcement.js';
import { fail, ok, type Result } from '../../core/failure.js';
import type { RunId } from '../../core/ids.js';
import type { ExecEnd, ExecSpec, Sandbox, SandboxDriver, SandboxSpec } from '../../app/ports/sandbox.js';
import type { Owner } from '../../app/ports/workspaces.js';
import { runChild } from './child.js';
import { commonEnvironment } from './environment.js';
import { secretFolder } from './handed-secrets.js';
import { checkFolders, stillRunning, unavailable, writeScript, type Unavailable } from './layout.js';
import { MARK, endAll, markOf, markedRuns, sweepMarked } from './marks.js';
import { spawnAlone } from './spawn-alone.js';
import { NEVER_STARTED } from './stop.js';

/**
 * Runs steps as the runner itself, in the work tree. Isolates nothing and bounds nothing but time, output and what is written to the folders. What a step starts it ends: the
 * process group, and on Linux every process that carries the step's mark in its environment, so also one that made itself a
 * session of its own. A process that left the group *and* cleaned its environment is not found.
 */
export class HostDriver implements SandboxDriver {
  readonly name = 'host';
  readonly warning = 'driver host: nothing is isolated; steps run with your rights, your files and your network';

  constructor(
    readonly owner: Owner,
    private readonly searchPath: string,
    private readonly home: string,
    private readonly newId: () => string,
  ) {}

  unavailable(): Promise<Unavailable | null> {
    if (process.platform !== 'win32') return Promise.resolve(null);
    return Promise.resolve(
      unavailable(
        this.name,
        'it needs /bin/sh and process groups, which Windows does not have',
        'Run the runner inside WSL.',
      ),
    );
  }

  enforcement(): Promise<Result<Enforcement>> {
    const nothing = no('steps run with your rights');
    return Promise.resolve(
      ok({
        files: nothing,
        processes: partly('what a step started ends with it, unless it hid from its group and its environment'),
        network: nothing,
        users: nothing,
        privileges: nothing,
        'system calls': nothing,
        memory: no('not bounded'),
        cpu: no('not bounded'),
        pids: no('not bounded'),
        disk: partly(`in the work tree and the outputs: ${WATCHED.disk}; elsewhere not`),
        output: yes(WATCHED.output),
        time: yes(WATCHED.time),
      }),
    );
  }

  open(spec: SandboxSpec): Promise<Result<Sandbox>> {
    if (typeof spec.network === 'object') {
      const mend = 'Set `sandbox.driver` to docker or bubblewrap in pushpals.yml.';
      return Promise.resolve(fail(unavailable(this.name, 'it cannot hold a step to a list of hosts', mend)));
    }
    const checked = checkFolders(spec);
    if (!checked.ok) return Promise.resolve(checked);
    const paths = { workspace: spec.workspace.dir, in: spec.inDir, out: spec.outDir };
    let count = 0;
    const exec = async (exec: ExecSpec): Promise<Result<ExecEnd>> => {
      if ((await exec.begin) === false || exec.signal.aborted) return ok(NEVER_STARTED);
      count += 1;
      const script = join(spec.inDir, writeScript(spec.inDir, count, exec.script));
      const mark = markOf(spec, this.newId());
      // One pipe for both streams, so that their order holds.
      const handed = secretFolder(exec.secrets ?? [], dirname(spec.inDir));
      const child = spawnAlone('/bin/sh', ['-c', 'exec /bin/sh "$1" 2>&1', 'sh', script], {
        cwd: paths.workspace,
        detached: true,
        env: { ...commonEnvironment(this.home), PATH: this.searchPath, ...exec.env, ...handed.variables, [MARK]: mark },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      try {
        const end = await runChild(
          child,
          spec,
          exec,
          // What a step keeps open may lie anywhere, and is nobody's to bound.
          { refused: () => 0, members: () => [] },
          () => endAll((each) => each === mark, child.pid),
        );
        return end === null ? fail(stillRunning(this.name)) : ok(end);
      } finally {
        handed.remove();
      }
    };
    return Promise.resolve(
      ok({ paths, imageDigest: null, exec, renew: () => undefined, close: () => Promise.resolve() }),
    );
  }

  sweep(repositoryId: string, alive: () => Promise<ReadonlySet<RunId>>): Promise<readonly string[]> {
    return sweepMarked(repositoryId, alive);
  }

  remaining(repositoryId: string): Promise<ReadonlySet<RunId>> {
    return Promise.resolve(markedRuns(repositoryId));
  }
}
