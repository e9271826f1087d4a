// deadline: 180s
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../until.js';
import { QUICK, gated, startWatch } from './watch-rig.js';

test('SIGTERM lets what runs come to its end, and starts nothing more', async () => {
  const { project, open } = await gated();
  const watch = await startWatch(project, '--grace', '1h');
  await project.write('ops/inbox/go.yml', 'goal: Go\nformula: two\n');
  await watch.says(/^go: two …/m);
  const ended = watch.end('SIGTERM');
  await watch.says(/^told to stop: go may go on for 60 min/m);
  await project.pushpals(['order', 'new', 'More', '--formula', 'f', '--name', 'more']);
  open();
  assert.is(await ended, 0);
  assert.match(watch.said(), /go: shipped[^]*stopped; nothing was left running\n$/);
  assert.ok((await project.opsFiles()).includes('queue/more.yml'));
  await project.remove();
});

for (const [name, grace, signals] of [
  ['when the grace is over', '100ms', ['SIGTERM']],
  ['at a second signal', '1h', ['SIGTERM', 'SIGTERM']],
  ['at Ctrl-C twice', '1h', ['SIGINT', 'SIGINT']],
] as const) {
  test(`what runs is handed back ${name}, and the next tick goes on after its last snapshot`, async () => {
    const { project, open, ran } = await gated();
    const watch = await startWatch(project, '--grace', grace);
    await project.write('ops/inbox/go.yml', 'goal: Go\nformula: two\n');
    await until('step two runs', () => ran().includes('two'));
    let ended: Promise<number | null> = Promise.resolve(null);
    for (const signal of signals) {
      ended = watch.end(signal);
      await watch.says(/^told to stop/m);
    }
    assert.is(await ended, signals[0] === 'SIGTERM' ? 143 : 130);
    assert.match(watch.said(), /stopped; handed back: go\./);
    assert.ok((await project.opsFiles()).includes('active/go.yml'));
    open();
    const tick = await project.pushpals(['tick']);
    assert.is(tick.exitCode, 0, tick.stderr);
    assert.equal(ran(), ['one', 'two', 'two']);
    assert.is(await project.show('pushpals/go', 'two.txt'), '1\n');
    await project.remove();
  });
}

test('SIGHUP has everything read anew, while what runs goes on', async () => {
  const { project, open } = await gated();
  await project.git('branch', 'other');
  await project.git('checkout', '-q', 'other');
  await project.commit({
    'pushpals.yml': 'version: 1\nproject: test\nbranch: other\nsandbox: { driver: host }\n',
    'formulas/g.yml': QUICK.replace('formula: f', 'formula: g'),
  });
  await project.git('checkout', '-q', 'main');
  const watch = await startWatch(project);
  await project.write('ops/inbox/go.yml', 'goal: Go\nformula: two\n');
  await watch.says(/^go: two …/m);
  await project.git('config', 'pushpals.branch', 'other');
  watch.child.kill('SIGHUP');
  await watch.says(/^everything is read anew/m);
  await project.write('ops/inbox/new.yml', 'goal: New\nformula: g\n');
  await watch.says(/^new: completed/m);
  open();
  await watch.says(/^go: shipped/m);
  assert.is(await watch.end(), 0);
  await project.remove();
});

test('a project that is to be worked on elsewhere is connected to anew, without being told', async () => {
  const { project, open } = await gated();
  const watch = await startWatch(project);
  await project.write('ops/inbox/go.yml', 'goal: Go\nformula: two\n');
  await watch.says(/^go: two …/m);
  await project.git('worktree', 'move', 'ops', 'board');
  await project.commit({
    'pushpals.yml': 'version: 1\nproject: test\nsandbox: { driver: host }\nops: { worktree: board }\n',
  });
  await watch.says(/^everything is read anew/m);
  await project.write('board/inbox/new.yml', 'goal: New\nformula: f\n');
  await watch.says(/^new: completed/m);
  open();
  await watch.says(/^go: shipped/m);
  assert.is(await watch.end(), 0);
  await project.remove();
});

test('a pause that says now hands back what runs; the same watch goes on with it when it is over', async () => {
  const { project, open, ran } = await gated();
  const watch = await startWatch(project);
  await project.write('ops/inbox/go.yml', 'goal: Go\nformula: two\n');
  await until('step two runs', () => ran().includes('two'));
  assert.is((await project.pushpals(['pause', '--now', '--reason', 'a release'])).exitCode, 0);
  await watch.says(/^paused by Ada.*: a release; nothing starts/m);
  await watch.says(/go was handed back by the pause/);
  await project.write('ops/inbox/more.yml', 'goal: More\nformula: f\n');
  await watch.says(/^more: accepted/m);
  open();
  assert.equal(ran(), ['one', 'two']);
  assert.is((await project.pushpals(['resume'])).exitCode, 0);
  await watch.says(/^the pause is over/m);
  await watch.says(/^go: goes on with two/m);
  await watch.says(/^go: shipped/m);
  await watch.says(/^more: completed/m);
  assert.equal(ran(), ['one', 'two', 'two']);
  assert.is(await watch.end(), 0);
  await project.remove();
});

test.run();
