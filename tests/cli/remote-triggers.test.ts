// deadline: 120s
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { withRemote, type Machine, type Shared } from './remote-rig.js';

const LOOK = { 'formulas/look.yml': 'formula: look\nversion: 1\nsteps:\n  - { id: a, run: "true" }\n' };
const TRIGGER = {
  'pushpals.yml': `version: 1
project: test
ops: { remote: origin }
sandbox: { driver: host }
triggers:
  - { id: moved, branch: release, order: { formula: look } }
`,
};

/** Has the project have the trigger from now on, for everybody. */
async function declare(on: Machine, branch = 'release'): Promise<void> {
  await on.commit({ 'pushpals.yml': TRIGGER['pushpals.yml'].replace('branch: release', `branch: ${branch}`) });
  await on.git('push', '-q', 'origin', 'main');
}

const made = async ({ git }: Pick<Shared, 'git'>): Promise<readonly string[]> =>
  (await git('ls-tree', '-r', '--name-only', 'refs/heads/ops'))
    .split('\n')
    .flatMap((path) => /^(?:queue|active|done\/.*)\/(moved-[0-9a-f]+)\.yml$/.exec(path)?.[1] ?? []);

/** Ticks on both in turn, so often that each sees what the other did. */
async function round({ a, b }: Pick<Shared, 'a' | 'b'>): Promise<void> {
  for (const on of [a, b, a, b]) {
    const { exitCode, stderr } = await on.run('tick');
    assert.is(exitCode, 0, stderr);
  }
}

/** Commits on the branch here, which need not be what is checked out. */
async function commitOn(on: Machine, branch: string, path: string): Promise<string> {
  await on.git('checkout', '-q', branch);
  await on.commit({ [path]: `${path}\n` });
  const tip = await on.git('rev-parse', 'HEAD');
  await on.git('checkout', '-q', 'main');
  return tip;
}

test('a trigger on another branch fires once for what is pushed there, whatever branch of that name is here', () =>
  withRemote(LOOK, async (shared) => {
    const { a, b, git } = shared;
    await a.git('branch', 'release');
    await a.git('push', '-q', 'origin', 'release');
    await b.git('fetch', '-q', 'origin');
    await b.git('branch', '-q', 'release', 'origin/release');
    await declare(a);
    await round(shared);
    const count = (): Promise<string> => git('rev-list', '--count', 'refs/heads/ops');
    const before = await count();
    const tip = await commitOn(a, 'release', 'src/r.txt');
    await round(shared);
    assert.equal([await made(shared), await count()], [[], before], 'nobody but this machine knows of it');
    // Nobody moves any local branch.
    await a.git('push', '-q', 'origin', 'release');
    await a.git('branch', '-q', '-f', 'release', 'main');
    await round(shared);
    assert.equal(await made(shared), [`moved-${tip.slice(0, 12)}`]);
    const after = await count();
    await round(shared);
    assert.is(await count(), after, 'what is settled is settled for both');
    assert.match((await a.run('audit')).stdout, /^nothing found/);
  }));

test('one on a branch that the remote does not have waits for it, and what is taken away there is not there', () =>
  withRemote({ ...LOOK, ...TRIGGER }, async (shared) => {
    const { a, b, git } = shared;
    await b.git('branch', 'release');
    await round(shared);
    const count = (): Promise<string> => git('rev-list', '--count', 'refs/heads/ops');
    const before = await count();
    await commitOn(b, 'release', 'src/b.txt');
    await round(shared);
    assert.equal([await made(shared), await count()], [[], before], 'it is on one machine alone');
    const tip = await b.git('rev-parse', 'release');
    await b.git('push', '-q', 'origin', 'release');
    await round(shared);
    assert.equal(await made(shared), [`moved-${tip.slice(0, 12)}`]);
    // Where a branch was, some lie below its name now.
    await git('branch', '-D', 'release');
    const fired = await count();
    await commitOn(b, 'release', 'src/c.txt');
    await round(shared);
    assert.is(await count(), fired);
    await a.git('push', '-q', 'origin', 'main:refs/heads/release/2');
    await declare(a, 'release/2');
    await round(shared);
    assert.is((await made(shared)).length, 1, 'it counts from its tip on');
    await a.git('push', '-q', 'origin', `${await commitOn(a, 'main', 'src/d.txt')}:refs/heads/release/2`);
    await round(shared);
    assert.is((await made(shared)).length, 2);
  }));

test('what the remote cannot tell now has nothing fire when it can', () =>
  withRemote(LOOK, async (shared) => {
    const { a, git, remote } = shared;
    await a.git('push', '-q', 'origin', 'main:refs/heads/release');
    const tip = await a.git('rev-parse', 'main');
    await declare(a);
    await a.git('fetch', '-q', 'origin', '+main:refs/pushpals/shared/heads/main');
    await a.git('remote', 'set-url', 'origin', '/nowhere.git');
    assert.is((await a.run('tick')).exitCode, 3);
    await a.git('remote', 'set-url', 'origin', remote);
    await round(shared);
    assert.equal(await made(shared), []);
    assert.match(await git('show', 'refs/heads/ops:triggers/moved.yml'), `tip: ${tip}`);
  }));

test('a target that was taken away at the remote is not there, though a branch of its name is here', () =>
  withRemote(
    {
      'pushpals.yml':
        'version: 1\nproject: test\nops: { remote: origin }\nsandbox: { driver: host }\nintegrate: { via: merge, into: stable }\n',
    },
    async ({ a, git }) => {
      await a.git('branch', 'stable');
      await a.git('push', '-q', 'origin', 'stable');
      await a.run('tick');
      await git('branch', '-D', 'stable');
      await a.drop('go.yml', 'goal: Go\nformula: f\n');
      const { stderr } = await a.run('tick');
      assert.match(stderr, /^go: waits: there is no branch stable to merge/m);
    },
  ));

test.run();
