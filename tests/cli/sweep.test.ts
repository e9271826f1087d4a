// deadline: 120s
import Docker from 'dockerode';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../engine.js';
import { until } from '../until.js';
import { PROGRAM, SANDBOX, makeProject } from './program.js';

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
        'formulas/long.yml': `formula: long\nversion: 1\nsteps:\n  - { id: a, run: "touch started; sleep 100" }\n`,
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

test.run();
