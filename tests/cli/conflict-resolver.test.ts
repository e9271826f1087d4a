// deadline: 240s
// one Node: git and package managers
import { execa } from 'execa';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../engine.js';
import { localRegistry } from '../local-registry.js';
import { until } from '../until.js';
import { SANDBOX, makeProject, type Ended, type Project } from './program.js';

type Files = Readonly<Record<string, string>>;

const POLICY = await readFile('policy/policy.yml', 'utf8');
const LINES = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n';
/** Far enough from the first seven lines for a hunk of its own. */
const FAR = LINES;

/** A project whose branch `feature` and whose main have gone on from one commit. */
async function forked(
  { base = {}, feature, main }: { base?: Files; feature: Files; main: Files },
  { driver = 'host', commands = 'test: sh test.sh', policy = POLICY } = {},
): Promise<Project> {
  const project = await makeProject(driver, { 'src/a.txt': LINES, 'test.sh': 'test ! -e broken\n', ...base });
  await project.commit({
    'pushpals.yml': `version: 1\nproject: test\nsandbox: ${SANDBOX[driver] ?? ''}\ncommands:\n  ${commands}\n`,
    'policy/policy.yml': policy,
  });
  await project.git('switch', '-q', '-c', 'feature');
  await grow(project, feature);
  await project.git('switch', '-q', 'main');
  await grow(project, main);
  return project;
}

/** A side of the fork; one without files stays where it is. */
async function grow(project: Project, files: Files): Promise<void> {
  if (Object.keys(files).length > 0) await project.commit(files);
}

async function resolve(project: Project, branch = 'feature', env: Record<string, string> = {}): Promise<Ended> {
  await project.write(
    'ops/inbox/up.yml',
    `goal: Up to date\nformula: conflict-resolver\ninputs: { branch: ${JSON.stringify(branch)} }\n`,
  );
  return project.pushpals(['tick'], { env });
}

/** Merges as a person does, and records how it was resolved; the branch stays as it was. */
async function resolvedBefore(project: Project, files: Files): Promise<void> {
  await project.git('config', 'rerere.enabled', 'true');
  await project.git('switch', '-q', '--detach', 'feature');
  await execa('git', ['merge', '-q', 'main'], { cwd: project.dir, reject: false });
  await project.commit(files);
  await project.git('switch', '-q', 'main');
}

const parents = async (project: Project): Promise<readonly string[]> =>
  (await project.git('log', '-1', '--format=%P', 'pushpals/up')).split(' ');

const onHost = (name: string, run: () => Promise<void>): void => {
  test(name, run);
};

const DRIVERS = [
  ['host', onHost],
  ['bubblewrap', needs('bubblewrap', test)],
] as const;

test('what fits together is merged, and ships as a merge with both sides as its parents', async () => {
  const project = await forked({
    feature: { 'src/a.txt': LINES.replace('one', 'ONE') },
    main: { 'src/a.txt': LINES.replace('seven', 'SEVEN') },
  });
  const [feature, main] = [await project.git('rev-parse', 'feature'), await project.git('rev-parse', 'main')];
  const ended = await resolve(project);
  assert.is(ended.exitCode, 0, ended.stderr);
  assert.equal(await parents(project), [feature, main]);
  assert.is(await project.show('pushpals/up', 'src/a.txt'), LINES.replace('one', 'ONE').replace('seven', 'SEVEN'));
  assert.is(await project.git('log', '-1', '--format=%s', 'pushpals/up'), 'merge: bring feature up to date');
  assert.is(await project.git('rev-parse', 'feature'), feature);
  assert.is(await project.git('for-each-ref', 'refs/pushpals/runs'), '');
  await project.remove();
});

test('what conflicts is named with file, lines and both sides, and nothing ships', async () => {
  const project = await forked({
    base: { 'src/a.txt': LINES + FAR, 'src/gone.txt': 'x\n' },
    feature: { 'src/a.txt': LINES.replace('two', 'zwei') + FAR.replace('six\n', ''), 'src/gone.txt': 'changed\n' },
    main: { 'src/a.txt': LINES.replace('two', 'deux') + FAR.replace('six', 'SIX'), 'src/b.txt': 'b\n' },
  });
  await project.git('rm', '-q', 'src/gone.txt');
  await project.git('commit', '-q', '-m', 'away with it');
  const ended = await resolve(project);
  assert.is(ended.exitCode, 1, ended.stderr);
  assert.match(ended.stderr, /merge-conflict: feature and main conflict in 3 places/, ended.stderr);
  assert.match(ended.stderr, /src\/a\.txt:2-6: feature has “zwei”, main has “deux”/);
  assert.match(ended.stderr, /src\/a\.txt:17-20: feature has nothing, main has “SIX”/);
  assert.match(ended.stderr, /src\/gone\.txt: modify\/delete/);
  assert.is(await project.git('branch', '--list', 'pushpals/*'), '');
  const shown = await project.pushpals(['evidence', 'show', 'up']);
  assert.match(shown.stdout, /src\/a\.txt:2-6/);
  assert.match((await project.pushpals(['log', 'up'])).stdout, /src\/a\.txt: still conflicts\n2:<<<<<<< /);
  await project.remove();
});

