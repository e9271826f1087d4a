// deadline: 300s
// one Node: it is git, and the order of what several processes do
import { execa } from 'execa';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../until.js';
import { ADD, folder, order, standing, withProject } from './integrate-rig.js';
import type { Project } from './program.js';
import { GIT, withRemote } from './remote-rig.js';
import { merged, withVault } from './vault-rig.js';

/** Appends, so that what is done twice is seen twice. */
const APPEND = `formula: add
version: 1
steps:
  - { id: change, run: 'mkdir -p add; echo more >> add/log' }
  - { id: verify, needs: [change], check: { command: test } }
  - { id: ship, needs: [verify], ship: { title: "add more" } }
`;

/** A command that says that it has begun, and goes on when it is told. */
function held(name: string): { readonly command: string; readonly begun: () => boolean; readonly go: () => void } {
  const mark = (what: string): string => join(folder, `${name}.${what}`);
  return {
    command: `touch ${mark('begun')}; while [ ! -e ${mark('go')} ]; do sleep 0.02; done`,
    begun: () => existsSync(mark('begun')),
    go: () => {
      writeFileSync(mark('go'), '');
    },
  };
}

/** Has the remote kill whoever first moves its branch `main`, the moment that it has. */
function killAtPush(remote: string, name: string): (pid: number | undefined) => void {
  const [pid, killed] = [join(folder, `${name}.pid`), join(folder, `${name}.killed`)];
  const hook = `#!/bin/sh\nwhile read -r _ _ ref; do\n  [ "$ref" = refs/heads/main ] && [ ! -e ${killed} ] && touch ${killed} && kill -9 "$(cat ${pid})"\ndone\ntrue\n`;
  writeFileSync(join(remote, 'hooks/post-receive'), hook, { mode: 0o755 });
  return (value) => {
    writeFileSync(pid, String(value));
  };
}

const start = (dir: string, env: Readonly<Record<string, string>> = {}) =>
  execa(process.execPath, [resolve('dist/pushpals.js'), 'tick'], { cwd: dir, reject: false, env: { ...GIT, ...env } });

const pull = ['pull', '-q', '--ff-only', 'origin', 'main'];

async function tickOk(project: Project): Promise<string> {
  const { exitCode, stderr } = await project.pushpals(['tick']);
  assert.is(exitCode, 0, stderr);
  return stderr;
}

