import { execa } from 'execa';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { makeProject, openProject, type Ended, type Project } from './program.js';

const FORMULA = `formula: f
version: 1
steps:
  - { id: change, run: "echo two >> src/a.txt" }
  - { id: ship, needs: [change], ship: {} }
`;

export interface Machine extends Project {
  /** Runs the program as this machine. */
  run(...args: string[]): Promise<Ended>;
  drop(name: string, text: string): Promise<void>;
}

export interface Shared {
  readonly remote: string;
  readonly a: Machine;
  readonly b: Machine;
  /** Git on the remote itself. */
  git(...args: string[]): Promise<string>;
}

export const GIT = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };

const machine = (project: Project, name: string): Machine => ({
  ...project,
  run: (...args) => project.pushpals(args, { env: { PUSHPALS_RUNNER: name } }),
  drop: (file, text) => project.write(`ops/inbox/${file}`, text),
});

/** Two clones on two machines that share a bare repository and nothing else. */
export async function withRemote(
  files: Readonly<Record<string, string>>,
  work: (shared: Shared) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pushpals shared '));
  const remote = join(folder, 'r.git');
  const git = async (...args: string[]): Promise<string> =>
    (await execa('git', args, { cwd: remote, env: GIT })).stdout;
  await execa('git', ['init', '-q', '--bare', '-b', 'main', remote], { env: GIT });
  const first = await makeProject('host');
  try {
    await first.git('remote', 'add', 'origin', remote);
    await first.commit({
      'pushpals.yml':
        'version: 1\nproject: test\nops: { remote: origin }\nrunner: { lease: 2s }\nsandbox: { driver: host }\n',
      'formulas/f.yml': FORMULA,
      ...files,
    });
    await first.git('push', '-q', 'origin', 'main');
    const a = machine(first, 'a');
    const shared = await a.run('tick');
    assert.is(shared.exitCode, 0, shared.stderr);
    await execa('git', ['clone', '-q', remote, join(folder, 'b')], { env: GIT });
    const second = openProject(join(folder, 'b'));
    await second.git('config', 'user.name', 'Bob');
    await second.git('config', 'user.email', 'bob@example.org');
    const init = await second.pushpals(['init', '--yes']);
    assert.is(init.exitCode, 0, init.stderr);
    await second.shell('rm -rf policy/tests');
    await work({ remote, a, b: machine(second, 'b'), git });
  } finally {
    await first.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}
