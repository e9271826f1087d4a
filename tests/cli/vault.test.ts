// deadline: 300s
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../until.js';
import type { Ended } from './program.js';
import { formula, policy, withVault, type Rules, type Vault } from './vault-rig.js';

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

/** Has somebody merge the branch by hand, and answers what the next tick says. */
async function merged(vault: Vault, who: string, ...how: string[]): Promise<{ tick: Ended; id: string }> {
  const id = await vault.request();
  await vault.as(who);
  await vault.ops('merge', '-q', '--no-ff', '-m', 'yes', ...how, `vault/${id}`);
  return { tick: await vault.tick(), id };
}

scenario('a merge by hand that is signed is an approval', {}, async (vault) => {
  await vault.drop('go', 'm');
  const { tick } = await merged(vault, 'ada', '-S');
  assert.is(tick.exitCode, 0, tick.stderr);
  assert.is(await vault.state('go'), 'done');
});

for (const [name, who, how, why] of [
  ['not signed', 'ada', [], /it is not signed, and the policy asks for signatures/],
  ['signed with a key that nobody has', 'eve', ['-S'], /signed with a key that no approver of the policy has/],
] as const)
  scenario(`approver unknown: ${name} is no approval, and it is asked again`, {}, async (vault) => {
    await vault.drop('go', 'm');
    const { tick, id } = await merged(vault, who, ...how);
    assert.is(tick.exitCode, 3);
    assert.match(tick.stderr, why);
    assert.is(await vault.state('go'), 'waiting');
    assert.match((await vault.pushpals(['vault', 'show', id])).stdout, why);
    // It can be approved all the same.
    await vault.as('bob');
    assert.is((await vault.pushpals(['vault', 'approve', id, '--yes'])).exitCode, 0);
    assert.is((await vault.tick()).exitCode, 0);
    assert.is(await vault.state('go'), 'done');
  });

scenario('a forged e-mail is no approval where signatures are asked', {}, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  await vault.as('eve', 'ada@example.org');
  await vault.ops('merge', '-q', '--no-ff', '-S', '-m', 'yes', `vault/${id}`);
  assert.match((await vault.tick()).stderr, /signed with a key that no approver of the policy has/);
  const refused = await vault.pushpals(['vault', 'approve', id, '--yes']);
  assert.is(refused.exitCode, 3);
  assert.match(refused.stderr, /no approver of the policy has/);
  assert.is(await vault.state('go'), 'waiting');
});

scenario('nobody approves their own', {}, async (vault) => {
  await vault.drop('go', 'm', 'ada');
  const id = await vault.request();
  const refused = await vault.pushpals(['vault', 'approve', id, '--yes']);
  assert.is(refused.exitCode, 3);
  assert.match(refused.stderr, /ada asked for the work, and nobody approves their own/);
  const { tick } = await merged(vault, 'ada', '-S');
  assert.match(tick.stderr, /nobody approves their own/);
  assert.is(await vault.state('go'), 'waiting');
});

scenario('an approval is used once', {}, async (vault) => {
  await vault.drop('go', 'm');
  const { id } = await merged(vault, 'ada', '-S');
  const fired = (await vault.show('refs/heads/ops', `vault/fired/${id}.yml`)) ?? '';
  const commits = await vault.git('rev-list', '--count', 'refs/heads/ops');
  await vault.write(`ops/vault/approved/${id}.yml`, fired);
  await vault.ops('add', '.');
  await vault.ops('commit', '-q', '-S', '-m', 'again');
  const shipped = await vault.git('rev-parse', 'pushpals/go');
  await vault.tick();
  assert.not.ok((await vault.opsFiles()).includes(`vault/approved/${id}.yml`));
  assert.is(await vault.git('rev-parse', 'pushpals/go'), shipped);
  assert.match(
    await vault.git('log', '-1', '--format=%s', 'refs/heads/ops'),
    /1 approval\(s\) refused: nothing waits for them/,
  );
  assert.is(Number(await vault.git('rev-list', '--count', 'refs/heads/ops')) - Number(commits), 2);
});

