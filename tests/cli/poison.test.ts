// deadline: 120s
// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProject, type Project } from './program.js';

const record = async (project: Project, id: string): Promise<Record<string, unknown>> =>
  JSON.parse((await project.pushpals(['order', 'show', id, '--json'])).stdout) as Record<string, unknown>;

test('an order whose step ends every runner fails after five of them, and can be put back', async () => {
  const project = await makeProject('host');
  // A shell of the host driver is a child of the runner.
  await project.commit({
    'formulas/poison.yml':
      'formula: poison\nversion: 1\nsteps:\n  - { id: fine, run: "true" }\n  - { id: kill, needs: [fine], run: "[ -e ../mended ] || [ -e $HOME/mended ] || kill -9 $PPID" }\n',
    'formulas/ok.yml': 'formula: ok\nversion: 1\nsteps: [{ id: a, run: "true" }]\n',
  });
  await project.write('ops/inbox/bad.yml', 'goal: Bad\nformula: poison\n');
  for (let runner = 1; runner <= 5; runner += 1) {
    const tick = await project.pushpals(['tick']);
    assert.is(tick.exitCode, undefined, `runner ${String(runner)}: ${tick.stderr}`);
    assert.is((await record(project, 'bad'))['state'], 'active');
  }
  await project.write('ops/inbox/other.yml', 'goal: Other\nformula: ok\n');
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 1, tick.stderr);
  assert.match(tick.stderr, /5 runners of order bad died one after the other/);
  const bad = await record(project, 'bad');
  assert.is(bad['state'], 'failed');
  assert.match(JSON.stringify(bad['past']), /"run":"bad-1".*"class":"runner-lost".*evidence\/.*bad-1/);
  assert.is((await record(project, 'other'))['state'], 'done', 'it holds nobody up');
  assert.match(
    (await project.pushpals(['order', 'show', 'bad'])).stdout,
    /bad-1 +\S+ failed \(runner-lost\), evidence\//,
  );
  assert.is((await project.pushpals(['order', 'retry', 'bad'])).exitCode, 0);
  assert.is((await record(project, 'bad'))['state'], 'queue');
  assert.is((await project.pushpals(['audit'])).exitCode, 0);
  await project.remove();
});

test('an order that failed is tried again at once on demand, but not while another does the same', async () => {
  const project = await makeProject('host');
  await project.commit({
    'formulas/flaky.yml': 'formula: flaky\nversion: 1\nbudget: { attempts: 2 }\nsteps: [{ id: a, run: "exit 7" }]\n',
  });
  await project.write('ops/inbox/one.yml', 'goal: Same\nformula: flaky\n');
  assert.is((await project.pushpals(['tick'])).exitCode, 1);
  const waits = await record(project, 'one');
  assert.is(waits['state'], 'waiting');
  assert.is((await project.pushpals(['order', 'retry', 'one'])).exitCode, 0);
  assert.is((await project.pushpals(['tick'])).exitCode, 1);
  assert.equal(
    ((await record(project, 'one'))['past'] as { run: string }[]).map(({ run }) => run),
    ['one-1', 'one-2'],
  );
  assert.is((await project.pushpals(['order', 'cancel', 'one'])).exitCode, 0);
  assert.is((await project.pushpals(['order', 'new', 'Same', '--formula', 'flaky', '--name', 'two'])).exitCode, 0);
  const again = await project.pushpals(['order', 'retry', 'one']);
  assert.is(again.exitCode, 4);
  assert.match(again.stderr, /the same work is already queued as order two/);
  await project.remove();
});

test('an active order whose formula was broken meanwhile goes back, waits for it, and is said to be stuck after a day', async () => {
  const project = await makeProject('host');
  await project.commit({
    'formulas/f.yml': 'formula: f\nversion: 1\nsteps: [{ id: a, run: "kill -9 $PPID" }]\n',
  });
  await project.write('ops/inbox/go.yml', 'goal: Go\nformula: f\n');
  assert.is((await project.pushpals(['tick'])).exitCode, undefined);
  await project.commit({ 'formulas/f.yml': 'formula: f\nversion: 1\nsteps: nonsense\n' });
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 2, tick.stderr);
  assert.is((await record(project, 'go'))['state'], 'waiting');
  await project.shell("sed -i 's/  since: .*/  since: 2026-01-01T00:00:00.000Z/' ops/waiting/go.yml");
  await project.shell('git -C ops commit -qam "As if it were long ago"');
  const status = await project.pushpals(['status']);
  assert.match(
    status.stdout,
    /Waits for you\n {2}go .*stuck for \d+ d: the formula f has errors\n {4}→ pushpals validate/,
  );
  assert.match((await project.pushpals(['doctor'])).stdout, /warn +orders +go: stuck/);
  assert.match((await project.pushpals(['tick'])).stderr, /go is stuck for/);
  await project.commit({ 'formulas/f.yml': 'formula: f\nversion: 1\nsteps: [{ id: a, run: "true" }]\n' });
  assert.is((await project.pushpals(['tick'])).exitCode, 0);
  assert.is((await record(project, 'go'))['state'], 'done');
  await project.remove();
});

test.run();
