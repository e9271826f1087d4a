// deadline: 300s
// one Node: decisions, and git
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../until.js';
import { formula, merged, withVault, type Rules, type Vault } from './vault-rig.js';

const scenario = (name: string, rules: Rules, work: (vault: Vault) => Promise<void>): void => {
  test(name, () => withVault(rules, work));
};

scenario('low ships by itself', {}, async ({ drop, show, request }) => {
  assert.is((await drop('go', 'l')).exitCode, 0);
  assert.is(await show('pushpals/go', 'src/a.txt'), 'two\n');
  assert.is(await request(), 'none');
});

scenario('medium: runs, waits, and ships exactly what an approver signed', {}, async (vault) => {
  const { drop, request, as, tick, pushpals, show, state, opsFiles } = vault;
  const first = await drop('go', 'm');
  assert.is(first.exitCode, 3, first.stderr);
  const id = await request();
  assert.is(await vault.git('branch', '--list', 'pushpals/*'), '');
  const status = await pushpals(['status']);
  assert.match(status.stdout, new RegExp(`^Waits for you\\n +go .*may it ship[^]*pushpals vault show ${id}`, 'm'));
  const shown = await pushpals(['vault', 'show', id]);
  assert.match(shown.stdout, /medium \(medium\): formula m[^]*src\/a\.txt modified, \+1 -1[^]*^\+two$/m);
  const again = await tick();
  assert.is(again.exitCode, 3);
  await as('ada');
  const approved = await pushpals(['vault', 'approve', id, '--yes']);
  assert.is(approved.exitCode, 0, approved.stderr);
  assert.is(await state('go'), 'waiting', 'only a tick acts');
  const done = await tick();
  assert.is(done.exitCode, 0, done.stderr);
  assert.is(await show('pushpals/go', 'src/a.txt'), 'two\n');
  assert.is(await state('go'), 'done');
  const files = await opsFiles();
  assert.ok(
    files.includes(`vault/fired/${id}.yml`) && !files.some((path) => /^vault\/(pending|approved)\/[^.]/.test(path)),
  );
  assert.match((await show('refs/heads/ops', `vault/fired/${id}.yml`)) ?? '', /by: ada[^]*outcome: done/);
  assert.is(await vault.git('branch', '--list', 'vault/*'), '');
  assert.is(await vault.ops('status', '--porcelain'), '');
  assert.match(
    await vault.git('log', '--format=%s', 'refs/heads/ops'),
    /order go: active → done \(shipped\)[^]*order go: waiting → active[^]*Approve go-[^]*order go: active → waiting \(go-[^]*request go-\w+: asked/,
  );
});

scenario('high: nothing runs before it is approved, and its result is approved as well', {}, async (vault) => {
  const { drop, request, as, tick, pushpals, show, state } = vault;
  assert.is((await drop('go', 'h')).exitCode, 3);
  const start = await request();
  assert.match(
    (await pushpals(['vault', 'show', start])).stdout,
    /start, high[^]*change: run echo two > src\/a\.txt[^]*every file/,
  );
  assert.is(await vault.git('for-each-ref', 'refs/pushpals/runs/'), '');
  await as('bob');
  assert.is((await pushpals(['vault', 'approve', start, '--yes'])).exitCode, 0);
  const ran = await tick();
  assert.is(ran.exitCode, 3, ran.stderr);
  const merge = await request();
  assert.is.not(merge, start);
  assert.match((await pushpals(['vault', 'show', merge])).stdout, /merge, high/);
  assert.is((await pushpals(['vault', 'approve', merge, '--yes'])).exitCode, 0);
  assert.is((await tick()).exitCode, 0);
  assert.is(await show('pushpals/go', 'src/a.txt'), 'two\n');
  assert.is(await state('go'), 'done');
});

scenario('an `approve` step stops the run wherever it stands, and what comes after it goes on', {}, async (vault) => {
  await vault.commit({
    'formulas/l.yml': `formula: l
version: 1
steps:
  - { id: change, run: "echo two > src/a.txt" }
  - { id: ask, needs: [change], approve: "Is two right?" }
  - { id: more, needs: [ask], run: "echo three >> src/a.txt" }
  - { id: ship, needs: [more], ship: {} }
`,
  });
  assert.is((await vault.drop('go', 'l')).exitCode, 3);
  const id = await vault.request();
  assert.match((await vault.pushpals(['vault', 'show', id])).stdout, /step, low[^]*Is two right\?[^]*^\+two$/m);
  await vault.as('ada');
  await vault.pushpals(['vault', 'approve', id, '--yes']);
  const done = await vault.tick();
  assert.is(done.exitCode, 0, done.stderr);
  assert.is(await vault.show('pushpals/go', 'src/a.txt'), 'two\nthree\n');
  assert.not.match(done.stderr, /change …/, 'what was done is not done twice');
});

scenario(
  'a run that used up its time asks for as much again, and goes on after its last snapshot',
  {},
  async (vault) => {
    const count = join(vault.dir, 'count');
    await vault.commit({
      'formulas/l.yml': `formula: l
version: 1
budget: { time: 2s }
steps:
  - { id: change, run: "echo two > src/a.txt" }
  - { id: slow, needs: [change], run: "echo x >> '${count}'; [ $(wc -l < '${count}') -gt 1 ] || sleep 20" }
  - { id: ship, needs: [slow], ship: {} }
`,
    });
    const tick = await vault.drop('go', 'l');
    assert.is(tick.exitCode, 3, tick.stderr);
    const id = await vault.request();
    assert.match((await vault.pushpals(['vault', 'show', id])).stdout, /budget, low[^]*May go-1 take another 2 s\?/);
    await vault.as('ada');
    await vault.pushpals(['vault', 'approve', id, '--yes']);
    const done = await vault.tick();
    assert.is(done.exitCode, 0, done.stderr);
    assert.not.match(done.stderr, /go: change …/);
    assert.is(await vault.show('pushpals/go', 'src/a.txt'), 'two\n');
  },
);

scenario('a `task` asks a person to do something outside, and hands on what they report', {}, async (vault) => {
  await vault.commit({
    'formulas/l.yml': `formula: l
version: 1
steps:
  - { id: change, run: "echo two > src/a.txt" }
  - { id: rotate, needs: [change], task: "Rotate the key, and say its new id" }
  - { id: ship, needs: [rotate], ship: { title: "Use {{ steps.rotate.outputs.answer }}" } }
`,
  });
  assert.is((await vault.drop('go', 'l')).exitCode, 3);
  const id = await vault.request();
  assert.match(
    (await vault.pushpals(['vault', 'show', id])).stdout,
    /task, low[^]*Rotate the key[^]*pushpals vault answer/,
  );
  await vault.as('ada');
  assert.match((await vault.pushpals(['vault', 'approve', id, '--yes'])).stderr, /it does not say what was done/);
  // A merge that reports nothing is asked again.
  const { tick: refused } = await merged(vault, 'ada', '-S');
  assert.match(refused.stderr, /it does not say what was done/);
  const answered = await vault.pushpals(['vault', 'answer', id, 'key-7']);
  assert.is(answered.exitCode, 0, answered.stderr);
  const tick = await vault.tick();
  assert.is(tick.exitCode, 0, tick.stderr);
  assert.is(await vault.git('log', '-1', '--format=%s', 'pushpals/go'), 'Use key-7');
  assert.match((await vault.pushpals(['audit'])).stdout, /^nothing found: .* 1 fired requests/);
});

scenario('a task is reported in the file as well', {}, async (vault) => {
  await vault.commit({
    'formulas/l.yml':
      'formula: l\nversion: 1\nsteps:\n  - { id: rotate, task: "Rotate the key" }\n  - { id: ship, needs: [rotate], ship: {} }\n',
  });
  await vault.drop('go', 'l');
  const id = await vault.request();
  await vault.as('ada');
  await vault.ops('merge', '-q', '--no-ff', '--no-commit', `vault/${id}`);
  const file = `vault/approved/${id}.yml`;
  await vault.write(`ops/${file}`, `${await vault.read(`ops/${file}`)}answer: done\n`);
  await vault.ops('add', file);
  await vault.ops('commit', '-q', '-S', '-m', 'done');
  const tick = await vault.tick();
  assert.is(tick.exitCode, 0, tick.stderr);
});

for (const answer of ['retry', 'cancel'] as const)
  scenario(`tests that fail without the change as well end in a question (${answer})`, {}, async (vault) => {
    const gate = join(vault.dir, 'mended');
    await vault.commit({ 'formulas/l.yml': formula('l').replace('grep -q two', `[ -e '${gate}' ] && grep -q two`) });
    const tick = await vault.drop('go', 'l');
    assert.is(tick.exitCode, 3, tick.stderr);
    const id = await vault.request();
    const shown = await vault.pushpals(['vault', 'show', id]);
    assert.match(
      shown.stdout,
      /question, low[^]*fails on the base[^]*Try again, or cancel the order\?[^]*retry\|cancel/,
    );
    await vault.as('ada');
    assert.match(
      (await vault.pushpals(['vault', 'answer', id, 'maybe'])).stderr,
      /its answer is none of retry, cancel/,
    );
    assert.is((await vault.pushpals(['vault', 'answer', id, answer])).exitCode, 0);
    writeFileSync(gate, '');
    const again = await vault.tick();
    assert.is(again.exitCode, 0, again.stderr);
    assert.is(await vault.state('go'), answer === 'retry' ? 'done' : 'cancelled');
    assert.match((await vault.pushpals(['audit'])).stdout, /^nothing found: .* 1 fired requests/);
    assert.is(await vault.git('branch', '--list', 'vault/*'), '');
  });

scenario('an order that no formula does ends in a question, and the answer names one', {}, async (vault) => {
  await vault.drop('go', 'unassigned');
  const id = await vault.request();
  assert.match(
    (await vault.pushpals(['vault', 'show', id])).stdout,
    /question, high[^]*Which one should[^]*\|l\|[^]*cancel/,
  );
  await vault.as('ada');
  assert.is((await vault.pushpals(['vault', 'answer', id, 'l'])).exitCode, 0);
  const tick = await vault.tick();
  assert.is(tick.exitCode, 0, tick.stderr);
  assert.is(await vault.show('pushpals/go', 'src/a.txt'), 'two\n');
  await vault.drop('other', 'unassigned');
  assert.is((await vault.pushpals(['order', 'assign', 'other', 'l'])).exitCode, 0);
  assert.is(await vault.request(), 'none', 'who names one by hand answers it as well');
});

scenario('rejected: by the command, by deleting the branch, by moving the file', {}, async (vault) => {
  const { drop, request, pushpals, state, git, ops, tick, opsFiles, show } = vault;
  await drop('one', 'm');
  const one = await request();
  assert.is((await pushpals(['vault', 'reject', one])).exitCode, 4);
  assert.is((await pushpals(['vault', 'reject', one, '--reason', 'too wide'])).exitCode, 0);
  assert.is(await state('one'), 'cancelled');
  assert.match((await pushpals(['order', 'show', 'one'])).stdout, /was rejected by olga: too wide/);

  await drop('two', 'm');
  const two = await request();
  await git('branch', '-D', `vault/${two}`);
  await tick();
  assert.is(await state('two'), 'cancelled');
  assert.match((await show('refs/heads/ops', `vault/rejected/${two}.yml`)) ?? '', /the branch vault\/.* was deleted/);

  await drop('three', 'm');
  const three = await request();
  await ops('mv', `vault/pending/${three}.yml`, `vault/rejected/${three}.yml`);
  await ops('commit', '-q', '-m', 'no');
  await tick();
  assert.is(await state('three'), 'cancelled');
  assert.not.ok((await opsFiles()).some((path) => /^vault\/(pending|approved)\/[^.]/.test(path)));
  assert.is(await git('branch', '--list', 'vault/*', 'pushpals/*'), '');
});

scenario('expired: nobody answered in time', {}, async (vault) => {
  await vault.as('olga');
  const expires = new Date(Date.now() + 2500).toISOString();
  await vault.write('ops/inbox/go.yml', `goal: Go\nformula: h\nexpires: ${expires}\n`);
  assert.is((await vault.tick()).exitCode, 3);
  const id = await vault.request();
  await new Promise((resolve) => setTimeout(resolve, 2600));
  await vault.tick();
  assert.is(await vault.state('go'), 'cancelled');
  assert.match((await vault.pushpals(['vault', 'show', id])).stdout, /rejected: expired/);
});

/** An approved run that a runner dies in, after the intent is written down and before anything is done. */
async function killedAfterIntent(vault: Vault): Promise<string> {
  const [gate, count] = [join(vault.dir, 'gate'), join(vault.dir, 'count')];
  const wait = `echo verify >> '${count}'; n=0; while [ ! -e '${gate}' ] && [ $((n += 1)) -lt 4000 ]; do sleep 0.02; done`;
  await vault.commit({ 'formulas/m.yml': formula('m').replace('grep -q', `${wait}; grep -q`) });
  writeFileSync(gate, '');
  await vault.drop('go', 'm');
  const id = await vault.request();
  await vault.commit({ 'src/other.txt': 'other\n' });
  await vault.as('ada');
  assert.is((await vault.pushpals(['vault', 'approve', id, '--yes'])).exitCode, 0);
  rmSync(gate);
  rmSync(count);
  const runner = spawn(process.execPath, [resolve('dist/pushpals.js'), 'tick'], { cwd: vault.dir, stdio: 'ignore' });
  await until('the check runs again', () => existsSync(count));
  runner.kill('SIGKILL');
  await once(runner, 'close');
  assert.match((await vault.show('refs/heads/ops', `vault/fired/${id}.yml`)) ?? '', /outcome: intended/);
  assert.is(await vault.git('branch', '--list', 'pushpals/*'), '');
  writeFileSync(gate, '');
  return id;
}

scenario('a crash between intent and effect: what was surely not done is done, once', {}, async (vault) => {
  const id = await killedAfterIntent(vault);
  const tick = await vault.tick();
  assert.is(tick.exitCode, 0, tick.stderr);
  assert.is(await vault.state('go'), 'done');
  assert.match((await vault.show('refs/heads/ops', `vault/fired/${id}.yml`)) ?? '', /outcome: done/);
});

for (const wasDone of [true, false])
  scenario(
    `a crash that leaves it unknown is for a person to resolve (${wasDone ? 'done' : 'undone'})`,
    {},
    async (vault) => {
      const id = await killedAfterIntent(vault);
      await vault.git('branch', 'pushpals/go', 'main');
      const tick = await vault.tick();
      assert.is(tick.exitCode, 3, tick.stderr);
      assert.match(tick.stderr, /outcome-unknown: nobody can tell whether go-\w+ was done[^]*pushpals vault resolve/);
      assert.is(await vault.git('rev-parse', 'pushpals/go'), await vault.git('rev-parse', 'main'));
      const again = await vault.tick();
      assert.is(again.exitCode, 3, 'it is not tried again by itself');
      assert.match((await vault.pushpals(['status'])).stdout, new RegExp(`Waits for you\\n +go [^]*vault show ${id}`));
      assert.is((await vault.pushpals(['vault', 'resolve', id])).exitCode, 4);
      const resolved = await vault.pushpals(['vault', 'resolve', id, wasDone ? '--done' : '--undone']);
      assert.is(resolved.exitCode, 0, resolved.stderr);
      assert.is(await vault.state('go'), wasDone ? 'done' : 'queue');
      assert.is((await vault.pushpals(['vault', 'resolve', id, '--done'])).exitCode, 4);
      if (wasDone) return;
      await vault.git('branch', '-D', 'pushpals/go');
      await vault.tick();
      assert.is.not(await vault.request(), id);
    },
  );

test.run();
