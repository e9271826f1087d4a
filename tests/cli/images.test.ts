// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../engine.js';
import { openRegistry, removeImagesOf } from '../registry.js';
import { makeProject, type Project } from './program.js';

const docker = needs('docker', test);
const FORMULA = 'formula: fix\nversion: 1\nsteps:\n  - { id: change, run: echo two > src/a.txt }\n';

async function withOrder(sandbox: string, policy = ''): Promise<Project> {
  const project = await makeProject('docker');
  await project.commit({
    'pushpals.yml': `version: 1\nproject: test\nsandbox:\n  driver: docker\n${sandbox}`,
    'policy/policy.yml': `version: 1\ndefault: low\n${policy}`,
    'formulas/fix.yml': FORMULA,
  });
  await project.write('ops/inbox/fix.yml', 'goal: Make it two\nformula: fix\n');
  return project;
}

docker(
  'an image that is missing is pulled once before a run begins; one that cannot be had is asked for less and less',
  async () => {
    const registry = await openRegistry();
    const image = `${registry.host}/ours:1`;
    const project = await withOrder(`  image: "${image}"\n`);
    try {
      registry.refuse = true;
      const refused = await project.pushpals(['tick']);
      assert.is(refused.exitCode, 3, refused.stderr);
      assert.match(refused.stderr, /: pulling, because the engine does not have it/);
      assert.match(refused.stderr, /image-missing: .* cannot be pulled: the registry asks for a login/);
      assert.match(refused.stderr, new RegExp(`docker pull ${image}\n.*tried again at 20`));
      assert.ok((await project.opsFiles()).includes('waiting/fix.yml'));
      const { length } = registry.asked;
      assert.is((await project.pushpals(['tick'])).exitCode, 3);
      assert.is(registry.asked.length, length, 'the next tick does not ask again at once');

      registry.refuse = false;
      await rm(join(project.dir, '.pushpals/pulls.json'));
      const tick = await project.pushpals(['tick']);
      // The image holds no shell, so its one step cannot run; that it began is what matters here.
      assert.match(tick.stderr, /pulled after .*\nfix: starts with fix/);
    } finally {
      await registry.close();
      await project.remove();
      removeImagesOf(registry);
    }
  },
);

docker('with `pull: never` nothing is pulled', async () => {
  const registry = await openRegistry();
  const project = await withOrder(`  image: "${registry.host}/ours:1"\n  pull: never\n`);
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 3, tick.stderr);
  assert.match(tick.stderr, /image-missing: the engine has no image 127[^,]*\n {2}→ docker pull/);
  assert.equal(registry.asked, []);
  await registry.close();
  await project.remove();
});

docker('under `image-policy: pinned` a tag is refused with what to write, and the digest runs', async () => {
  const project = await withOrder('  image: "pushpals-test:1"\n', 'image-policy: pinned\n');
  const invalid = await project.pushpals(['validate']);
  assert.is(invalid.exitCode, 2);
  assert.match(invalid.stdout + invalid.stderr, /pushpals\.yml:5:\d+.*\n?.*names no digest/);
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 2, tick.stderr);
  const [, pinned = ''] =
    /Write `image: (sha256:[0-9a-f]{64})`, which is what this machine has/.exec(tick.stderr) ?? [];
  assert.ok((await project.opsFiles()).includes('waiting/fix.yml'));
  await project.commit({
    'pushpals.yml': `version: 1\nproject: test\nsandbox:\n  driver: docker\n  image: "${pinned}"\n`,
  });
  assert.is((await project.pushpals(['validate'])).exitCode, 0);
  await project.write('agents/tool.yml', 'agent: tool\ncommand: { argv: [tool] }\nimage: tool:1\n');
  const agent = await project.pushpals(['validate']);
  assert.match(agent.stdout + agent.stderr, /agents\/tool\.yml:3:\d+.*\n?.*names no digest/);
  const again = await project.pushpals(['tick']);
  assert.is(again.exitCode, 0, again.stderr);
  await project.remove();
});

test.run();
