// deadline: 180s
import { execa } from 'execa';
import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProject, type Project } from './program.js';
import { GIT, withRemote } from './remote-rig.js';

const folder = mkdtempSync(join(tmpdir(), 'pushpals-mirrors-'));
process.on('exit', () => {
  rmSync(folder, { recursive: true });
});

interface Bare {
  readonly dir: string;
  git(...args: string[]): Promise<string>;
}

async function bare(name: string): Promise<Bare> {
  const dir = join(folder, `${name}.git`);
  await execa('git', ['init', '-q', '--bare', '-b', 'main', dir], { env: GIT });
  return { dir, git: async (...args) => (await execa('git', ['--git-dir', dir, ...args], { env: GIT })).stdout };
}

const ADD = `formula: add
version: 1
steps:
  - { id: change, run: 'echo new > "$PUSHPALS_ORDER"' }
  - { id: ship, needs: [change], ship: { title: "add it" } }
`;

const config = (mirror: string): string =>
  [
    'version: 1\nproject: test\nsandbox: { driver: host }\nintegrate: { via: merge, fast-forward: true }',
    `mirrors: [${mirror}]\n`,
  ].join('\n');

/** A project with a mirror that its git knows as `copy`. */
async function withMirror(
  name: string,
  mirror: string,
  run: (project: Project, copy: Bare) => Promise<void>,
): Promise<void> {
  const [project, copy] = [await makeProject('host'), await bare(name)];
  try {
    await project.git('remote', 'add', 'copy', copy.dir);
    await project.commit({ 'formulas/add.yml': ADD, 'pushpals.yml': config(mirror) });
    await run(project, copy);
  } finally {
    await project.remove();
  }
}

