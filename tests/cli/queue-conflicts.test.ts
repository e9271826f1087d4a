// deadline: 240s
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../until.js';
import { folder, order, standing, withProject } from './integrate-rig.js';
import type { Project } from './program.js';
import { withRemote } from './remote-rig.js';

/** Each order asks for a package and makes the lock file anew; the file tells whether it is what was asked for. */
const LOCK = 'cat deps/* > Cargo.lock';
const DEPEND = `formula: add
version: 1
inputs: { name: { type: string }, text: { type: string } }
steps:
  - { id: change, run: 'mkdir -p deps; echo "$PUSHPALS_INPUT_NAME $PUSHPALS_INPUT_TEXT" > "deps/$PUSHPALS_INPUT_NAME"; ${LOCK}' }
  - { id: ship, needs: [change], ship: { title: "depend on {{ inputs.name }}" } }
`;
const TEST = 'cat deps/* | cmp - Cargo.lock';
const LOCKED = `commands: { test: "${TEST}", lock: "${LOCK}" }`;

const QUEUE = '{ via: merge, into: release }';

/** Two results wait for a branch that is not there yet, and it comes: both meet in its queue. */
async function bothQueued(project: Project, names: readonly [string, string]): Promise<void> {
  for (const [index, name] of names.entries())
    await project.write(`ops/inbox/${['one', 'two'][index] ?? ''}.yml`, order(name, `v${String(index)}`));
  const made = await project.pushpals(['tick']);
  assert.is(made.exitCode, 0, made.stderr);
  await project.git('push', '-q', 'origin', 'main:release');
}

