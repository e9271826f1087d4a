// deadline: 120s
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProject, type Project } from './program.js';

const isThere = (project: Project, path: string): Promise<boolean> =>
  access(join(project.dir, path)).then(
    () => true,
    () => false,
  );

/** A project in which one order shipped and another failed, which keeps its snapshots. */
async function used(): Promise<Project> {
  const project = await makeProject('host');
  await project.commit({
    'formulas/f.yml':
      'formula: f\nversion: 1\nsteps:\n  - { id: a, run: echo two > src/a.txt }\n  - { id: ship, ship: {} }\n',
    'formulas/g.yml':
      'formula: g\nversion: 1\nsteps:\n  - { id: a, run: echo 2 > src/a.txt }\n  - { id: b, run: exit 1, needs: [a] }\n',
  });
  await project.write('ops/inbox/fine.yml', 'goal: Fine\nformula: f\n');
  await project.write('ops/inbox/broken.yml', 'goal: Broken\nformula: g\n');
  assert.is((await project.pushpals(['tick'])).exitCode, 1);
  assert.ok((await project.git('for-each-ref', 'refs/pushpals')).includes('refs/pushpals/runs/broken-1/'));
  return project;
}

test('takes back what it put there, leaves the rest, and says what', async () => {
  const project = await used();
  const ops = await project.git('rev-parse', 'refs/heads/ops');
  const dry = await project.pushpals(['uninit', '--dry-run']);
  assert.is(dry.exitCode, 0, dry.stderr);
  assert.match(dry.stdout, /would remove {2}work tree ops\//);
  const asked = await project.pushpals(['uninit']);
  assert.is(asked.exitCode, 2);
  assert.match(asked.stderr, /nothing was removed/);
  assert.ok(await isThere(project, 'ops/inbox'));

  const done = await project.pushpals(['uninit', '--yes']);
  assert.is(done.exitCode, 0, done.stderr);
  assert.match(done.stdout, /git branch -D ops /);
  assert.match(done.stdout, /git branch -D pushpals\/fine/);
  assert.not.ok(await isThere(project, 'ops'));
  assert.not.ok(await isThere(project, '.pushpals'));
  assert.not.ok(await isThere(project, '.git/.pushpals'));
  assert.is(await project.git('for-each-ref', 'refs/pushpals'), '');
  assert.is(await project.git('worktree', 'list', '--porcelain').then((text) => text.match(/^worktree /gm)?.length), 1);
  assert.not.match(await project.git('config', '--local', '--list'), /pushpals/);
  assert.not.match(await project.read('.git/info/exclude'), /pushpals|\/ops\//);
  assert.is(await project.git('rev-parse', 'refs/heads/ops'), ops);
  assert.ok(await isThere(project, 'pushpals.yml'));
  assert.is(await project.show('pushpals/fine', 'src/a.txt'), 'two\n');

  // What was left is enough to go on with.
  assert.is((await project.pushpals(['init', '--yes'])).exitCode, 0);
  assert.match((await project.pushpals(['order', 'list', '--all'])).stdout, /fine/);
  await project.remove();
});

test('a file in ops/ that nobody has committed is not thrown away', async () => {
  const project = await makeProject('host');
  await writeFile(join(project.dir, 'ops/inbox/idea.md'), 'An idea\n');
  const refused = await project.pushpals(['uninit', '--yes']);
  assert.is(refused.exitCode, 4);
  assert.match(refused.stderr, /ops\/ has files that are not committed: inbox\/idea\.md/);
  assert.is(await project.read('ops/inbox/idea.md'), 'An idea\n');
  const forced = await project.pushpals(['uninit', '--yes', '--force']);
  assert.is(forced.exitCode, 0, forced.stderr);
  assert.not.ok(await isThere(project, 'ops'));
  await project.remove();
});

test('where a runner works, nothing is taken from under it', async () => {
  const project = await makeProject('host');
  await project.commit({
    'formulas/f.yml':
      'formula: f\nversion: 1\nsteps:\n  - { id: a, run: "touch $SIGN; n=0; while [ -e $SIGN ] && [ $((n += 1)) -lt 2000 ]; do sleep 0.05; done", env: { SIGN: ' +
      `${project.dir.replaceAll(' ', '_')}.sign` +
      ' } }\n',
  });
  const sign = `${project.dir.replaceAll(' ', '_')}.sign`;
  await project.write('ops/inbox/long.yml', 'goal: Long\nformula: f\n');
  const tick = project.pushpals(['tick']);
  const deadline = Date.now() + 60_000;
  while (
    !(await access(sign).then(
      () => true,
      () => false,
    )) &&
    Date.now() < deadline
  )
    await new Promise((resolve) => setTimeout(resolve, 20));
  const refused = await project.pushpals(['uninit', '--yes']);
  assert.is(refused.exitCode, 4, refused.stderr);
  assert.match(refused.stderr, /a runner works on long/);
  await project.shell(`rm "${sign}"`);
  assert.is((await tick).exitCode, 0);
  await project.remove();
});

test('a half-made set-up, and none at all, can be taken away as well', async () => {
  const project = await makeProject('host');
  await project.shell('rm -rf ops pushpals.yml && git commit -qam gone');
  const done = await project.pushpals(['uninit', '--yes']);
  assert.is(done.exitCode, 0, done.stderr);
  assert.is((await project.pushpals(['uninit', '--yes'])).exitCode, 0);
  assert.not.ok(await isThere(project, '.pushpals'));
  await project.remove();
});

test.run();
