// deadline: 120s
// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { execa } from 'execa';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../until.js';
import { folder, order, standing, withProject } from './integrate-rig.js';
import { withRemote } from './remote-rig.js';

test('a result lands at once where nothing is before it, as exactly the tree that was checked', () =>
  withProject('at-once', {}, async (project, remote) => {
    await project.write('ops/inbox/one.yml', order('one'));
    const { exitCode, stderr } = await project.pushpals(['tick']);
    assert.is(exitCode, 0, stderr);
    assert.match(await standing(project, 'one'), /^done\//);
    assert.is(await remote('rev-parse', 'main'), await project.git('rev-parse', 'pushpals/one'));
    assert.is(await remote('show', 'main:add/one'), 'new');
    assert.is(await remote('rev-parse', 'pushpals/one'), await remote('rev-parse', 'main'));
    assert.match((await project.pushpals(['audit'])).stdout, /^nothing found/);
  }));

test('results that meet a target which moved are checked as they are merged: what fails only together is not merged', () =>
  withProject('queue', { test: '[ ! -e add/one ] || [ ! -e add/two ]' }, async (project, remote) => {
    for (const name of ['one', 'two', 'three']) await project.write(`ops/inbox/${name}.yml`, order(name));
    const { exitCode, stderr } = await project.pushpals(['tick']);
    assert.is(exitCode, 1, stderr);
    const landed = (await remote('ls-tree', '--name-only', 'main:add')).split('\n');
    assert.is(landed.length, 2, stderr);
    assert.ok(landed.includes('three'), stderr);
    const lost = landed.includes('one') ? 'two' : 'one';
    assert.match(await standing(project, lost), /^failed\//, stderr);
    assert.match(stderr, /check verify failed with exit code 1 on the merge into main; on main itself it does not/);
    for (const name of landed) assert.match(await standing(project, name), /^done\//);
    assert.match((await project.pushpals(['audit'])).stdout, /^nothing found/);
  }));

test('the second of three that change the same lines says where, and the others are merged', () =>
  withProject('conflict', { integrate: '{ via: merge, batch: 3 }' }, async (project, remote) => {
    const same = (text: string): string => order('same', text);
    await project.write('ops/inbox/one.yml', same('one'));
    await project.write('ops/inbox/two.yml', same('two'));
    await project.write('ops/inbox/three.yml', order('three'));
    const { exitCode, stderr } = await project.pushpals(['tick']);
    assert.is(exitCode, 1, stderr);
    assert.match(stderr, /merge-conflict[^]*add\/same/);
    const landed = await remote('show', 'main:add/same');
    assert.match(await standing(project, landed), /^done\//);
    assert.match(await standing(project, landed === 'one' ? 'two' : 'one'), /^failed\//);
    assert.match(await standing(project, 'three'), /^done\//);
    assert.is(await remote('show', 'main:add/three'), 'new');
  }));

test('a target that moves in mid-check has what comes of both checked, and loses nothing', () => {
  const mark = (name: string): string => join(folder, `mid.${name}`);
  const command = `ls > ${mark('saw')}; touch ${mark('begun')}; while [ ! -e ${mark('go')} ]; do sleep 0.02; done`;
  return withProject('moved', { test: command }, async (project, remote) => {
    await project.write('ops/inbox/one.yml', order('one'));
    const ticking = project.pushpals(['tick']);
    await until('the check has begun', () => existsSync(mark('begun')));
    await project.commit({ other: 'theirs' });
    await project.git('push', '-q', 'origin', 'main');
    writeFileSync(mark('go'), '');
    const { exitCode, stderr } = await ticking;
    assert.is(exitCode, 0, stderr);
    assert.match(await standing(project, 'one'), /^done\//);
    assert.is(await remote('show', 'main:other'), 'theirs');
    assert.is(await remote('show', 'main:add/one'), 'new');
    assert.match(readFileSync(mark('saw'), 'utf8'), /add\n[^]*other\n/);
  });
});

test('what waits to be merged another machine merges, which never saw it made', () =>
  withRemote(
    {
      'pushpals.yml':
        'version: 1\nproject: test\nops: { remote: origin }\nsandbox: { driver: host }\nintegrate: { via: merge, into: release }\n',
    },
    async ({ a, b, git }) => {
      await a.drop('one.yml', 'goal: One\nformula: f\n');
      const made = await a.run('tick');
      assert.is(made.exitCode, 0, made.stderr);
      assert.match(await standing(a, 'one'), /^waiting\//, 'there is no such branch yet');
      const result = await git('rev-parse', 'pushpals/one');
      await b.git('push', '-q', 'origin', 'main:release');
      const merged = await b.run('tick');
      assert.is(merged.exitCode, 0, merged.stderr);
      assert.match(await standing(b, 'one'), /^done\//, merged.stderr);
      assert.is(await git('rev-parse', 'release'), result);
    },
  ));

test('a runner that is killed between the push and the record has merged once', () =>
  withProject('killed', {}, async (project, remote) => {
    const [pid, killed] = [join(folder, 'pid'), join(folder, 'killed')];
    const hook = `#!/bin/sh\nwhile read -r _ _ ref; do\n  [ "$ref" = refs/heads/main ] && [ ! -e ${killed} ] && touch ${killed} && kill -9 "$(cat ${pid})"\ndone\ntrue\n`;
    writeFileSync(join(folder, 'killed.git/hooks/post-receive'), hook, { mode: 0o755 });
    await project.write('ops/inbox/one.yml', order('one'));
    const env = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
    const child = execa(process.execPath, [resolve('dist/pushpals.js'), 'tick'], {
      cwd: project.dir,
      reject: false,
      env,
    });
    writeFileSync(pid, String(child.pid));
    assert.is((await child).signal, 'SIGKILL');
    assert.match(await standing(project, 'one'), /^active\//);
    const { exitCode, stderr } = await project.pushpals(['tick']);
    assert.is(exitCode, 0, stderr);
    assert.match(await standing(project, 'one'), /^done\//);
    assert.is((await remote('log', '--format=%s', '--grep=PushPals-Order: one', 'main')).split('\n').length, 1);
    assert.match((await project.pushpals(['audit'])).stdout, /^nothing found/);
  }));

test('a result waits while the target is checked out here, and is done when a person has merged it', () =>
  withProject('by-hand', { remote: false }, async (project) => {
    await project.write('ops/inbox/one.yml', order('one'));
    const first = await project.pushpals(['tick']);
    assert.match(await standing(project, 'one'), /^waiting\//, first.stderr);
    const planned = await project.pushpals(['plan']);
    assert.match(planned.stdout, /wait +one: main is checked out in .*git merge --ff-only pushpals\/one/);
    await project.git('merge', '-q', '--ff-only', 'pushpals/one');
    const { exitCode, stderr } = await project.pushpals(['tick']);
    assert.is(exitCode, 0, stderr);
    assert.match(await standing(project, 'one'), /^done\//);
    assert.match((await project.pushpals(['audit'])).stdout, /^nothing found/);
  }));

test('an integration branch is kept in step with the branch that it came from', () =>
  withProject('step', { integrate: '{ via: merge, into: agents, from: main }' }, async (project, remote) => {
    await project.git('push', '-q', 'origin', 'main:agents');
    await project.commit({ 'src/b.txt': 'of people\n' });
    await project.git('push', '-q', 'origin', 'main');
    assert.is((await project.pushpals(['tick'])).exitCode, 0);
    assert.is(await remote('rev-parse', 'agents'), await remote('rev-parse', 'main'), 'fast-forwarded');
    await project.write('ops/inbox/one.yml', order('one'));
    assert.is((await project.pushpals(['tick'])).exitCode, 0);
    await project.commit({ 'src/b.txt': 'of people again\n' });
    await project.git('push', '-q', 'origin', 'main');
    await project.write('ops/inbox/two.yml', order('two'));
    const { exitCode, stderr } = await project.pushpals(['tick']);
    assert.is(exitCode, 0, stderr);
    assert.is(await remote('show', 'agents:src/b.txt'), 'of people again', stderr);
    assert.is(await remote('ls-tree', '--name-only', 'agents:add'), 'one\ntwo');
    assert.is(await remote('log', '--format=%h', 'agents..main'), '');
    assert.match(await standing(project, 'two'), /^done\//);
  }));

test('a work tree goes along where the project says so, and never over what is not committed', () =>
  withProject('forward', { remote: false, integrate: '{ via: merge, fast-forward: true }' }, async (project) => {
    await project.write('README.md', 'mine\n');
    await project.write('ops/inbox/one.yml', order('one'));
    await project.pushpals(['tick']);
    assert.match(await standing(project, 'one'), /^waiting\//);
    assert.match(
      (await project.pushpals(['plan'])).stdout,
      /one: main is checked out in .*, where something is not committed/,
    );
    assert.is(await project.read('README.md'), 'mine\n');
    await project.git('checkout', '-q', 'README.md');
    await project.write('notes.txt', 'not tracked\n');
    const { exitCode, stderr } = await project.pushpals(['tick']);
    assert.is(exitCode, 0, stderr);
    assert.match(await standing(project, 'one'), /^done\//);
    assert.is(await project.read('add/one'), 'new\n');
    assert.is(await project.git('rev-parse', 'HEAD'), await project.git('rev-parse', 'pushpals/one'));
    assert.is(await project.git('status', '--porcelain'), '?? notes.txt');
  }));

test.run();
