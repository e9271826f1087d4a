import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result } from '../../core/failure.js';
import type { ExecEnd, ExecSpec, Owner, Sandbox, SandboxDriver, SandboxSpec } from '../../app/ports.js';
import { run } from './child.js';
import { commonEnvironment } from './environment.js';

const MARK = 'PUSHPALS_EXEC';

/** Runs steps as the runner itself, in the work tree. Isolates nothing; what it starts it ends. */
export class HostDriver implements SandboxDriver {
  readonly name = 'host';
  readonly warning = 'driver host: nothing is isolated; steps run with your rights, your files and your network';

  constructor(
    readonly owner: Owner,
    private readonly searchPath: string,
    private readonly home: string,
    private readonly newId: () => string,
  ) {}

  unavailable(): Promise<null> {
    return Promise.resolve(null);
  }

  open(spec: SandboxSpec): Promise<Result<Sandbox>> {
    const paths = { workspace: spec.workspace.dir, in: spec.inDir, out: spec.outDir };
    let count = 0;
    return Promise.resolve(
      ok({
        paths,
        imageDigest: null,
        exec: async (exec: ExecSpec): Promise<Result<ExecEnd>> => {
          count += 1;
          const script = join(spec.inDir, `step-${String(count)}.sh`);
          writeFileSync(script, exec.script, { mode: 0o644 });
          const mark = this.newId();
          const child = spawn('/bin/sh', [script], {
            cwd: paths.workspace,
            detached: true,
            env: { ...commonEnvironment({ path: this.searchPath, home: this.home }), ...exec.env, [MARK]: mark },
            stdio: ['ignore', 'pipe', 'pipe'],
          });
          return ok(await run(child, exec, () => { endAll(mark, child.pid); }));
        },
        close: () => Promise.resolve(),
      }),
    );
  }

  sweep(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }
}

/** Ends the process group, and on Linux whatever left it: it still carries the mark in its environment. */
function endAll(mark: string, pid: number | undefined): void {
  if (pid !== undefined) kill(-pid);
  for (let round = 0; round < 100; round += 1) {
    const found = marked(mark);
    if (found.length === 0) return;
    for (const each of found) kill(each);
  }
}

function marked(mark: string): readonly number[] {
  let names: string[];
  try {
    names = readdirSync('/proc');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return names.filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => environmentOf(pid).includes(`${MARK}=${mark}`));
}

function environmentOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${String(pid)}/environ`, 'latin1').split('\0');
  } catch (error) {
    // It ended meanwhile, or it is another user's.
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(String(error.code))) return [];
    throw error;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM'))) throw error;
  }
}
