// deadline: 240s
// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../engine.js';
import { until } from '../until.js';
import { makeProject, type Project } from './program.js';

const tickIn = (project: Project): ReturnType<typeof spawn> =>
  spawn(process.execPath, [resolve('dist/pushpals.js'), 'tick'], { cwd: project.dir, stdio: 'ignore' });

/** Three steps; the second one waits for a file. Each notes in `count` how often it ran. */
async function threeSteps(): Promise<{ project: Project; count: string; gate: string }> {
  const project = await makeProject('host');
  const [count, gate] = [join(project.dir, 'count'), join(project.dir, 'gate')];
  const note = (step: string): string => `echo ${step} >> '${count}'`;
  await project.commit({
    'formulas/three.yml': `formula: three
version: 1
steps:
  - { id: one, run: "${note('one')}; echo 1 > one.txt" }
  - { id: two, needs: [one], run: "${note('two')}; n=0; while [ ! -e '${gate}' ] && [ $((n += 1)) -lt 4000 ]; do sleep 0.02; done; cat one.txt > two.txt" }
  - { id: three, needs: [two], run: "${note('three')}" }
  - { id: ship, ship: {} }
`,
  });
  await project.write('ops/inbox/go.yml', 'goal: Go\nformula: three\n');
  return { project, count, gate };
}

test('a runner killed in the middle is seen by the next tick, which goes on after the last snapshot', async () => {
  const { project, count, gate } = await threeSteps();
  const first = tickIn(project);
  await until('step two runs', () => existsSync(count) && readFileSync(count, 'utf8').includes('two'));
  first.kill('SIGKILL');
  await once(first, 'close');
  assert.match((await project.pushpals(['status'])).stdout, /its runner is gone, the next tick goes on/);
  writeFileSync(gate, '');
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 0, tick.stderr);
  assert.equal(readFileSync(count, 'utf8').trim().split('\n'), ['one', 'two', 'two', 'three']);
  assert.is(await project.show('pushpals/go', 'two.txt'), '1\n');
  const story = await project.git('log', '--format=%s', 'refs/heads/ops', '--');
  assert.match(story, /order go: resumed/);
  assert.not.ok(existsSync(join(project.dir, '.pushpals', 'runs', 'go-1')));
  await project.remove();
});

test('a cancelled order is ended while it runs, and can be retried', async () => {
  const { project, count, gate } = await threeSteps();
  const running = tickIn(project);
  await until('step two runs', () => existsSync(count) && readFileSync(count, 'utf8').includes('two'));
  const second = await project.pushpals(['tick']);
  assert.is(second.exitCode, 0, second.stderr);
  const cancel = await project.pushpals(['order', 'cancel', 'go', '--reason', 'not now']);
  assert.is(cancel.exitCode, 0, cancel.stderr);
  await once(running, 'close');
  assert.match((await project.pushpals(['order', 'show', 'go'])).stdout, /go {2}cancelled[^]*not now/);
  assert.is((await project.pushpals(['order', 'cancel', 'go'])).exitCode, 4);
  rmSync(count);
  writeFileSync(gate, '');
  assert.is((await project.pushpals(['order', 'retry', 'go'])).exitCode, 0);
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 0, tick.stderr);
  assert.match(tick.stderr, /run go-2/);
  await project.remove();
});

test('SIGTERM ends the steps and leaves the order to the next tick', async () => {
  const { project, count, gate } = await threeSteps();
  const running = tickIn(project);
  await until('step two runs', () => existsSync(count) && readFileSync(count, 'utf8').includes('two'));
  running.kill('SIGTERM');
  const [code] = (await once(running, 'close')) as [number];
  assert.is(code, 143);
  writeFileSync(gate, '');
  assert.is((await project.pushpals(['tick'])).exitCode, 0);
  assert.is(await project.show('pushpals/go', 'two.txt'), '1\n');
  await project.remove();
});

test('two ticks at once run each order once', async () => {
  const project = await makeProject('host');
  const count = join(project.dir, 'count');
  await project.commit({
    'formulas/f.yml': `formula: f\nversion: 1\nsteps: [{ id: only, run: "echo $PUSHPALS_ORDER >> '${count}'; sleep 0.2" }]\n`,
  });
  const names = Array.from({ length: 8 }, (_, index) => `order-${String(index)}`);
  for (const name of names) await project.write(`ops/inbox/${name}.yml`, `goal: ${name}\nformula: f\n`);
  const ticks = await Promise.all([project.pushpals(['tick']), project.pushpals(['tick']), project.pushpals(['tick'])]);
  for (const { exitCode, stderr } of ticks) assert.is(exitCode, 0, stderr);
  await project.pushpals(['tick']);
  assert.equal(readFileSync(count, 'utf8').trim().split('\n').sort(), names);
  assert.equal((await project.opsFiles()).filter((path) => /^done\/.*order-\d\.yml$/.test(path)).length, names.length);
  await project.remove();
});

needs('docker', test)('a container that a runner left when it was killed is gone after the next tick', async () => {
  const project = await makeProject('docker');
  const repository = createHash('sha256').update(join(project.dir, '.git')).digest('hex').slice(0, 16);
  const labels = `--label pushpals.repository=${repository} --label pushpals.run=dead-1`;
  const id = (await project.shell(`docker create ${labels} pushpals-test:1 true`)).trim();
  try {
    const { stderr, exitCode } = await project.pushpals(['tick']);
    assert.is(exitCode, 0, stderr);
    assert.match(stderr, /removed what dead runs had left: container of dead-1/);
    assert.is(await project.shell(`docker ps -aq --filter label=pushpals.repository=${repository}`), '');
  } finally {
    await project.shell(`docker rm -f ${id}`);
    await project.remove();
  }
});

test.run();