/** The time of the next try has come, also for what the idle tick remembers. */
function itIsTime({ dir }: Project): void {
  const file = join(dir, '.pushpals/mirrors.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"until":"[^"]*"/, '"until":"2020-01-01T00:00:00.000Z"'));
  rmSync(join(dir, '.pushpals/state.json'), { force: true });
}

test('a mirror has what was merged and what people pushed, with tags, and nothing of the runner’s own', () =>
  withMirror('pushed', '{ remote: copy, branches: ["**"], tags: ["v*"] }', async (project, copy) => {
    await project.git('tag', '-a', '-m', 'one', 'v1');
    await project.git('tag', 'other');
    await project.git('branch', 'release/1');
    await project.write('ops/inbox/one.yml', 'goal: One\nformula: add\n');
    const { exitCode, stderr } = await project.pushpals(['tick']);
    assert.is(exitCode, 0, stderr);
    assert.match(stderr, /mirror copy: has main/);
    assert.is(await copy.git('show', 'main:one'), 'new');
    assert.is(await copy.git('rev-parse', 'main'), await project.git('rev-parse', 'main'));
    assert.equal((await copy.git('for-each-ref', '--format=%(refname)')).split('\n'), [
      'refs/heads/main',
      'refs/heads/release/1',
      'refs/tags/v1',
    ]);
    await project.commit({ theirs: 'x\n' });
    const moved = await project.pushpals(['tick']);
    assert.is(moved.exitCode, 0, moved.stderr);
    assert.is(await copy.git('show', 'main:theirs'), 'x');
    assert.match((await project.pushpals(['doctor'])).stdout, /mirrors +.*1 mirror, in step when last looked at/);
  }));

test('where nothing moved no process is started for it', () =>
  withMirror('quiet', '{ remote: copy }', async (project) => {
    await project.pushpals(['tick']);
    const real = (await project.shell('command -v git')).trim();
    const [fake, calls] = [join(folder, 'git'), join(folder, 'calls')];
    writeFileSync(fake, `#!/bin/sh\necho "$*" >> '${calls}'\nexec '${real}' "$@"\n`);
    chmodSync(fake, 0o755);
    const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}` };
    await project.pushpals(['tick'], { env });
    assert.is(readFileSync(calls, 'utf8').trim().split('\n').length, 1, 'the idle tick’s own');
    // One that has other work to do asks the mirror nothing either.
    await project.write('ops/inbox/bad.yml', 'goal: [\n');
    await project.pushpals(['tick'], { env });
    assert.not.match(readFileSync(calls, 'utf8'), /ls-remote| push |get-url/);
  }));

test('a mirror that is away is said once, shown, holds nothing up, and is brought along when it is back', () =>
  withMirror('away', '{ remote: copy }', async (project, copy) => {
    renameSync(copy.dir, `${copy.dir}.away`);
    await project.write('ops/inbox/one.yml', 'goal: One\nformula: add\n');
    const { exitCode, stderr } = await project.pushpals(['tick']);
    assert.is(exitCode, 0, stderr);
    assert.match(stderr, /the mirror copy cannot be reached \(.*\); it is tried again/);
    assert.is(await project.git('log', '-1', '--format=%s', 'main'), 'add it', stderr);
    assert.match((await project.pushpals(['status'])).stdout, /the mirror copy cannot be reached/);
    const doctor = await project.pushpals(['doctor']);
    assert.match(doctor.stdout, /mirrors +.*the mirror copy cannot be reached[^]*git ls-remote copy/);
    const times = (): number =>
      Number(/"times":(\d+)/.exec(readFileSync(join(project.dir, '.pushpals/mirrors.json'), 'utf8'))?.[1]);
    const before = times();
    itIsTime(project);
    assert.not.match((await project.pushpals(['tick'])).stderr, /mirror/, 'it was said');
    assert.is(times(), before + 1, 'it was tried');
    renameSync(`${copy.dir}.away`, copy.dir);
    await project.pushpals(['tick']);
    assert.is(await copy.git('for-each-ref'), '', 'it is not time yet');
    itIsTime(project);
    const back = await project.pushpals(['tick']);
    assert.match(back.stderr, /mirror copy: has main/);
    assert.is(await copy.git('rev-parse', 'main'), await project.git('rev-parse', 'main'));
    assert.not.match((await project.pushpals(['status'])).stdout, /mirror/);
  }));

test('a mirror that has what the project has not is never forced, and said; the rest of it goes along', () =>
  withMirror('diverged', '{ remote: copy, branches: [main, stable], tags: ["*"] }', async (project, copy) => {
    await project.git('branch', 'stable');
    await project.git('tag', 'v1');
    await project.pushpals(['tick']);
    const other = await project.git('commit-tree', '-p', 'main', '-m', 'theirs', 'main^{tree}');
    await project.git('push', '-q', 'copy', `${other}:refs/heads/main`);
    await project.git('update-ref', '-d', 'refs/remotes/copy/main');
    await project.commit({ mine: 'x\n' });
    await project.git('branch', '-f', 'stable', 'main');
    await project.git('tag', '-f', 'v1', 'main');
    const { exitCode, stderr } = await project.pushpals(['tick']);
    assert.is(exitCode, 0, stderr);
    assert.match(
      stderr,
      new RegExp(`the mirror copy has what the project has not \\(main is at ${other.slice(0, 12)}, v1 is at`),
    );
    assert.is(await copy.git('rev-parse', 'main'), other);
    assert.is(await copy.git('rev-parse', 'stable'), await project.git('rev-parse', 'main'));
  }));

test('of two runners one pushes, and the other finds it done; what neither has locally is the remote’s', () =>
  withRemote(
    {
      'formulas/add.yml': ADD,
      'pushpals.yml':
        'version: 1\nproject: test\nops: { remote: origin }\nsandbox: { driver: host }\nintegrate: { via: merge }\nmirrors: [{ remote: copy, branches: ["*"], tags: ["*"] }]\n',
    },
    async ({ a, b, git }) => {
      const copy = await bare('shared');
      for (const machine of [a, b]) await machine.git('remote', 'add', 'copy', copy.dir);
      // A branch that is only on one machine is nobody's but theirs.
      await a.git('branch', 'private');
      await a.git('push', '-q', 'origin', 'main:stable', 'main:refs/tags/v1');
      await a.drop('one.yml', 'goal: One\nformula: add\n');
      const [one, two] = await Promise.all([a.run('tick'), b.run('tick')]);
      for (const { stderr } of [one, two]) assert.not.match(stderr, /has what the project has not|refused/, stderr);
      await a.run('tick');
      const last = await b.run('tick');
      assert.not.match(last.stderr, /the mirror/);
      assert.is(await copy.git('rev-parse', 'main'), await git('rev-parse', 'main'));
      assert.equal((await copy.git('for-each-ref', '--format=%(refname)')).split('\n'), [
        'refs/heads/main',
        'refs/heads/stable',
        'refs/tags/v1',
      ]);
    },
  ));

test('a name that is no remote is not taken for a folder, whose hooks would run', () =>
  withMirror('hooked', '{ remote: trap }', async (project) => {
    await execa('git', ['init', '-q', '--bare', join(project.dir, 'trap')], { env: GIT });
    const mark = join(folder, 'ran');
    writeFileSync(join(project.dir, 'trap/hooks/post-receive'), `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
    const { exitCode, stderr } = await project.pushpals(['tick']);
    assert.is(exitCode, 0, stderr);
    assert.match(stderr, /the mirror trap: this machine has no git remote of that name: git remote add trap ADDRESS/);
    assert.not.ok(existsSync(mark));
    // Nor is an address that is a command.
    await project.git('config', 'protocol.ext.allow', 'always');
    await project.git('remote', 'add', 'trap', `ext::touch ${mark}`);
    await project.shell('rm .pushpals/mirrors.json');
    const refused = await project.pushpals(['tick']);
    assert.match(refused.stderr, /transport 'ext' not allowed/);
    assert.not.ok(existsSync(mark));
  }));

test.run();
