// deadline: 180s
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../until.js';
import { makeProject, type Project } from './program.js';
import { withVault } from './vault-rig.js';
import { QUICK, gated, startWatch } from './watch-rig.js';

const isDone = async (project: Project, order: string): Promise<boolean> =>
  (await project.opsFiles()).some((path) => path.startsWith('done/') && path.endsWith(`/${order}.yml`));

async function withProject(work: (project: Project) => Promise<void>): Promise<void> {
  const project = await makeProject('host');
  await project.commit({ 'formulas/f.yml': QUICK });
  try {
    await work(project);
  } finally {
    await project.remove();
  }
}

test('what is dropped is done, what is committed is seen, and what others wrote by git too', () =>
  withProject(async (project) => {
    const watch = await startWatch(project);
    await project.write('ops/inbox/one.yml', 'goal: One\nformula: f\n');
    await watch.says(/^one: completed/m);
    assert.ok(await isDone(project, 'one'));
    assert.match((await project.pushpals(['status'])).stdout, /watch runs \(pid \d+, for \d+ s\)/);
    assert.match((await project.pushpals(['doctor'])).stdout, /last tick +\d+ s ago, by a watch \(pid \d+/);
    assert.is((await project.pushpals(['order', 'new', 'Two', '--formula', 'f', '--name', 'two'])).exitCode, 0);
    await watch.says(/^two: completed/m);
    // No loose refs: what moves is another file.
    await project.git('pack-refs', '--all');
    await project.shell(
      `cd ops && printf 'goal: Three\\nformula: f\\n' > inbox/three.yml && git add inbox/three.yml && git commit -q -m three`,
    );
    await watch.says(/^three: completed/m);
    assert.is(await watch.end(), 0);
    assert.match(watch.said(), /stopped; nothing was left running\n$/);
    assert.not.match((await project.pushpals(['status'])).stdout, /watch runs \(/);
  }));

test('a file is taken in when it has settled, without anybody coming back to it', () =>
  withProject(async (project) => {
    const watch = await startWatch(project);
    const place = join(project.dir, 'ops/inbox/slow.yml');
    writeFileSync(place, '');
    await watch.says(/^inbox\/slow\.yml: left for the next tick \(it is empty/m);
    writeFileSync(place, 'goal: One sentence\nformula: f\n');
    await watch.says(/^slow: completed/m);
    assert.not.match(watch.said(), /rejected/);
    assert.is(await watch.end(), 0);
  }));

test('a burst of a thousand files is a few ticks, and every one is accepted', () =>
  withProject(async (project) => {
    await project.pushpals(['pause']);
    const watch = await startWatch(project);
    const before = watch.ticks();
    for (let index = 0; index < 1000; index += 1)
      writeFileSync(
        join(project.dir, 'ops/inbox', `o${String(index)}.yml`),
        `goal: Order ${String(index)}\nformula: f\n`,
      );
    await until('all are queued', async () => {
      const files = await project.opsFiles();
      return files.filter((path) => /^queue\/o\d+\.yml$/.test(path)).length === 1000;
    });
    assert.ok(watch.ticks() - before < 50, `${String(watch.ticks() - before)} ticks`);
    const ticks = watch.ticks();
    const tip = await project.git('rev-parse', 'refs/heads/ops');
    await project.write('ops/inbox/last.yml', 'goal: Last\nformula: f\n');
    await watch.says(/^last: accepted/m);
    // What it writes wakes it once, and then no more.
    assert.ok(watch.ticks() - ticks < 10, `${String(watch.ticks() - ticks)} ticks`);
    assert.is(await project.git('rev-parse', 'refs/heads/ops^'), tip);
    assert.is(await watch.end(), 0);
  }));

test('--json prints an event a line', () =>
  withProject(async (project) => {
    await project.write('ops/inbox/one.yml', 'goal: One\nformula: f\n');
    const watch = await startWatch(project, '--json');
    await watch.says(/"event":"ended"/);
    assert.is(await watch.end(), 0);
    const events = watch.said().trim().split('\n');
    const read = events.map((line) => JSON.parse(line) as { at: string; event: string });
    for (const { at } of read) assert.ok(!Number.isNaN(Date.parse(at)));
    assert.equal(
      read.map(({ event }) => event).filter((event) => event !== 'warning'),
      ['watching', 'accepted', 'started', 'step-started', 'step-ended', 'ended', 'draining', 'drained'],
    );
  }));

test('what is due by time alone wakes it', () =>
  withProject(async (project) => {
    await project.pushpals(['pause']);
    const watch = await startWatch(project);
    const expires = new Date(Date.now() + 3000).toISOString();
    await project.write('ops/inbox/brief.yml', `goal: Brief\nformula: f\nexpires: ${expires}\n`);
    await watch.says(/^brief: accepted/m);
    await until('it has expired', async () =>
      (await project.opsFiles()).some((path) => /^cancelled\/.*\/brief\.yml$/.test(path)),
    );
    assert.is(await watch.end(), 0);
  }));

test('an order is accepted and run, and an approval is read, while a long run goes on', async () => {
  const { project, open } = await gated();
  const watch = await startWatch(project);
  await project.write('ops/inbox/long.yml', 'goal: Long\nformula: two\n');
  await watch.says(/^long: two …/m);
  await project.write('ops/inbox/short.yml', 'goal: Short\nformula: f\n');
  await watch.says(/^short: completed/m);
  open();
  await watch.says(/^long: shipped/m);
  assert.is(await watch.end(), 0);
  await project.remove();
});

test('an approval is read while another run goes on', () =>
  withVault({ more: '  - { id: long, tier: low, formula: long }\n' }, async (vault) => {
    const gate = join(vault.dir, 'gate');
    const wait = `n=0; while [ ! -e '${gate}' ] && [ $((n += 1)) -lt 4000 ]; do sleep 0.02; done`;
    await vault.commit({ 'formulas/long.yml': `formula: long\nversion: 1\nsteps: [{ id: a, run: "${wait}" }]\n` });
    await vault.drop('asked', 'm');
    const watch = await startWatch(vault);
    await vault.write('ops/inbox/long.yml', 'goal: Long\nformula: long\n');
    await watch.says(/^long: a …/m);
    await vault.as('ada');
    const approved = await vault.pushpals(['vault', 'approve', await vault.request(), '--yes']);
    assert.is(approved.exitCode, 0, approved.stderr);
    await watch.says(/^asked: shipped/m);
    assert.not.match(watch.said(), /^long: completed/m);
    writeFileSync(gate, '');
    await watch.says(/^long: completed/m);
    assert.is(await watch.end(), 0);
  }));

test('where `.git` is a file, and where the inbox is made anew, nothing is missed', () =>
  withProject(async (project) => {
    renameSync(join(project.dir, '.git'), `${project.dir}-git`);
    await project.git('init', '-q', '--separate-git-dir', `${project.dir}-git`);
    await project.shell('git worktree repair ops');
    const watch = await startWatch(project);
    assert.is((await project.pushpals(['order', 'new', 'One', '--formula', 'f', '--name', 'one'])).exitCode, 0);
    await watch.says(/^one: completed/m);
    renameSync(join(project.dir, 'ops/inbox'), join(project.dir, 'ops/aside'));
    mkdirSync(join(project.dir, 'ops/inbox'));
    await project.write('ops/inbox/two.yml', 'goal: Two\nformula: f\n');
    await watch.says(/^two: completed/m);
    assert.is(await watch.end(), 0);
    await project.shell(`rm -r '${project.dir}-git'`);
  }));

test('a second watch says that there is one; each order is run once', () =>
  withProject(async (project) => {
    const first = await startWatch(project);
    const second = await startWatch(project);
    await second.says(new RegExp(`another watch runs here \\(pid ${String(first.child.pid)}`));
    const names = Array.from({ length: 6 }, (_, index) => `order-${String(index)}`);
    for (const name of names) await project.write(`ops/inbox/${name}.yml`, `goal: ${name}\nformula: f\n`);
    for (const name of names) await until(`${name} is done`, () => isDone(project, name));
    assert.is(await first.end(), 0);
    assert.is(await second.end(), 0);
    for (const name of names) {
      const starts = `${first.said()}${second.said()}`.match(new RegExp(`^${name}: starts`, 'gm')) ?? [];
      assert.is(starts.length, 1, name);
    }
  }));

test('what cannot be watched is refused: a bad option, and where there is nothing', async () => {
  await withProject(async (project) => {
    for (const args of [
      ['--grace', '5'],
      ['--poll', '0s'],
      ['--poll', 'soon'],
    ]) {
      const { exitCode, stderr } = await project.pushpals(['watch', ...args]);
      assert.is(exitCode, 2);
      assert.match(stderr, /is not a duration\nWrite a number with its unit/);
    }
    assert.match((await project.pushpals(['watch', '--dry-run'])).stdout, /Nothing to do/);
    await project.git('update-ref', '-d', 'refs/heads/main');
    assert.is((await project.pushpals(['watch'])).exitCode, 4);
  });
});

test.run();
