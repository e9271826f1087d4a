// deadline: 180s
import { execa } from 'execa';
import { existsSync, mkdtempSync, rmSync, renameSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../until.js';
import type { Project } from './program.js';
import { GIT, withRemote } from './remote-rig.js';

const WHO = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((who) => [
    [`GIT_${who}_NAME`, 'Carol'],
    [`GIT_${who}_EMAIL`, 'carol@example.org'],
  ]),
);

const opsTip = (project: Project): Promise<string> => project.git('rev-parse', 'refs/heads/ops');

test('orders dropped on two machines at once are each done once, and both have the whole story', () =>
  withRemote({}, async ({ a, b, git, remote }) => {
    for (const [name, on] of Object.entries({ a, b })) {
      for (const index of [1, 2, 3])
        await on.drop(`${name}${String(index)}.yml`, `goal: Do ${name} ${String(index)}\nformula: f\n`);
      // The same name for another order.
      await on.drop('same.yml', `goal: Do same of ${name}\nformula: f\n`);
    }
    // Somebody commits a file on the forge, and here lies another one of its name.
    await a.drop('forge.yml', 'goal: Do what lies here\nformula: f\n');
    const person = { GIT_INDEX_FILE: join(remote, 'index'), ...WHO };
    const onForge = async (args: readonly string[], input = ''): Promise<string> =>
      (await execa('git', args, { cwd: remote, env: { ...GIT, ...person }, input })).stdout;
    const blob = await onForge(['hash-object', '-w', '--stdin'], 'goal: Do what is committed\nformula: f\n');
    await onForge(['read-tree', 'ops']);
    await onForge(['update-index', '--add', '--cacheinfo', `100644,${blob},inbox/forge.yml`]);
    const commit = ['commit-tree', '-p', 'ops', '-m', 'An order', await onForge(['write-tree'])];
    await onForge(['update-ref', 'refs/heads/ops', await onForge(commit)]);
    const ticks = await Promise.all([a.run('tick'), b.run('tick')]);
    for (const { exitCode, stderr } of ticks) assert.is(exitCode, 0, stderr);
    // What one gave back or did not see yet.
    await a.run('tick');
    await b.run('tick');
    await a.run('tick');
    const files = (await git('ls-tree', '-r', '--name-only', 'refs/heads/ops')).split('\n');
    const done = files
      .filter((path) => path.startsWith('done/') && path.endsWith('.yml'))
      .map((path) => path.split('/').at(-1));
    assert.equal(
      done.sort(),
      ['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'forge-2', 'forge', 'same-2', 'same'].map((name) => `${name}.yml`).sort(),
    );
    assert.equal(
      files.filter((path) => /^(queue|active|waiting)\/.*\.yml$/.test(path)),
      [],
    );
    for (const name of done) {
      const order = name?.replace('.yml', '') ?? '';
      assert.match(await git('log', '-1', '--format=%B', `refs/heads/pushpals/${order}`), `PushPals-Order: ${order}`);
      assert.is(await git('rev-list', '--count', `main..pushpals/${order}`), '1', order);
    }
    assert.is(await opsTip(a), await git('rev-parse', 'refs/heads/ops'));
    for (const on of [a, b]) assert.match((await on.run('audit')).stdout, /^nothing found/);
    assert.is(await git('for-each-ref', 'refs/pushpals'), '', 'no snapshot is left behind');
    assert.equal(
      files.filter((path) => path.startsWith('inbox/') && path.endsWith('.yml')),
      [],
    );
  }));

test('an order that gets another name, as others gave its own away, is still the one that others of this machine come after', () =>
  withRemote({}, async ({ a, b, remote }) => {
    await b.run('tick');
    await a.git('remote', 'set-url', 'origin', join(remote, 'nowhere'));
    await a.drop('fix.yml', 'goal: Fix of A\nformula: f\n');
    await a.drop('deploy.yml', 'goal: Deploy the fix of A\nformula: f\nafter: [fix]\n');
    assert.is((await a.run('tick')).exitCode, 3);
    await b.drop('fix.yml', 'goal: Something else of B\nformula: f\n');
    assert.is((await b.run('tick')).exitCode, 0);
    await a.git('remote', 'set-url', 'origin', remote);
    const tick = await a.run('tick');
    assert.is(tick.exitCode, 0, tick.stderr);
    const done = async (name: string): Promise<string> => {
      const path = (await a.opsFiles()).find((each) => each.startsWith('done/') && each.endsWith(`/${name}.yml`));
      return (await a.show('refs/heads/ops', path ?? '')) ?? '';
    };
    assert.match(await done('fix'), /goal: Something else of B/);
    assert.match(await done('fix-2'), /goal: Fix of A/);
    assert.match(await done('deploy'), /after:\s+- fix-2\n/);
    assert.match((await a.run('audit')).stdout, /^nothing found/);
  }));

const marks = mkdtempSync(join(tmpdir(), 'pushpals-marks-'));
process.on('exit', () => {
  rmSync(marks, { recursive: true });
});

test('a runner that is killed in the middle of step 3 of 5: another machine finishes from step 3', () =>
  withRemote(
    {
      'formulas/five.yml': `formula: five
version: 1
steps:
  - { id: s1, run: "echo s1 >> ${marks}/ran; echo 1 >> src/a.txt" }
  - { id: s2, needs: [s1], run: "echo s2 >> ${marks}/ran; echo 2 >> src/a.txt" }
  - { id: s3, needs: [s2], run: "echo s3 >> ${marks}/ran; [ -e ${marks}/go ] || sleep 300; echo 3 >> src/a.txt" }
  - { id: s4, needs: [s3], run: "echo s4 >> ${marks}/ran; echo 4 >> src/a.txt" }
  - { id: s5, needs: [s4], ship: {} }
`,
    },
    async ({ a, b, git }) => {
      await a.drop('long.yml', 'goal: Take long\nformula: five\n');
      const killed = execa(process.execPath, [resolve('dist/pushpals.js'), 'tick'], {
        cwd: a.dir,
        env: { ...GIT, NO_COLOR: '1', PUSHPALS_RUNNER: 'a' },
        reject: false,
      });
      const ran = async (): Promise<string> =>
        existsSync(`${marks}/ran`) ? (await execa('cat', [`${marks}/ran`])).stdout : '';
      await until('step 3 has begun', async () => (await ran()).endsWith('s3'));
      await until('the end of step 2 is shared', async () =>
        /s2:\s+state: succeeded/.test(await git('show', 'refs/heads/ops:active/long.yml').catch(() => '')),
      );
      assert.match(await git('for-each-ref', 'refs/pushpals/runs'), /long-1\/s2/);
      killed.kill('SIGKILL');
      await killed;
      writeFileSync(`${marks}/go`, '');
      assert.match((await b.run('tick')).stderr, /^$/, 'its lease has not run out');
      await until('the lease has run out and it is done', async () => {
        await b.run('tick');
        return (await git('ls-tree', '-r', '--name-only', 'refs/heads/ops:done')).includes('/long.yml');
      });
      assert.is(await ran(), 's1\ns2\ns3\ns3\ns4');
      assert.is(await git('show', 'pushpals/long:src/a.txt'), 'one\n1\n2\n3\n4');
      assert.is(await git('for-each-ref', 'refs/pushpals/runs'), '');
      await a.run('tick');
      assert.is(await opsTip(a), await opsTip(b));
      assert.is(await a.git('for-each-ref', 'refs/pushpals/runs'), '');
      assert.match((await a.run('audit')).stdout, /^nothing found/);
    },
  ));

test('the remote goes away: what runs ends, nothing new starts, and everything is pushed when it is back', () =>
  withRemote(
    {
      'formulas/slow.yml': `formula: slow
version: 1
steps:
  - { id: wait, run: "touch ${marks}/away; while [ ! -e ${marks}/gone ]; do sleep 0.05; done; echo two >> src/a.txt" }
  - { id: ship, needs: [wait], ship: {} }
`,
    },
    async ({ a, b, remote, git }) => {
      await a.drop('slow.yml', 'goal: Go on\nformula: slow\n');
      const running = a.run('tick');
      await until('it runs', () => existsSync(`${marks}/away`));
      renameSync(remote, `${remote}.away`);
      writeFileSync(`${marks}/gone`, '');
      const { stderr } = await running;
      assert.match(stderr, /the remote origin cannot be reached/);
      assert.match(stderr, /slow: shipped to pushpals\/slow/);
      await a.drop('next.yml', 'goal: Next\nformula: f\n');
      const next = await a.run('tick');
      assert.is(next.exitCode, 3);
      assert.match(next.stderr, /next: waits: the remote is not available: nothing new starts until it is/);
      assert.ok(existsSync(join(a.dir, 'ops/inbox/next.yml')), 'it is kept until others know of it');
      assert.match((await a.run('status')).stdout, /origin.*cannot be reached/);
      renameSync(`${remote}.away`, remote);
      const back = await a.run('tick');
      assert.is(back.exitCode, 0, back.stderr);
      assert.is(await opsTip(a), await git('rev-parse', 'refs/heads/ops'));
      await b.run('tick');
      assert.equal(
        (await b.opsFiles())
          .filter((path) => path.startsWith('done/') && path.endsWith('.yml'))
          .map((path) => path.split('/').at(-1)),
        ['next.yml', 'slow.yml'],
      );
      assert.is(existsSync(join(a.dir, 'ops/inbox/next.yml')), false);
    },
  ));

test('a remote that does not take the branch is said loudly, and so since when', () =>
  withRemote({}, async ({ a, remote, git }) => {
    const hook = join(remote, 'hooks/pre-receive');
    writeFileSync(hook, '#!/bin/sh\necho "the branch ops is frozen" >&2\nexit 1\n');
    chmodSync(hook, 0o755);
    await a.drop('one.yml', 'goal: One\nformula: f\n');
    const tick = await a.run('tick');
    assert.is(tick.exitCode, 3);
    assert.match(tick.stderr, /the remote origin does not take the ops branch[^]*the branch ops is frozen/);
    assert.match((await a.run('status')).stdout, /origin does not take what this runner pushes[^]*frozen/);
    const doctor = await a.run('doctor');
    assert.match(doctor.stdout, /does not take/);
    rmSync(hook);
    assert.is((await a.run('tick')).exitCode, 0);
    assert.is(await opsTip(a), await git('rev-parse', 'refs/heads/ops'));
  }));

test('a history that was rewritten at the remote is not taken for ours', () =>
  withRemote({}, async ({ a, git }) => {
    await a.drop('one.yml', 'goal: One\nformula: f\n');
    await a.run('tick');
    const before = await opsTip(a);
    await git('update-ref', 'refs/heads/ops', 'refs/heads/ops~2');
    const { exitCode, stderr } = await a.run('tick');
    assert.is(exitCode, 4);
    assert.match(stderr, new RegExp(`the history of refs/heads/ops was rewritten at origin: ${before.slice(0, 12)}`));
    assert.is(await opsTip(a), before);
    await a.git('push', '-q', 'origin', `${before}:refs/heads/ops`);
    assert.is((await a.run('tick')).exitCode, 0);
  }));

test('two ops branches that were each made by an init of their own: the advice leads to one', () =>
  withRemote({}, async ({ a, b }) => {
    // As b is where somebody made a branch of their own before they heard of the shared one.
    await b.git('worktree', 'remove', '--force', 'ops');
    for (const ref of ['refs/heads/ops', 'refs/pushpals/seen/ops', 'refs/pushpals/shared/heads/ops'])
      await b.git('update-ref', '-d', ref);
    await b.git('update-ref', '-d', 'refs/remotes/origin/ops');
    await b.git('remote', 'set-url', 'origin', join(b.dir, 'nowhere'));
    assert.is((await b.run('init', '--yes')).exitCode, 0);
    await b.git('remote', 'set-url', 'origin', join(b.dir, '../r.git'));
    const parted = await b.run('tick');
    assert.is(parted.exitCode, 4, parted.stderr);
    const advice = /then: (git worktree remove PATH .* pushpals init --yes)\./.exec(parted.stderr)?.[1] ?? '';
    await b.shell(advice.replace('PATH', 'ops'));
    await b.drop('go.yml', 'goal: Go\nformula: f\n');
    const tick = await b.run('tick');
    assert.is(tick.exitCode, 0, tick.stderr);
    assert.is((await a.run('tick')).exitCode, 0);
    assert.ok((await a.opsFiles()).some((path) => /^done\/.*go\.yml$/.test(path)));
  }));

test('an approval that is made on another machine, and one that is refused by deleting its branch at the remote', () =>
  withRemote(
    {
      'policy/policy.yml': `version: 1
verify: identity
default: medium
tiers: { medium: { gate: merge-approval, approvals: 1 } }
approvers: [{ id: bob, emails: [bob@example.org] }]
`,
    },
    async ({ a, b, git }) => {
      for (const name of ['yes', 'no']) {
        await a.drop(`${name}.yml`, `goal: Do ${name}\nformula: f\n`);
        assert.is((await a.run('tick')).exitCode, 3);
      }
      const [no = '', yes = ''] = (await git('for-each-ref', '--format=%(refname:short)', 'refs/heads/vault')).split(
        '\n',
      );
      assert.match(`${no} ${yes}`, /^vault\/no-\w+ vault\/yes-\w+$/);
      await b.run('tick');
      // While others go on, Bob merges by hand, pulls and pushes as people do.
      await a.drop('more.yml', 'goal: Do more\nformula: f\n');
      await a.run('tick');
      await b.git('-C', 'ops', 'merge', '-q', '--no-ff', '-m', 'yes', yes);
      await b.git('-C', 'ops', 'pull', '-q', '--no-rebase', '--no-edit', 'origin', 'ops');
      await b.git('-C', 'ops', 'push', '-q', 'origin', 'ops');
      await git('branch', '-D', no);
      const tick = await a.run('tick');
      assert.match(tick.stderr, /yes: shipped to pushpals\/yes/);
      const files = await a.opsFiles();
      assert.ok(
        files.some((path) => /^cancelled\/.*\/no\.yml$/.test(path)),
        files.join('\n'),
      );
      assert.is(
        await git('for-each-ref', '--format=%(refname:short)', 'refs/heads/vault/yes*', 'refs/heads/vault/no*'),
        '',
      );
      for (const on of [a, b]) {
        await on.run('tick');
        assert.match((await on.run('audit')).stdout, /^nothing found/);
      }
    },
  ));

test('a merge that brings in what neither side has is found', () =>
  withRemote({}, async ({ a }) => {
    await a.drop('one.yml', 'goal: One\nformula: f\n');
    await a.run('tick');
    await a.git('-C', 'ops', 'checkout', '-q', '-b', 'side', 'HEAD~1');
    await a.write('ops/knowledge/x.md', 'x\n');
    await a.git('-C', 'ops', 'add', '.');
    await a.git('-C', 'ops', 'commit', '-q', '-m', 'x');
    await a.git('-C', 'ops', 'checkout', '-q', 'ops');
    await a.git('-C', 'ops', 'merge', '-q', '--no-ff', '--no-commit', 'side');
    await a.write('ops/queue/two.yml', 'id: two\n');
    await a.git('-C', 'ops', 'add', '.');
    await a.git('-C', 'ops', 'commit', '-q', '-m', 'join');
    const { stdout } = await a.run('audit');
    assert.match(stdout, /order two: none → queue: made by ada@example\.org/);
    assert.is(stdout.match(/^finding/gm)?.length, 1, stdout);
  }));

test.run();
