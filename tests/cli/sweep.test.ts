// deadline: 120s
import Docker from 'dockerode';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../engine.js';
import { until } from '../until.js';
import { ENV, PROGRAM, SANDBOX, makeProject, openProject, type Project } from './program.js';

const LONG = `formula: long\nversion: 1\nsteps:\n  - { id: a, run: "touch started; sleep 100" }\n`;

needs('docker', test)(
  'work trees of a dead run stay until its container is known to be gone, whatever driver the project has by then',
  async () => {
    const project = await makeProject('docker');
    const engine = new Docker();
    const containers = async (): Promise<readonly Docker.ContainerInfo[]> =>
      (await engine.listContainers({ all: true, filters: { label: ['pushpals.run=go-1'] } })).filter(({ Mounts }) =>
        Mounts.some(({ Source }) => Source?.startsWith(project.dir)),
      );
    try {
      await project.commit({
        'formulas/long.yml': LONG,
      });
      await project.write('ops/inbox/go.yml', 'goal: Go\nformula: long\n');
      const home = join(project.dir, '.pushpals/runs/go-1');
      const first = spawn(process.execPath, [PROGRAM, 'tick'], { cwd: project.dir, stdio: 'ignore' });
      const trees = (): readonly string[] => (existsSync(join(home, 'trees')) ? readdirSync(join(home, 'trees')) : []);
      await until('the step runs', () => trees().some((tree) => existsSync(join(home, 'trees', tree, 'tree/started'))));
      first.kill('SIGKILL');
      await once(first, 'close');
      assert.is((await project.pushpals(['order', 'cancel', 'go'])).exitCode, 0);
      const before = trees();
      assert.is((await containers()).length, 1);

      await project.pushpals(['tick'], { env: { DOCKER_HOST: `unix://${project.dir}/none.sock` } });
      assert.equal(trees(), before, 'no engine answered');

      await project.commit({ 'pushpals.yml': `version: 1\nproject: test\nsandbox: ${SANDBOX['host'] ?? ''}\n` });
      const { stderr } = await project.pushpals(['tick']);
      assert.match(stderr, /removed what dead runs had left: container of go-1, work trees of go-1/);
      assert.equal(await containers(), []);
      assert.not.ok(existsSync(home));
    } finally {
      for (const { Id } of await containers()) await engine.getContainer(Id).remove({ force: true });
      await project.remove();
    }
  },
);

needs('docker', test)(
  'a clone leaves alone what another one has that lies at the same path, and finds what it had itself',
  async () => {
    const project = await makeProject('docker');
    const engine = new Docker();
    const running = async (): Promise<readonly Docker.ContainerInfo[]> =>
      (await engine.listContainers({ all: true })).filter(({ Labels, Mounts }) =>
        [...Mounts.map(({ Source }) => Source), Labels['pushpals.test']].some((at) => at?.startsWith(project.dir)),
      );
    const moved = `${project.dir} elsewhere`;
    try {
      await project.commit({ 'formulas/long.yml': LONG });
      await project.write('ops/inbox/go.yml', 'goal: Go\nformula: long\n');
      const first = spawn(process.execPath, [PROGRAM, 'tick'], { cwd: project.dir, stdio: 'ignore' });
      await until('a container is there', async () => (await running()).some(({ State }) => State === 'running'));
      first.kill('SIGKILL');
      await once(first, 'close');
      // Two containers would each have a clone at this path; on one machine they take turns.
      renameSync(project.dir, moved);
      mkdirSync(project.dir);
      const other = openProject(project.dir);
      await other.shell(`cp -r ${JSON.stringify(`${moved}/.git`)} . && rm -rf .git/worktrees .git/.pushpals`);
      await other.shell('git reset -q --hard && git branch -q -D ops');
      assert.is((await other.pushpals(['init', '--yes'])).exitCode, 0);
      const former = createHash('sha256').update(join(project.dir, '.git')).digest('hex').slice(0, 16);
      const labels = { 'pushpals.repository': former, 'pushpals.run': 'old-1', 'pushpals.test': project.dir };
      await engine.createContainer({ Image: 'pushpals-test:1', Cmd: ['true'], Labels: labels });
      const ticked = await other.pushpals(['tick']);
      assert.is(ticked.exitCode, 0, ticked.stderr);
      assert.match(ticked.stderr, /removed what dead runs had left: container of old-1$/m, 'of an older version');
      assert.equal(
        (await running()).map(({ Labels }) => Labels['pushpals.run']),
        ['go-1'],
      );
      rmSync(project.dir, { recursive: true });
      renameSync(moved, project.dir);
      await project.pushpals(['order', 'cancel', 'go']);
      assert.match((await project.pushpals(['tick'])).stderr, /container of go-1/);
      assert.equal(await running(), []);
    } finally {
      for (const { Id } of await running()) await engine.getContainer(Id).remove({ force: true });
      rmSync(moved, { recursive: true, force: true });
      await project.remove();
    }
  },
);

/** A project whose step says that it began, and waits until it may end. */
async function atWork(): Promise<{ project: Project; begun: string; go: string; first: ChildProcess }> {
  const project = await makeProject('host');
  const [begun, go] = ['begun', 'go'].map((name) => join(project.dir, '.pushpals', name)) as [string, string];
  await project.commit({
    'pushpals.yml': `version: 1\nproject: test\nsandbox: ${SANDBOX['host'] ?? ''}\nrunner: { lease: 2s }\n`,
    'formulas/long.yml': `formula: long
version: 1
steps:
  - id: a
    run: 'touch "$BEGUN"; n=0; until [ -e "$GO" ] || [ $((n += 1)) -gt 1000 ]; do sleep 0.05; done; echo two > src/a.txt'
    env: { BEGUN: "${begun}", GO: "${go}" }
  - { id: ship, needs: [a], ship: {} }
`,
  });
  await project.write('ops/inbox/one.yml', 'goal: One\nformula: long\n');
  const env = { ...process.env, ...ENV, PUSHPALS_RUNNER: 'before' };
  const first = spawn(process.execPath, [PROGRAM, 'tick'], { cwd: project.dir, env, stdio: 'ignore' });
  await until('the step runs', () => existsSync(begun));
  return { project, begun, go, first };
}

test('a tick under another name, in the same clone, leaves a run alone while its lease holds', async () => {
  const { project, go, first } = await atWork();
  try {
    const other = await project.pushpals(['tick'], { env: { PUSHPALS_RUNNER: 'now' } });
    assert.is(other.exitCode, 0, other.stderr);
    assert.not.match(other.stderr, /removed what dead runs had left/);
    writeFileSync(go, '');
    assert.equal(await once(first, 'close'), [0, null]);
    assert.is(await project.show('pushpals/one', 'src/a.txt'), 'two\n');
    assert.match(await project.git('log', '-1', '--format=%s', 'refs/heads/ops'), /order one: active → done/);
  } finally {
    first.kill('SIGKILL');
    await project.remove();
  }
});

test('and takes away what is left of it once the lease has run out', async () => {
  const { project, begun, go, first } = await atWork();
  try {
    first.kill('SIGKILL');
    await once(first, 'close');
    rmSync(begun);
    writeFileSync(go, '');
    let said = '';
    await until('it is taken over', async () => {
      said += (await project.pushpals(['tick'], { env: { PUSHPALS_RUNNER: 'now' } })).stderr;
      return existsSync(begun);
    });
    assert.match(said, /removed what dead runs had left: .*work trees of one-1/);
    assert.is(await project.show('pushpals/one', 'src/a.txt'), 'two\n');
  } finally {
    await project.remove();
  }
});

test.run();