scenario('a vault branch that changes anything else is refused as a whole', {}, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  await vault.as('ada');
  await vault.git('worktree', 'add', '-q', 'side', `vault/${id}`);
  await vault.write('side/README.md', 'mine\n');
  await vault.write('side/queue/x.yml', 'mine\n');
  await vault.git('-C', 'side', 'add', '.');
  await vault.git('-C', 'side', 'commit', '-q', '-S', '-m', 'more');
  const readme = await vault.show('refs/heads/ops', 'README.md');
  const { tick } = await merged(vault, 'ada', '-S');
  assert.match(tick.stderr, /it changes (README\.md|queue\/x\.yml) as well/);
  assert.is(await vault.show('refs/heads/ops', 'README.md'), readme, 'what it brought along is taken back');
  assert.is(await vault.show('refs/heads/ops', 'queue/x.yml'), null);
  assert.is(await vault.state('go'), 'waiting');
});

scenario('a fast-forward to the branch is no approval', {}, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  await vault.as('ada');
  assert.throws(
    await vault.ops('merge', '-q', '--ff-only', `vault/${id}`).then(
      () => () => undefined,
      (error: unknown) => () => {
        throw error;
      },
    ),
  );
  // Merged the other way round, and pushed onto the ops branch from there.
  await vault.git('worktree', 'add', '-q', 'side', `vault/${id}`);
  await vault.git('-C', 'side', 'merge', '-q', '-S', '-m', 'catch up', 'refs/heads/ops');
  await vault.ops('merge', '-q', '--ff-only', `vault/${id}`);
  const tick = await vault.tick();
  assert.match(tick.stderr, /it is the runner's own commit: merge the branch with `git merge --no-ff`/);
  assert.is(await vault.state('go'), 'waiting');
});

for (const verify of ['signature', 'identity'] as const) {
  scenario(`${verify}: a squash merge by an approver says yes as well`, { verify }, async (vault) => {
    await vault.drop('go', 'm');
    const id = await vault.request();
    await vault.as('ada');
    await vault.ops('merge', '-q', '--squash', `vault/${id}`);
    await vault.ops('commit', '-q', ...(verify === 'signature' ? ['-S'] : []), '-m', 'squashed');
    const tick = await vault.tick();
    assert.is(tick.exitCode, 0, tick.stderr);
    assert.is(await vault.state('go'), 'done');
  });
  scenario(`${verify}: a rebase keeps the runner as its author`, { verify }, async (vault) => {
    await vault.drop('go', 'm');
    const id = await vault.request();
    await vault.as('ada');
    await vault.ops('cherry-pick', ...(verify === 'signature' ? ['-S'] : []), `vault/${id}`);
    const tick = await vault.tick();
    if (verify === 'signature') assert.is(await vault.state('go'), 'done', tick.stderr);
    else {
      assert.match(tick.stderr, /its author runner@pushpals\.invalid is no approver of the policy/);
      assert.is(await vault.state('go'), 'waiting');
    }
  });
}

scenario('identity: author and committer have to be one approver', { verify: 'identity' }, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  await vault.as('eve');
  await vault.ops('merge', '-q', '--no-ff', '-m', 'yes', `vault/${id}`);
  await vault.ops('commit', '-q', '--amend', '--no-edit', '--author', 'ada <ada@example.org>');
  assert.match((await vault.tick()).stderr, /its author is ada, and its committer eve@example\.org is somebody else/);
  const { tick } = await merged(vault, 'bob');
  assert.is(tick.exitCode, 0, tick.stderr);
});

scenario('an approver has to be in the group that the tier names', { verify: 'identity' }, async (vault) => {
  await vault.drop('go', 'h');
  const { tick } = await merged(vault, 'cyd');
  assert.match(tick.stderr, /cyd is in none of the groups leads/);
});

scenario('two approvals: from two people, one after the other', { approvals: 2 }, async (vault) => {
  await vault.drop('go', 'm');
  const { tick, id } = await merged(vault, 'ada', '-S');
  assert.match(tick.stderr, /1 of 2 approved/);
  const twice = await vault.pushpals(['vault', 'approve', id, '--yes']);
  assert.match(twice.stderr, /ada has approved it already; another person has to/);
  const second = await merged(vault, 'bob', '-S');
  assert.is(second.tick.exitCode, 0, second.tick.stderr);
  assert.match((await vault.show('refs/heads/ops', `vault/fired/${id}.yml`)) ?? '', /by: ada[^]*by: bob/);
});

