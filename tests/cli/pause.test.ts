import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../until.js';
import { makeProject } from './program.js';

const QUICK = { 'formulas/f.yml': 'formula: f\nversion: 1\nsteps:\n  - { id: a, run: "true" }\n' };

test('nothing starts while it is paused, what is dropped is accepted, and `resume` goes on', async () => {
  const project = await makeProject('host');
  await project.commit(QUICK);
  const dry = await project.pushpals(['pause', '--dry-run']);
  assert.match(dry.stderr, /would: pause/);
  assert.match((await project.pushpals(['resume'])).stdout, /not paused/);
  const paused = await project.pushpals(['pause', '--reason', 'we release\nnow: true']);
  assert.is(paused.exitCode, 0, paused.stderr);
  assert.match(paused.stdout, /nothing starts until `pushpals resume`/);
  assert.match(await project.read('ops/PAUSE'), /by: Ada <ada@example.org>\nat: .*\nreason: we release now: true\n$/);
  assert.match(
    await project.git('log', '-1', '--format=%s%n%an%n%B', 'refs/heads/ops'),
    /^pause: we release now: true\nAda\n[^]*PushPals-Event: pause\n[^]*PushPals-Actor: Ada/,
  );
  await project.write('ops/inbox/one.yml', 'goal: One\nformula: f\n');
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 0, tick.stderr);
  assert.ok((await project.opsFiles()).includes('queue/one.yml'));
  assert.match((await project.pushpals(['status'])).stdout, /^PAUSED for \d+ s by Ada.*: we release/);
  assert.match((await project.pushpals(['pause'])).stdout, /paused already by Ada/);
  assert.match((await project.pushpals(['doctor'])).stdout, /paused by Ada.*\n.*pushpals resume/);
  const resumed = await project.pushpals(['resume', '--json']);
  assert.is((JSON.parse(resumed.stdout) as { changed: boolean }).changed, true);
  assert.not.ok((await project.opsFiles()).includes('PAUSE'));
  assert.match((await project.pushpals(['tick'])).stderr, /one: completed; evidence/);
  assert.is((await project.pushpals(['audit'])).exitCode, 0);
  await project.remove();
});

test('`pause --now` hands back what another process runs; it goes on after its last snapshot when the pause is over', async () => {
  const project = await makeProject('host');
  const [count, gate] = [join(project.dir, 'count'), join(project.dir, 'gate')];
  const wait = `n=0; while [ ! -e '${gate}' ] && [ $((n += 1)) -lt 4000 ]; do sleep 0.02; done`;
  await project.commit({
    'formulas/two.yml': `formula: two
version: 1
steps:
  - { id: one, run: "echo one >> '${count}'; echo 1 > one.txt" }
  - { id: two, needs: [one], run: "echo two >> '${count}'; ${wait}; cat one.txt > two.txt" }
  - { id: ship, ship: {} }
`,
  });
  await project.write('ops/inbox/go.yml', 'goal: Go\nformula: two\n');
  const running = spawn(process.execPath, [resolve('dist/pushpals.js'), 'tick'], { cwd: project.dir });
  let said = '';
  running.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  await until('step two runs', () => existsSync(count) && readFileSync(count, 'utf8').includes('two'));
  assert.match((await project.pushpals(['pause'])).stdout, /What runs goes on: go\. `pushpals pause --now`/);
  assert.match((await project.pushpals(['pause', '--now'])).stdout, /Handed back[^]*: go\./);
  const [code] = (await once(running, 'close')) as [number];
  assert.is(code, 0);
  assert.match(said, /go was handed back by the pause/);
  assert.ok((await project.opsFiles()).includes('active/go.yml'));
  writeFileSync(gate, '');
  const held = await project.pushpals(['tick']);
  assert.match(held.stderr, /go: waits: no runner works on it, and the file PAUSE/);
  assert.match((await project.pushpals(['status'])).stdout, /handed back by the pause/);
  assert.equal(readFileSync(count, 'utf8').trim().split('\n'), ['one', 'two']);
  await project.pushpals(['resume']);
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 0, tick.stderr);
  assert.equal(readFileSync(count, 'utf8').trim().split('\n'), ['one', 'two', 'two']);
  assert.is(await project.show('pushpals/go', 'two.txt'), '1\n');
  await project.remove();
});

test.run();