for (const [driver, register] of [...DRIVERS, ['docker', needs('docker', test)]] as const) {
  register(`${driver}: a conflict that a person resolved before is resolved the same way`, async () => {
    const project = await forked(
      { feature: { 'src/a.txt': LINES.replace('two', 'zwei') }, main: { 'src/a.txt': LINES.replace('two', 'deux') } },
      { driver },
    );
    await resolvedBefore(project, { 'src/a.txt': LINES.replace('two', 'zwei, deux') });
    const ended = await resolve(project);
    assert.is(ended.exitCode, 0, ended.stderr);
    assert.is(await project.show('pushpals/up', 'src/a.txt'), LINES.replace('two', 'zwei, deux'));
    assert.is((await parents(project)).length, 2);
    const shown = await project.pushpals(['evidence', 'show', 'up']);
    assert.match(shown.stdout, /on the merge of [0-9a-f]{12} into feature at [0-9a-f]{12} \(1 file\(s\) in conflict\)/);
    await project.remove();
  });
}

for (const [driver, register] of DRIVERS) {
  register(
    `${driver}: a lock file that alone conflicts is made anew by npm, and needs no network for that`,
    async () => {
      const names = ['left', 'lefty', 'middle', 'other'];
      const registry = await localRegistry(Object.fromEntries(names.map((name) => [name, { '1.0.0': {} }])));
      const home = await mkdtemp(join(tmpdir(), 'pushpals-home-'));
      const depend = async (project: Project, dependencies: Files, devDependencies: Files): Promise<void> => {
        const manifest = { name: 'shop', version: '1.0.0', dependencies, scripts: { a: 'a', b: 'b' }, devDependencies };
        await project.write('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
        await execa('npm', ['install', '--package-lock-only'], { cwd: project.dir, env: { HOME: home } });
        await project.git('add', 'package.json', 'package-lock.json');
        await project.git('commit', '-q', '-m', 'depend');
      };
      try {
        const base = { '.npmrc': `registry=${registry.url}\n` };
        const project = await forked({ base, feature: {}, main: {} }, { driver });
        await depend(project, { middle: '1.0.0' }, { other: '1.0.0' });
        await project.git('branch', '-f', 'feature');
        await depend(project, { lefty: '1.0.0', middle: '1.0.0' }, { other: '1.0.0' });
        await project.git('switch', '-q', 'feature');
        await depend(project, { middle: '1.0.0' }, { left: '1.0.0', other: '1.0.0' });
        await project.git('switch', '-q', 'main');
        const before = registry.asked.length;
        const ended = await resolve(project, 'feature', { HOME: home });
        assert.is(ended.exitCode, 0, ended.stderr);
        assert.match((await project.pushpals(['log', 'up'])).stdout, /package-lock\.json: made anew by npm/);
        assert.equal(registry.asked.slice(before), []);
        const lock = JSON.parse((await project.show('pushpals/up', 'package-lock.json')) ?? '') as {
          packages: Record<string, unknown>;
        };
        assert.equal(Object.keys(lock.packages).sort(), ['', ...names.map((name) => `node_modules/${name}`)]);
        await project.remove();
      } finally {
        await registry.close();
        await rm(home, { recursive: true, force: true });
      }
    },
  );
}

const manifest = (price: string, words: string, more = {}): string =>
  `${JSON.stringify({ name: 'shop', dependencies: { price, words }, ...more }, null, 2)}\n`;

test('two bumps on neighbouring lines of package.json are joined; two of one package are a conflict', async () => {
  const project = await forked({
    base: { 'package.json': manifest('1.0.0', '1.0.0') },
    feature: { 'package.json': manifest('1.1.0', '1.0.0', { version: '1.0.0' }) },
    main: { 'package.json': manifest('1.0.0', '2.0.0', { private: true }) },
  });
  const ended = await resolve(project);
  assert.is(ended.exitCode, 0, ended.stderr);
  assert.is(
    await project.show('pushpals/up', 'package.json'),
    manifest('1.1.0', '2.0.0', { private: true, version: '1.0.0' }),
  );
  await project.remove();
  const clash = await forked({
    base: { 'package.json': manifest('1.0.0', '1.0.0') },
    feature: { 'package.json': manifest('1.1.0', '1.0.0') },
    main: { 'package.json': manifest('1.2.0', '2.0.0') },
  });
  const stopped = await resolve(clash);
  assert.match(stopped.stderr, /package\.json:4-10: feature has “"price": "1\.1\.0",”, main has “"price": "1\.2\.0",”/);
  assert.match((await clash.pushpals(['log', 'up'])).stdout, /both sides change dependencies\.price/);
  await clash.remove();
});

test("another lock file is made anew by the project's own command, or it says that there is none", async () => {
  const sides = {
    base: { 'Cargo.lock': 'base\n' },
    feature: { 'Cargo.lock': 'feature\n' },
    main: { 'Cargo.lock': 'main\n' },
  };
  const project = await forked(sides, {
    commands: 'lock: cat Cargo.lock src/a.txt > new && mv new Cargo.lock\n  test: sh test.sh',
  });
  const ended = await resolve(project);
  assert.is(ended.exitCode, 0, ended.stderr);
  assert.is(await project.show('pushpals/up', 'Cargo.lock'), `main\n${LINES}`);
  await project.remove();
  const without = await forked(sides);
  const stopped = await resolve(without);
  assert.is(stopped.exitCode, 1, stopped.stderr);
  assert.match(stopped.stderr, /pushpals\.yml has no command `lock`/);
  assert.is(await without.git('branch', '--list', 'pushpals/*'), '');
  await without.remove();
});

test('a lock file that a branch made a link is left alone, and so is what it points at', async () => {
  const project = await forked({
    base: { 'Cargo.lock': 'base\n' },
    feature: { 'src/b.txt': 'b\n' },
    main: { 'Cargo.lock': 'main\n' },
  });
  const outside = join(project.dir, '.git', 'outside');
  await writeFile(outside, 'as it was\n');
  await project.git('switch', '-q', 'feature');
  await rm(join(project.dir, 'Cargo.lock'));
  await symlink(outside, join(project.dir, 'Cargo.lock'));
  await project.git('commit', '-q', '-a', '-m', 'link');
  await project.git('switch', '-q', 'main');
  const ended = await resolve(project);
  assert.match(ended.stderr, /merge-conflict: feature and main conflict in/);
  assert.is(await readFile(outside, 'utf8'), 'as it was\n');
  await project.remove();
});

test('a merge goes on where a killed runner left it, from the same two tips', async () => {
  const project = await forked({
    feature: { 'src/a.txt': LINES.replace('two', 'zwei') },
    main: { 'src/a.txt': LINES.replace('two', 'deux') },
  });
  const [sign, gate] = [join(project.dir, '.git/sign'), join(project.dir, '.git/gate')];
  const wait = `touch '${sign}'; n=0; while [ ! -e '${gate}' ] && [ $((n += 1)) -lt 4000 ]; do sleep 0.02; done`;
  await project.commit({
    'pushpals.yml': `version: 1\nproject: test\nsandbox: { driver: host }\ncommands:\n  test: ${JSON.stringify(wait)}\n`,
  });
  await resolvedBefore(project, { 'src/a.txt': LINES.replace('two', 'zwei, deux') });
  const [feature, main] = [await project.git('rev-parse', 'feature'), await project.git('rev-parse', 'main')];
  await project.write('ops/inbox/up.yml', 'goal: Up\nformula: conflict-resolver\ninputs: { branch: feature }\n');
  const first = spawn(process.execPath, [resolvePath('dist/pushpals.js'), 'tick'], {
    cwd: project.dir,
    stdio: 'ignore',
  });
  await until('the tests run', () => existsSync(sign));
  first.kill('SIGKILL');
  await once(first, 'close');
  await project.commit({ 'src/later.txt': 'later\n' });
  await writeFile(gate, '');
  const ended = await project.pushpals(['tick']);
  assert.is(ended.exitCode, 0, ended.stderr);
  assert.equal(await parents(project), [feature, main]);
  assert.is(await project.show('pushpals/up', 'src/a.txt'), LINES.replace('two', 'zwei, deux'));
  await project.remove();
});

test('what is up to date, or merged already, is a quiet end without a test run', async () => {
  const project = await forked({ feature: {}, main: { broken: 'x\n' } });
  const merged = await resolve(project);
  assert.is(merged.exitCode, 0, merged.stderr);
  assert.match(merged.stderr, /up: no-change/);
  await project.git('branch', '-f', 'feature', 'main');
  await project.git('switch', '-q', 'feature');
  await project.commit({ 'src/new.txt': 'new\n' });
  await project.git('switch', '-q', 'main');
  assert.match((await resolve(project)).stderr, /up-2: no-change/);
  assert.is(await project.git('branch', '--list', 'pushpals/*'), '');
  await project.remove();
});

test('a merge that breaks the tests is to blame; a side that was broken before is named', async () => {
  const check = { commands: 'test: "! grep -qx one src/a.txt || ! grep -qx SEVEN src/a.txt"' };
  const project = await forked(
    { feature: { 'src/b.txt': 'b\n' }, main: { 'src/a.txt': LINES.replace('seven', 'SEVEN').replace('one', 'ONE') } },
    check,
  );
  assert.is((await resolve(project)).exitCode, 0);
  await project.remove();
  const clash = await forked(
    {
      base: { 'src/a.txt': LINES.replace('one', 'ONE') },
      feature: { 'src/a.txt': LINES },
      main: { 'src/a.txt': LINES.replace('one', 'ONE').replace('seven', 'SEVEN') },
    },
    check,
  );
  const ended = await resolve(clash);
  assert.match(ended.stderr, /check-failed: check verify failed/);
  await clash.remove();
  const broken = await forked({ feature: { broken: 'x\n' }, main: { 'src/b.txt': 'b\n' } });
  const told = await resolve(broken);
  const head = (await broken.git('rev-parse', 'feature')).slice(0, 12);
  assert.match(told.stderr, new RegExp(`baseline-broken: check verify fails, and it fails on the base ${head}`));
  await broken.remove();
});

test('a branch that touches the policy ships nothing, though the run itself changed nothing', async () => {
  const project = await forked({
    feature: { 'policy/policy.yml': 'version: 1\ndefault: low\n' },
    main: { 'src/b.txt': 'b\n' },
  });
  const ended = await resolve(project);
  assert.is(ended.exitCode, 1, ended.stderr);
  assert.match(ended.stderr, /policy-denied[^]*rule governance \(high\)/);
  assert.is(await project.git('branch', '--list', 'pushpals/*'), '');
  await project.remove();
});

test('a branch is meant by its full name, and what is none is refused by name', async () => {
  const project = await forked({ feature: { 'src/b.txt': 'b\n' }, main: { 'src/c.txt': 'c\n' } });
  // A tag of the same name, and one that poses as a branch.
  await project.git('tag', 'feature', 'main');
  await project.git('tag', 'refs/heads/posing', 'main');
  const feature = await project.git('rev-parse', 'refs/heads/feature');
  assert.is((await resolve(project)).exitCode, 0);
  assert.is((await parents(project))[0], feature);
  for (const [name, says] of [
    ['nowhere', /state-conflict: there is no branch `nowhere`/],
    ['posing', /state-conflict: there is no branch `posing`/],
    ['a..b', /state-conflict: there is no branch `a\.\.b`/],
    ['main@{1}', /order-invalid/],
    ['--upload-pack=x', /order-invalid/],
    ['../main', /order-invalid/],
    ['ops', /the branch `ops` has no history in common/],
  ] as const) {
    const ended = await resolve(project, name);
    assert.is(ended.exitCode, 1, ended.stderr);
    assert.match(ended.stderr, says, name);
  }
  await project.remove();
});

test('a step that says it resolved a conflict and did not ships nothing', async () => {
  const project = await forked({ feature: { 'src/a.txt': 'feature\n' }, main: { 'src/a.txt': 'main\n' } });
  for (const [index, run] of ['true', 'printf "<<<<<<< x\\na\\n" > src/a.txt', 'mv src/a.txt src/b.txt'].entries()) {
    await project.commit({
      'formulas/liar.yml': `formula: liar\nversion: 1\nbase: { merge: "'feature'" }\nsteps:\n  - { id: lie, run: '${run}' }\n  - { id: ship, ship: {}, needs: [lie] }\n`,
      'policy/policy.yml': 'version: 1\ndefault: low\n',
    });
    await project.write(`ops/inbox/lie-${String(index)}.yml`, 'goal: Lie\nformula: liar\n');
    const ended = await project.pushpals(['tick']);
    if (index === 2) assert.is(ended.exitCode, 0, ended.stderr);
    else assert.match(ended.stderr, /merge-conflict: feature and main conflict in 1 place/);
  }
  assert.is(await project.git('branch', '--list', 'pushpals/*', '--format=%(refname:short)'), 'pushpals/lie-2');
  await project.remove();
});

test.run();