scenario('what it asked about changed: an approval of it is void, and it is asked anew', {}, async (vault) => {
  await vault.drop('go', 'h');
  const first = await vault.request();
  await vault.as('ada');
  await vault.pushpals(['vault', 'approve', first, '--yes']);
  await vault.commit({ 'formulas/h.yml': formula('h', 'echo two > src/a.txt; echo evil > src/b.txt') });
  await vault.tick();
  assert.match(
    (await vault.show('refs/heads/ops', `vault/rejected/${first}.yml`)) ?? '',
    /what it asked about changed: formula/,
  );
  await vault.tick();
  const second = await vault.request();
  assert.is.not(second, first);
  assert.is(await vault.git('for-each-ref', 'refs/pushpals/runs/'), '');
  await vault.commit({ 'policy/policy.yml': policy({ more: 'limits: { open-requests: 9 }\n' }) });
  await vault.tick();
  assert.match(
    (await vault.show('refs/heads/ops', `vault/rejected/${second}.yml`)) ?? '',
    /what it asked about changed: policy/,
  );
});

scenario('the base moved: the same diff is rebuilt on it, checked again and ships', {}, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  await vault.commit({ 'src/other.txt': 'other\n' });
  await vault.as('ada');
  await vault.pushpals(['vault', 'approve', id, '--yes']);
  const tick = await vault.tick();
  assert.is(tick.exitCode, 0, tick.stderr);
  assert.match(tick.stderr, /go: verify …/, 'its checks run on the merged result');
  assert.not.match(tick.stderr, /go: change …/);
  assert.is(await vault.show('pushpals/go', 'src/other.txt'), 'other\n');
  assert.is(await vault.show('pushpals/go', 'src/a.txt'), 'two\n');
  assert.is(await vault.git('rev-parse', 'pushpals/go~1'), await vault.git('rev-parse', 'main'));
});

scenario('the base moved: another diff is asked anew', {}, async (vault) => {
  await vault.commit({
    'src/a.txt': '1\n2\n3\n4\none\n',
    'formulas/m.yml': formula('m', "sed -i 's/one/two/' src/a.txt"),
  });
  await vault.drop('go', 'm');
  const first = await vault.request();
  await vault.as('olga');
  await vault.commit({ 'src/a.txt': '1\n2\nthree\n4\none\n'.replace('2\n', '2\n') });
  await vault.as('ada');
  await vault.pushpals(['vault', 'approve', first, '--yes']);
  const tick = await vault.tick();
  assert.is(tick.exitCode, 3, tick.stderr);
  const second = await vault.request();
  assert.is.not(second, first);
  assert.is(await vault.git('branch', '--list', 'pushpals/*'), '');
  assert.match((await vault.show('refs/heads/ops', `vault/fired/${first}.yml`)) ?? '', /outcome: void/);
  assert.is((await vault.pushpals(['vault', 'approve', second, '--yes'])).exitCode, 0);
  assert.is((await vault.tick()).exitCode, 0);
});

scenario('the base moved: a result that does not fit any more is made anew', {}, async (vault) => {
  await vault.drop('go', 'm');
  const first = await vault.request();
  await vault.as('olga');
  await vault.commit({ 'src/a.txt': 'uno\n' });
  await vault.as('ada');
  await vault.pushpals(['vault', 'approve', first, '--yes']);
  const tick = await vault.tick();
  assert.is(tick.exitCode, 3, tick.stderr);
  assert.match(
    (await vault.show('refs/heads/ops', `vault/rejected/${first}.yml`)) ?? '',
    /does not fit any more: src\/a\.txt/,
  );
  assert.is.not(await vault.request(), first);
});

scenario(
  'limits: no more requests than people can look at, and nothing is dropped',
  { more: 'limits: { open-requests: 1 }\n' },
  async (vault) => {
    await vault.drop('one', 'h');
    const first = await vault.request();
    const tick = await vault.drop('two', 'h');
    assert.match(tick.stderr, /two: waits: limits\.open-requests: 1 of 1 requests wait for people/);
    await vault.pushpals(['vault', 'reject', first, '--reason', 'no']);
    await vault.tick();
    assert.match(await vault.request(), /^two-/);
  },
);

scenario('nobody could approve it: it waits, and says so', { verify: 'forge' }, async (vault) => {
  const tick = await vault.drop('go', 'h');
  assert.is(tick.exitCode, 3);
  assert.match(tick.stderr, /forges are not built yet/);
  assert.is(await vault.request(), 'none');
});

scenario('an order that is cancelled takes its request along', {}, async (vault) => {
  await vault.drop('go', 'm');
  const id = await vault.request();
  assert.is((await vault.pushpals(['order', 'cancel', 'go'])).exitCode, 0);
  assert.is(await vault.request(), 'none');
  assert.is(await vault.git('branch', '--list', 'vault/*'), '');
  assert.match((await vault.pushpals(['vault', 'show', id])).stdout, /rejected: void/);
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