test('results that conflict in a lock file are brought together by an order of their own, and both are in', () =>
  withProject(
    'locks',
    {
      formula: DEPEND,
      integrate: QUEUE,
      commands: LOCKED,
      files: { 'deps/base': 'base 0\n', 'Cargo.lock': 'base 0\n' },
    },
    async (project, remote) => {
      await bothQueued(project, ['left', 'right']);
      const { exitCode, stderr } = await project.pushpals(['tick']);
      assert.is(exitCode, 0, stderr);
      assert.match(stderr, /two: conflicts with release in Cargo\.lock; two-resolve brings them together/);
      assert.is(await remote('show', 'release:Cargo.lock'), 'base 0\nleft v0\nright v1', stderr);
      for (const id of ['one', 'two', 'two-resolve']) assert.match(await standing(project, id), /^done\//, stderr);
      const record = await project.show('refs/heads/ops', await standing(project, 'two-resolve'));
      assert.match(record ?? '', /parent: two\n/);
      assert.match(record ?? '', /work: follow-up\n/);
      assert.match(record ?? '', /onBehalfOf: Ada <ada@example\.org>/);
      // Each result is in the target as it was made, and the target's own line goes through neither.
      assert.is(await remote('merge-base', 'release', 'pushpals/two'), await remote('rev-parse', 'pushpals/two'));
      assert.match(
        await remote('log', '--first-parent', '--format=%s', 'release'),
        /^Merge pushpals\/two-resolve[^\n]*\ndepend on left\n/,
      );
      assert.match((await project.pushpals(['audit'])).stdout, /^nothing found/);
    },
  ));

test('so is one that met its target while it ran: it goes into the queue as it is', () => {
  const mark = (name: string): string => join(folder, `while.${name}`);
  const wait = `touch ${mark('begun')}; while [ ! -e ${mark('go')} ]; do sleep 0.02; done; mkdir`;
  return withProject(
    'while',
    {
      formula: DEPEND.replace('mkdir', wait),
      commands: LOCKED,
      files: { 'deps/base': 'base 0\n', 'Cargo.lock': 'base 0\n' },
    },
    async (project, remote) => {
      await project.write('ops/inbox/one.yml', order('left', 'v0'));
      const ticking = project.pushpals(['tick']);
      await until('the step has begun', () => existsSync(mark('begun')));
      await project.commit({ 'deps/people': 'people 1\n', 'Cargo.lock': 'base 0\npeople 1\n' });
      await project.git('push', '-q', 'origin', 'main');
      writeFileSync(mark('go'), '');
      const { exitCode, stderr } = await ticking;
      assert.is(exitCode, 0, stderr);
      assert.match(stderr, /one: conflicts with main in Cargo\.lock; one-resolve brings them together/);
      assert.is(await remote('show', 'main:Cargo.lock'), 'base 0\nleft v0\npeople 1', stderr);
      assert.match(await standing(project, 'one'), /^done\//);
    },
  );
});

test('a result that nobody can bring together fails, and says what to do', () =>
  withProject('left', { formula: DEPEND, integrate: QUEUE }, async (project, remote) => {
    await bothQueued(project, ['same', 'same']);
    const { exitCode, stderr } = await project.pushpals(['tick']);
    assert.is(exitCode, 1, stderr);
    assert.match(await standing(project, 'one'), /^done\//, stderr);
    for (const id of ['two', 'two-resolve']) assert.match(await standing(project, id), /^failed\//, stderr);
    assert.match(stderr, /pushpals\/two and release conflict in 2 places/);
    assert.match(stderr, /not resolved by another order: two-resolve, which was to resolve it, ended as failed/);
    assert.match(stderr, /→ Have it made anew on what release is now: `pushpals order retry two`/);
    assert.is(await remote('show', 'release:deps/same'), 'same v0');
    // It is made anew, on what the target is by then, where the project's branch holds that.
    await project.shell('git fetch -q origin && git merge -q --ff-only origin/release && git push -q origin main');
    assert.is((await project.pushpals(['order', 'retry', 'two'])).exitCode, 0);
    const again = await project.pushpals(['tick']);
    assert.is(again.exitCode, 0, again.stderr);
    assert.is(await remote('show', 'release:deps/same'), 'same v1', again.stderr);
    assert.match((await project.pushpals(['audit'])).stdout, /^nothing found/);
  }));

/** What another order made of a conflict is looked at by people. */
const LOOKED_AT = (integrate = ''): Record<string, string> => ({
  'deps/base': 'base 0\n',
  'Cargo.lock': 'base 0\n',
  'policy/policy.yml': [
    'version: 1\ndefault: low\nverify: identity',
    'approvers: [{ id: eve, emails: [eve@example.org] }]',
    `tiers: { medium: { gate: merge-approval, approvals: 1${integrate} } }`,
    'rules: [{ id: merges, tier: medium, formula: conflict-resolver }]\n',
  ].join('\n'),
});

/** The one request that waits, as it is shown, and approved by Eve. */
async function approve(project: Project): Promise<string> {
  const [request = ''] = (await project.opsFiles()).filter((path) => /^vault\/pending\/.*\.yml$/.test(path));
  const id = request.slice('vault/pending/'.length, -'.yml'.length);
  const { stdout } = await project.pushpals(['vault', 'show', id]);
  const eve = { GIT_COMMITTER_NAME: 'Eve', GIT_COMMITTER_EMAIL: 'eve@example.org' };
  const { exitCode, stderr } = await project.pushpals(['vault', 'approve', id, '--yes'], {
    env: { ...eve, GIT_AUTHOR_NAME: 'Eve', GIT_AUTHOR_EMAIL: 'eve@example.org' },
  });
  assert.is(exitCode, 0, stderr);
  return stdout;
}

test('what brings two results together is decided on by itself: people see the whole of what goes in', () =>
  withProject(
    'decided',
    { formula: DEPEND, integrate: QUEUE, commands: LOCKED, files: LOOKED_AT() },
    async (project, remote) => {
      await bothQueued(project, ['left', 'right']);
      const asked = await project.pushpals(['tick']);
      assert.is(asked.exitCode, 3, asked.stderr);
      assert.match(await standing(project, 'two'), /^waiting\//);
      assert.match(
        (await project.pushpals(['plan'])).stdout,
        /two: pushpals\/two and release conflict: waits for two-resolve, which brings them together/,
      );
      assert.is(await remote('show', 'release:Cargo.lock'), 'base 0\nleft v0');
      // The first result's own change is among what is asked about, beside what was resolved.
      const seen = await approve(project);
      assert.match(seen, /Cargo\.lock modified[^\n]*\n\s+deps\/right added/);
      assert.match(seen, /\n\+right v1\n/);
      assert.not.match(seen, /<<<<<<</);
      const { exitCode, stderr } = await project.pushpals(['tick']);
      assert.is(exitCode, 0, stderr);
      for (const id of ['two', 'two-resolve']) assert.match(await standing(project, id), /^done\//, stderr);
      assert.is(await remote('show', 'release:Cargo.lock'), 'base 0\nleft v0\nright v1');
      assert.match((await project.pushpals(['audit'])).stdout, /^nothing found/);
    },
  ));

test('one that people bring in is waited for, and one that goes on from another target is made anew, a bounded number of times', () =>
  withProject(
    'people',
    { formula: DEPEND, integrate: QUEUE, commands: LOCKED, files: LOOKED_AT(', integrate: branch') },
    async (project, remote) => {
      await bothQueued(project, ['left', 'right']);
      await project.pushpals(['tick']);
      await approve(project);
      const tick = await project.pushpals(['tick']);
      assert.match(await standing(project, 'two-resolve'), /^done\//, tick.stderr);
      assert.match(await standing(project, 'two'), /^waiting\//, tick.stderr);
      assert.match(
        (await project.pushpals(['plan'])).stdout,
        /two: waits until pushpals\/two-resolve, which holds it, is merged into release/,
      );
      await project.git('push', '-q', 'origin', 'pushpals/two-resolve:release');
      const { exitCode, stderr } = await project.pushpals(['tick']);
      assert.is(exitCode, 0, stderr);
      assert.match(await standing(project, 'two'), /^done\//, stderr);
      assert.is(await remote('show', 'release:Cargo.lock'), 'base 0\nleft v0\nright v1');
    },
  ));

test('who cancels a result cancels what was to bring it in', () =>
  withProject(
    'cancelled',
    { formula: DEPEND, integrate: QUEUE, commands: LOCKED, files: LOOKED_AT() },
    async (project, remote) => {
      await bothQueued(project, ['left', 'right']);
      await project.pushpals(['tick']);
      assert.is((await project.pushpals(['order', 'cancel', 'two'])).exitCode, 0);
      assert.match(await standing(project, 'two-resolve'), /^cancelled\//);
      assert.is((await project.pushpals(['tick'])).exitCode, 0);
      assert.is(await remote('show', 'release:Cargo.lock'), 'base 0\nleft v0');
    },
  ));

test('another machine brings together what it never saw made', () =>
  withRemote(
    {
      'pushpals.yml': `version: 1\nproject: test\nops: { remote: origin }\nsandbox: { driver: host }\nintegrate: ${QUEUE}\n${LOCKED}\n`,
      'formulas/f.yml': DEPEND.replace('formula: add', 'formula: f'),
      'deps/base': 'base 0\n',
      'Cargo.lock': 'base 0\n',
    },
    async ({ a, b, git }) => {
      for (const [id, name] of [
        ['one', 'left'],
        ['two', 'right'],
      ])
        await a.drop(`${id ?? ''}.yml`, `goal: ${id ?? ''}\nformula: f\ninputs: { name: ${name ?? ''}, text: v }\n`);
      const made = await a.run('tick');
      assert.is(made.exitCode, 0, made.stderr);
      await a.git('push', '-q', 'origin', 'main:release');
      const { exitCode, stderr } = await b.run('tick');
      assert.is(exitCode, 0, stderr);
      assert.match(await standing(b, 'two'), /^done\//, stderr);
      assert.is(await git('show', 'release:Cargo.lock'), 'base 0\nleft v\nright v', stderr);
    },
  ));

test.run();
