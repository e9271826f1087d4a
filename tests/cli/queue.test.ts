// deadline: 120s
// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../until.js';
import { makeProject, type Project } from './program.js';

/** A formula whose orders write their names down, then wait for the file `gate`. */
function gated(project: Project, name: string, more = ''): string {
  const [ran, gate] = [join(project.dir, 'ran'), join(project.dir, 'gate')];
  return `formula: ${name}
version: 1
${more}
steps: [{ id: only, run: "echo $PUSHPALS_ORDER >> '${ran}'; n=0; while [ ! -e '${gate}' ] && [ $((n += 1)) -lt 300 ]; do sleep 0.02; done" }]
`;
}

const ran = (project: Project): readonly string[] =>
  existsSync(join(project.dir, 'ran')) ? readFileSync(join(project.dir, 'ran'), 'utf8').trim().split('\n') : [];

const tickIn = (project: Project): ReturnType<typeof spawn> =>
  spawn(process.execPath, [resolve('dist/pushpals.js'), 'tick'], { cwd: project.dir, stdio: 'ignore' });

/** Lets what runs go on, and ends it. */
async function ended(project: Project, tick: ReturnType<typeof spawn>): Promise<void> {
  writeFileSync(join(project.dir, 'gate'), '');
  if (tick.exitCode === null) await once(tick, 'close');
}

test('a group that replaces keeps the newest of those that wait, and lets one that runs end', async () => {
  const project = await makeProject('host');
  await project.commit({
    'formulas/deploy.yml': gated(project, 'deploy', 'concurrency: { group: deploy, on-conflict: replace }'),
  });
  await project.write('ops/inbox/one.yml', 'goal: One\nformula: deploy\n');
  const tick = tickIn(project);
  await until('the first runs', () => ran(project).includes('one'));
  for (const name of ['two', 'three']) {
    await project.write(`ops/inbox/${name}.yml`, `goal: ${name}\nformula: deploy\n`);
    assert.is((await project.pushpals(['tick'])).exitCode, 0);
  }
  const replaced = await project.pushpals(['order', 'show', 'two']);
  assert.match(replaced.stdout, /two {2}cancelled[^]*replaced \(three took its place in the group deploy\)/);
  await ended(project, tick);
  assert.is((await project.pushpals(['tick'])).exitCode, 0);
  assert.equal(ran(project), ['one', 'three']);
  assert.is((await project.pushpals(['audit'])).exitCode, 0);
  await project.remove();
});

test('a group that drops rejects what comes while it has an order, and says by which', async () => {
  const project = await makeProject('host');
  await project.commit({
    'formulas/sync.yml': gated(project, 'sync', 'concurrency: { group: sync, on-conflict: drop }'),
  });
  await project.write('ops/inbox/a.yml', 'goal: First\nformula: sync\n');
  await project.write('ops/inbox/b.yml', 'goal: Second\nformula: sync\n');
  await project.write('ops/PAUSE', '');
  await project.shell('cd ops && git add PAUSE && git commit -qm Pause');
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 1, tick.stderr);
  assert.match(tick.stderr, /the group sync has an order already, a \(queue\), and drops later ones/);
  const again = await project.pushpals(['order', 'new', 'Third', '--formula', 'sync']);
  assert.is(again.exitCode, 4, again.stderr);
  await project.remove();
});

test('the queue says whose turn it is, and when that is likely', async () => {
  const project = await makeProject('host');
  await project.commit({
    'pushpals.yml': 'version: 1\nproject: test\nsandbox: { driver: host }\nrunner: { slots: 1 }\n',
    'formulas/wait.yml': gated(project, 'wait'),
  });
  writeFileSync(join(project.dir, 'gate'), '');
  await project.write('ops/inbox/before.yml', 'goal: Before\nformula: wait\n');
  assert.is((await project.pushpals(['tick'])).exitCode, 0);
  await project.shell('rm gate');
  await project.write('ops/inbox/running.yml', 'goal: Running\nformula: wait\n');
  const tick = tickIn(project);
  await until('one runs', () => ran(project).includes('running'));
  await project.write('ops/inbox/later.yml', 'goal: Later\nformula: wait\npriority: background\n');
  await project.write('ops/inbox/soon.yml', 'goal: Soon\nformula: wait\n');
  assert.is((await project.pushpals(['tick'])).exitCode, 0);
  const shown = await project.pushpals(['order', 'show', 'later']);
  assert.match(shown.stdout, /turn +2nd in the queue, starts /);
  const { queue } = JSON.parse((await project.pushpals(['status', '--json'])).stdout) as {
    queue: readonly { id: string; position: number; startsAt: string | null }[];
  };
  assert.equal(
    queue.map(({ id, position, startsAt }) => [id, position, startsAt === null]),
    [
      ['soon', 1, false],
      ['later', 2, false],
    ],
  );
  assert.match((await project.pushpals(['status'])).stdout, /1 {2}soon +wait +\d+ s +(next|in about \d+ s) +Soon/);
  await ended(project, tick);
  await project.pushpals(['tick']);
  assert.equal(ran(project), ['before', 'running', 'soon', 'later']);
  await project.remove();
});

test.run();
