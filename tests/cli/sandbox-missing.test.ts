import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../engine.js';
import { makeProject, type Project } from './program.js';

const NO_ENGINE = { DOCKER_HOST: 'unix:///nonexistent/engine.sock' };

async function onDocker(image: string): Promise<Project> {
  const project = await makeProject('docker');
  await project.commit({
    'pushpals.yml': `version: 1\nproject: test\nsandbox: { driver: docker, image: "${image}" }\n`,
    'formulas/fix.yml':
      'formula: fix\nversion: 1\nsteps:\n  - { id: change, run: echo two > src/a.txt }\n  - { id: ship, ship: {} }\n',
  });
  await project.write('ops/inbox/fix.yml', 'goal: Make it two\nformula: fix\n');
  return project;
}

/** The order waits, says so once, uses up no attempt, and no weaker driver takes it. */
async function waits(project: Project, env: Record<string, string>, expected: RegExp): Promise<void> {
  const tick = await project.pushpals(['tick'], { env });
  assert.is(tick.exitCode, 3, tick.stderr);
  assert.match(tick.stderr, expected);
  assert.ok((await project.opsFiles()).includes('waiting/fix.yml'));
  const tip = await project.git('rev-parse', 'refs/heads/ops');
  assert.is((await project.pushpals(['tick'], { env })).exitCode, 3);
  assert.is(await project.git('rev-parse', 'refs/heads/ops'), tip, 'a tick that still cannot start it writes nothing');
  assert.is(await project.git('branch', '--list', 'pushpals/*'), '');
  assert.match(
    (await project.pushpals(['status'], { env })).stdout,
    /Waits for you\n {2}fix .*\n {4}→ pushpals doctor/,
  );
  assert.match((await project.pushpals(['order', 'show', 'fix'], { env })).stdout, /attempts {2}0/);
}

test('an engine that is not there: the order waits and says how to mend it', async () => {
  const project = await onDocker('pushpals-test:1');
  await waits(project, NO_ENGINE, /sandbox-unavailable: [^]*engine[^]*→ /);
  await project.remove();
});

const docker = needs('docker', test);

docker('an engine that comes back: the order starts by itself', async () => {
  const project = await onDocker('pushpals-test:1');
  await waits(project, NO_ENGINE, /sandbox-unavailable/);
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 0, tick.stderr);
  assert.is(await project.show('pushpals/fix', 'src/a.txt'), 'two\n');
  await project.remove();
});

docker('an image that is not there: the order waits and names the command', async () => {
  const project = await onDocker('pushpals-no-such-image:9');
  await waits(
    project,
    {},
    /image-missing: the engine has no image pushpals-no-such-image:9, and it cannot be pulled: .*\n {2}→ docker pull/,
  );
  await project.remove();
});

test.run();
