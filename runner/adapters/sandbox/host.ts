import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../core/failure.js';
import type { RunId } from '../../core/ids.js';
import type { ExecEnd, ExecSpec, Sandbox, SandboxDriver, SandboxSpec } from '../../app/ports/sandbox.js';
import type { Owner } from '../../app/ports/workspaces.js';
import { runChild } from './child.js';
import { commonEnvironment } from './environment.js';
import { checkFolders, stillRunning, unavailable, writeScript, type Unavailable } from './layout.js';
import { processIds, readVolatile, sendKill, until } from './process-table.js';
import { NEVER_STARTED } from './stop.js';

const MARK = 'PUSHPALS_EXEC';
/** Stands between the parts of a mark; no run has one in its name, since git allows none in a ref. */
const BETWEEN = '~';
const KILL_MS = 10_000;

/**
 * Runs steps as the runner itself, in the work tree. Isolates nothing and bounds nothing but time. What a step starts it ends: the
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

  open(spec: SandboxSpec): Promise<Result<Sandbox>> {
    const checked = checkFolders(spec);
    if (!checked.ok) return Promise.resolve(checked);
    const paths = { workspace: spec.workspace.dir, in: spec.inDir, out: spec.outDir };
    let count = 0;
    const exec = async (exec: ExecSpec): Promise<Result<ExecEnd>> => {
      if ((await exec.begin) === false || exec.signal.aborted) return ok(NEVER_STARTED);
      count += 1;
      const script = join(spec.inDir, writeScript(spec.inDir, count, exec.script));
      const mark = [spec.repositoryId, spec.run, this.newId()].join(BETWEEN);
      // One pipe for both streams, so that their order holds.
      const child = spawn('/bin/sh', ['-c', 'exec /bin/sh "$1" 2>&1', 'sh', script], {
        cwd: paths.workspace,
        detached: true,
        env: { ...commonEnvironment(this.home), PATH: this.searchPath, ...exec.env, [MARK]: mark },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const end = await runChild(child, exec, () => endAll((each) => each === mark, child.pid));
      return end === null ? fail(stillRunning(this.name)) : ok(end);
    };
    return Promise.resolve(
      ok({ paths, imageDigest: null, exec, renew: () => undefined, close: () => Promise.resolve() }),
    );
  }

  async sweep(repositoryId: string, alive: () => Promise<ReadonlySet<RunId>>): Promise<readonly string[]> {
    const ours = (mark: string): boolean => mark.startsWith(`${repositoryId}${BETWEEN}`);
    if (marked(ours).length === 0) return [];
    const living = await alive();
    const dead = (mark: string): boolean => ours(mark) && !living.has((mark.split(BETWEEN)[1] ?? '') as RunId);
    const found = marked(dead);
    await endAll(dead, undefined);
    return found.map(({ pid, mark }) => `process ${String(pid)} of ${mark.split(BETWEEN)[1] ?? ''}`);
  }
}

/** Ends the process group, and whatever carries the mark. False if something is still there in the end. */
function endAll(matches: (mark: string) => boolean, group: number | undefined): Promise<boolean> {
  if (group !== undefined) sendKill(-group);
  return until(() => {
    const found = marked(matches);
    for (const { pid } of found) sendKill(pid);
    return found.length === 0;
  }, KILL_MS);
}

function marked(matches: (mark: string) => boolean): readonly { readonly pid: number; readonly mark: string }[] {
  return processIds().flatMap((pid) => {
    const entry = readVolatile(`/proc/${String(pid)}/environ`)
      ?.split('\0')
      .find((each) => each.startsWith(`${MARK}=`));
    const mark = entry?.slice(MARK.length + 1);
    return mark !== undefined && pid !== process.pid && matches(mark) ? [{ pid, mark }] : [];
  });
}