test('somebody’s own branch under a result’s name stays, and holds nothing else up', () =>
  withProject('foreign', { integrate: '{ via: branch }' }, async (project, remote) => {
    await tickOk(project);
    await project.git('checkout', '-q', '-b', 'tmp');
    await project.commit({ 'mine.txt': 'mine' });
    await project.git('push', '-q', 'origin', 'tmp:refs/heads/pushpals/one');
    await project.git('checkout', '-q', 'main');
    await project.write('ops/inbox/one.yml', order('one'));
    assert.match(await tickOk(project), /pushpals\/one at origin is not the runner's there, and stays as it is/);
    assert.match(await standing(project, 'one'), /^done\//);
    await project.write('ops/inbox/two.yml', order('two'));
    await tickOk(project);
    assert.is(await remote('show', 'pushpals/one:mine.txt'), 'mine');
    assert.is(await remote('show', 'pushpals/two:add/two'), 'new');
    assert.is(await remote('rev-parse', 'ops'), await project.git('rev-parse', 'refs/heads/ops'));
  }));

test('a result that the remote refuses holds nothing else up', () =>
  withProject('ruled', { integrate: '{ via: branch }' }, async (project, remote) => {
    const hook = '#!/bin/sh\n[ "$1" != refs/heads/pushpals/one ] || { echo "workflows are protected" >&2; exit 1; }\n';
    writeFileSync(join(folder, 'ruled.git/hooks/update'), hook, { mode: 0o755 });
    await project.write('ops/inbox/one.yml', order('one'));
    await project.write('ops/inbox/two.yml', order('two'));
    assert.match(await tickOk(project), /pushpals\/one at origin is refused there \(workflows are protected/);
    assert.match(await standing(project, 'one'), /^done\//);
    assert.is(await remote('show', 'pushpals/two:add/two'), 'new');
    assert.is(await remote('rev-parse', 'ops'), await project.git('rev-parse', 'refs/heads/ops'));
  }));

test('a file that stands in the way in the work tree is named, and the order waits', () => {
  const runs = join(folder, 'runs');
  const settings = { remote: false, integrate: '{ via: merge, fast-forward: true }', test: `echo >> ${runs}` };
  return withProject('in-the-way', settings, async (project) => {
    await project.write('add/one', 'my own notes\n');
    await project.write('ops/inbox/one.yml', order('one'));
    await project.pushpals(['tick']);
    const { stderr } = await project.pushpals(['tick']);
    assert.match(stderr, /main is checked out in .*, which cannot go along: a file there is in the way/);
    assert.not.match(stderr, /moved 5 times/);
    const checked = readFileSync(runs, 'utf8');
    // It says until when it waits, so nothing is run again before.
    await project.pushpals(['tick']);
    assert.is(readFileSync(runs, 'utf8'), checked);
    assert.is(readFileSync(join(project.dir, 'add/one'), 'utf8'), 'my own notes\n');
    assert.match(await standing(project, 'one'), /^waiting\//);
  });
});

test('a result that is cancelled while it is tried with another is not merged', () => {
  const check = held('cancelled');
  const hold = join(folder, 'cancelled.hold');
  const settings = {
    test: `if [ -e ${hold} ]; then ${check.command}; fi`,
    integrate: '{ via: merge, into: release }',
  };
  return withProject('cancelled', settings, async (project, remote) => {
    for (const name of ['one', 'two']) await project.write(`ops/inbox/${name}.yml`, order(name));
    await tickOk(project);
    await project.commit({ other: 'x' });
    await project.git('push', '-q', 'origin', 'main', 'main:release');
    writeFileSync(hold, '');
    const ticking = project.pushpals(['tick']);
    await until('the check has begun', check.begun);
    const follower = (await standing(project, 'one')).startsWith('waiting') ? 'one' : 'two';
    assert.is((await project.pushpals(['order', 'cancel', follower])).exitCode, 0);
    check.go();
    const { exitCode, stderr } = await ticking;
    assert.is(exitCode, 0, stderr);
    assert.match(await standing(project, follower), /^cancelled\//);
    assert.is(await remote('ls-tree', '--name-only', 'release:add'), follower === 'one' ? 'two' : 'one');
  });
});

test('a target that was taken away at the remote is told as gone, and nothing is tried on what it was', () =>
  withProject('gone', { integrate: '{ via: merge, into: release }' }, async (project, remote) => {
    await project.git('push', '-q', 'origin', 'main:release');
    await tickOk(project);
    await remote('update-ref', '-d', 'refs/heads/release');
    await project.write('ops/inbox/one.yml', order('one'));
    assert.match(await tickOk(project), /one: waits: there is no branch release/);
    await project.git('push', '-q', 'origin', 'main:release');
    await tickOk(project);
    assert.match(await standing(project, 'one'), /^done\//);
    assert.is(await remote('show', 'release:add/one'), 'new');
  }));

test('killed after the push, and the formula is another one then: it is done, and not done again', () =>
  withProject('other-formula', { formula: APPEND }, async (project, remote) => {
    const kill = killAtPush(join(folder, 'other-formula.git'), 'other-formula');
    await project.write('ops/inbox/one.yml', 'goal: Add one\nformula: add\n');
    const child = start(project.dir);
    kill(child.pid);
    assert.is((await child).signal, 'SIGKILL');
    // The git of the killed runner may still be at it.
    await until(
      'git lets go',
      async () => (await execa('git', pull, { cwd: project.dir, reject: false })).exitCode === 0,
    );
    await project.commit({ 'formulas/add.yml': APPEND.replace('add more', 'append more') });
    await project.git('push', '-q', 'origin', 'main');
    assert.match(await tickOk(project), /one: its run is not gone on with .*its result is in main/);
    assert.match(await standing(project, 'one'), /^done\//);
    assert.is(await remote('show', 'main:add/log'), 'more');
    assert.match((await project.pushpals(['audit'])).stdout, /^nothing found/);
  }));

test('lost after the push: another machine sees what came of it, and does nothing twice', () =>
  withRemote(
    {
      // Never the same twice.
      'formulas/f.yml':
        'formula: f\nversion: 1\nsteps:\n  - { id: change, run: "echo it > src/made-$(date +%s%N)" }\n  - { id: ship, needs: [change], ship: {} }\n',
      'pushpals.yml':
        'version: 1\nproject: test\nops: { remote: origin }\nrunner: { lease: 2s }\nsandbox: { driver: host }\nintegrate: { via: merge }\n',
    },
    async ({ a, b, git, remote }) => {
      const kill = killAtPush(remote, 'lost');
      await a.drop('one.yml', 'goal: One\nformula: f\n');
      const child = start(a.dir, { PUSHPALS_RUNNER: 'a' });
      kill(child.pid);
      assert.is((await child).signal, 'SIGKILL');
      await until('the lease is over', async () => (await b.run('tick')).stderr.includes('goes on with f'));
      assert.match(await standing(b, 'one'), /^done\//);
      assert.is(await git('rev-list', '--count', '--grep=PushPals-Run: one-1', 'main'), '1');
      assert.is((await git('ls-tree', '--name-only', 'main:src')).split('\n').length, 2);
      assert.match((await b.run('audit')).stdout, /^nothing found/);
    },
  ));

test('a machine that slept while its order was cancelled merges nothing when it wakes', () => {
  const check = held('slept');
  return withRemote(
    {
      'formulas/f.yml':
        'formula: f\nversion: 1\nsteps:\n  - { id: change, run: "echo it > src/made" }\n  - { id: verify, needs: [change], check: { command: test } }\n  - { id: ship, needs: [verify], ship: {} }\n',
      'pushpals.yml': `version: 1\nproject: test\nops: { remote: origin }\ncommands: { test: '${check.command}' }\nsandbox: { driver: host }\nintegrate: { via: merge }\n`,
    },
    async ({ a, b, git }) => {
      await a.drop('one.yml', 'goal: One\nformula: f\n');
      const child = start(a.dir, { PUSHPALS_RUNNER: 'a' });
      await until('the check has begun', check.begun);
      // What it wrote so far is shared within some seconds.
      await until('its steps are shared', async () => (await git('log', '--format=%s', 'ops')).includes('verify'));
      child.kill('SIGSTOP');
      await b.run('tick');
      assert.is((await b.run('order', 'cancel', 'one')).exitCode, 0);
      await until('that is shared', async () =>
        (await git('ls-tree', '-r', '--name-only', 'ops')).includes('cancelled/20'),
      );
      check.go();
      child.kill('SIGCONT');
      await child;
      assert.is((await git('log', '--format=%s', '--grep=PushPals-Order', 'main')).trim(), '');
      assert.match(await git('ls-tree', '-r', '--name-only', 'ops'), /cancelled\/.*\/one\.yml/);
    },
  );
});

test('what a person amended is theirs: the next attempt leaves it alone, here and at the remote', () =>
  withProject('amended', { integrate: '{ via: merge, into: release }' }, async (project, remote) => {
    await project.write('ops/inbox/one.yml', order('one'));
    await project.pushpals(['tick']);
    assert.match(await standing(project, 'one'), /^waiting\//);
    await project.git('checkout', '-q', 'pushpals/one');
    await project.write('mine.txt', 'hours of work\n');
    await project.git('add', 'mine.txt');
    await project.git('commit', '-q', '--amend', '--no-edit');
    const mine = await project.git('rev-parse', 'HEAD');
    await project.git('push', '-q', '--force', 'origin', 'pushpals/one');
    await project.git('checkout', '-q', 'main');
    await project.commit({ 'formulas/add.yml': ADD.replace('"add {{', '"append {{') });
    await project.git('push', '-q', 'origin', 'main');
    assert.match((await project.pushpals(['tick'])).stderr, /stale-base: the branch pushpals\/one is at/);
    assert.is(await project.git('rev-parse', 'pushpals/one'), mine);
    assert.is(await remote('rev-parse', 'pushpals/one'), mine);
  }));

test('killed while the work tree goes along: the next tick goes on from there', () =>
  withProject('half', { remote: false, integrate: '{ via: merge, fast-forward: true }' }, async (project) => {
    const bin = join(folder, 'bin');
    await mkdir(bin);
    const real = (await execa('sh', ['-c', 'command -v git'])).stdout;
    const [pid, killed] = [join(folder, 'half.pid'), join(folder, 'half.killed')];
    const git = `#!/bin/sh\n${real} "$@"; code=$?\ncase "$*" in *read-tree*) [ "$GIT_WORK_TREE" = "${project.dir}" ] && [ ! -e ${killed} ] && touch ${killed} && kill -9 "$(cat ${pid})";; esac\nexit $code\n`;
    writeFileSync(join(bin, 'git'), git, { mode: 0o755 });
    await project.write('ops/inbox/one.yml', order('one'));
    const child = start(project.dir, { PATH: `${bin}:${process.env['PATH'] ?? ''}` });
    writeFileSync(pid, String(child.pid));
    assert.is((await child).signal, 'SIGKILL');
    assert.is(await project.git('status', '--porcelain'), 'A  add/one');
    await tickOk(project);
    assert.match(await standing(project, 'one'), /^done\//);
    assert.is(await project.git('status', '--porcelain'), '');
    assert.is(await project.git('show', 'main:add/one'), 'new');
  }));

test('a target that has fallen behind the project gets nothing but results, and says what it lacks', () =>
  withProject('behind', { integrate: '{ via: merge, into: release }' }, async (project, remote) => {
    await project.git('push', '-q', 'origin', 'main:release');
    await project.commit({ 'src/b.txt': 'not released' });
    await project.git('push', '-q', 'origin', 'main');
    await project.write('ops/inbox/one.yml', order('one'));
    const { stderr } = await project.pushpals(['tick']);
    assert.match(stderr, /release does not hold [0-9a-f]{12} of main, which the result stands on/);
    assert.is(stderr.split('one: starts with add').length - 1, 2, 'it ran once, and was tried once');
    assert.match(await standing(project, 'one'), /^waiting\//);
    assert.is(await remote('ls-tree', '--name-only', 'release:src'), 'a.txt');
  }));

test('a pause holds an integration branch where it is', () =>
  withProject('paused', { integrate: '{ via: merge, into: agents, from: main }' }, async (project, remote) => {
    await project.git('push', '-q', 'origin', 'main:agents');
    await tickOk(project);
    assert.is((await project.pushpals(['pause'])).exitCode, 0);
    await project.commit({ 'src/b.txt': 'x' });
    await project.git('push', '-q', 'origin', 'main');
    await tickOk(project);
    assert.is.not(await remote('rev-parse', 'agents'), await remote('rev-parse', 'main'));
    assert.is((await project.pushpals(['resume'])).exitCode, 0);
    await tickOk(project);
    assert.is(await remote('rev-parse', 'agents'), await remote('rev-parse', 'main'));
  }));

test('a result that the one before it forbids does not go in with it', () =>
  withVault({ verify: 'identity', more: '  - { id: g, tier: medium, formula: g }\n' }, async (vault) => {
    await vault.commit({
      'formulas/g.yml':
        'formula: g\nversion: 1\nsteps:\n  - { id: change, run: "printf \'deny:\\\\n  - { id: no, formula: l }\\\\n\' >> policy/policy.yml" }\n  - { id: ship, needs: [change], ship: {} }\n',
      'pushpals.yml': 'version: 1\nproject: test\nsandbox: { driver: host }\nintegrate: { via: merge }\n',
    });
    await vault.drop('g', 'g');
    await merged(vault, 'ada');
    await vault.drop('l', 'l');
    await vault.git('checkout', '-q', '-b', 'other');
    await vault.tick();
    assert.is(await vault.git('log', '-1', '--format=%s', 'main'), 'Do g');
    assert.match(await vault.git('show', 'main:policy/policy.yml'), /deny:\n {2}- \{ id: no, formula: l \}/);
    assert.equal([await vault.state('g'), await vault.state('l')], ['done', 'waiting']);
  }));

test.run();
