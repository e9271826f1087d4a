// deadline: 300s
// one Node: package managers
import { execa } from 'execa';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../engine.js';
import { localRegistry, type LocalRegistry, type Packages } from '../local-registry.js';
import { filesIn } from './fixture.js';
import { makeProject, type Ended, type Project } from './program.js';

const priced = (price: string): Record<string, string> => ({ 'index.js': `exports.price = (item) => ${price};\n` });
const word = (text: string): Record<string, string> => ({ 'index.js': `exports.hello = ${JSON.stringify(text)};\n` });

const PACKAGES: Packages = {
  price: {
    '1.1.0': priced('item'),
    // A script of a package must not run while it is bumped.
    '1.2.0': { ...priced('item'), 'package.json': '{"scripts":{"postinstall":"exit 9"}}' },
    '1.3.0': priced('item * 1'),
    '1.4.0': priced('item * 2'),
    '2.0.0': priced('0'),
  },
  '@shop/words': {
    '2.0.0': word('hello'),
    '2.0.1': word('hello'),
    '2.1.0': { ...word('hello'), 'package.json': '{"peerDependencies":{"price":"^9.0.0"}}' },
  },
};
const NOW = { price: ['1.1.0'], '@shop/words': ['2.0.0'] };

let registry: LocalRegistry;
let home: string;

test.before(async () => {
  registry = await localRegistry(PACKAGES);
  home = await mkdtemp(join(tmpdir(), 'pushpals-home-'));
});

test.after(async () => {
  await registry.close();
  await rm(home, { recursive: true, force: true });
});

const POLICY = (await readFile('policy/policy.yml', 'utf8')).replace('allow: none', 'allow: full');

/** A shop that uses one version of each package, and whose registry has published more since. */
async function shop(
  driver: 'host' | 'bubblewrap',
  published: Readonly<Record<string, readonly string[]>>,
  { policy = POLICY, files = {} }: { policy?: string; files?: Record<string, string> } = {},
): Promise<Project> {
  const project = await makeProject(driver, { ...(await filesIn('tests/fixtures/steward-repo')), ...files });
  await project.write('.npmrc', `registry=${registry.url}\n`);
  registry.publish(NOW);
  await execa('npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: project.dir,
    env: { HOME: home },
  });
  await project.commit({
    'package-lock.json': await project.read('package-lock.json'),
    '.npmrc': await project.read('.npmrc'),
    'pushpals.yml': `version: 1\nproject: shop\nsandbox: { driver: ${driver} }\ncommands:\n  setup: { run: npm ci, network: full }\n  test: npm test\n`,
    'policy/policy.yml': policy,
  });
  registry.publish(published);
  return project;
}

async function tick(project: Project, inputs = ''): Promise<Ended> {
  await project.write('ops/inbox/deps.yml', `goal: Keep up\nformula: dependency-steward\n${inputs}`);
  return project.pushpals(['tick'], { env: { HOME: home } });
}

const subject = (project: Project): Promise<string> => project.git('log', '-1', '--format=%s', 'pushpals/deps');

const onHost = (name: string, run: () => Promise<void>): void => {
  test(name, run);
};

for (const [driver, register] of [
  ['host', onHost],
  ['bubblewrap', needs('bubblewrap', test)],
] as const) {
  register(`${driver}: one package is bumped, its lock entry and its range alone, and that ships`, async () => {
    const project = await shop(driver, { price: ['1.1.0', '1.2.0', '1.3.0', '2.0.0'], '@shop/words': ['2.0.0'] });
    const ended = await tick(project);
    assert.is(ended.exitCode, 0, ended.stderr);
    assert.is(await subject(project), 'deps: bump price from 1.1.0 to 1.3.0');
    assert.is(
      await project.git('diff', '--numstat', 'main', 'pushpals/deps'),
      '4\t4\tpackage-lock.json\n1\t1\tpackage.json',
    );
    assert.match(
      (await project.show('pushpals/deps', 'package.json')) ?? '',
      /"dependencies": \{ "price": "\^1\.3\.0" \}/,
    );
    const lock = JSON.parse((await project.show('pushpals/deps', 'package-lock.json')) ?? '') as {
      packages: Record<string, { version: string; dependencies?: Record<string, string> }>;
    };
    assert.is(lock.packages['node_modules/price']?.version, '1.3.0');
    assert.equal(lock.packages['']?.dependencies, { price: '^1.3.0' });
    await project.remove();
  });
}

test('of two, the patch goes first', async () => {
  const project = await shop('host', { price: ['1.1.0', '1.3.0'], '@shop/words': ['2.0.0', '2.0.1'] });
  const ended = await tick(project);
  assert.is(ended.exitCode, 0, ended.stderr);
  assert.is(await subject(project), 'deps: bump @shop/words from 2.0.0 to 2.0.1');
  assert.match((await project.show('pushpals/deps', 'package.json')) ?? '', /"@shop\/words": "~2\.0\.1"/);
  assert.match((await project.show('pushpals/deps', 'package.json')) ?? '', /"price": "\^1\.1\.0"/);
  await project.remove();
});

test('what is proposed and not merged yet is not proposed again: the next package is, until nothing is left', async () => {
  const project = await shop('host', { price: ['1.1.0', '1.3.0'], '@shop/words': ['2.0.0', '2.0.1'] });
  for (const name of ['a', 'b', 'c'])
    await project.write(`ops/inbox/${name}.yml`, `goal: Bump ${name}\nformula: dependency-steward\n`);
  const ended = await project.pushpals(['tick'], { env: { HOME: home } });
  assert.is(ended.exitCode, 0, ended.stderr);
  assert.match(ended.stderr, /c: no-change/);
  assert.equal((await project.git('for-each-ref', '--format=%(subject)', 'refs/heads/pushpals')).split('\n'), [
    'deps: bump @shop/words from 2.0.0 to 2.0.1',
    'deps: bump price from 1.1.0 to 1.3.0',
  ]);
  await project.git('merge', '-q', '--no-edit', 'pushpals/a');
  await project.git('branch', '-D', 'pushpals/b');
  await tick(project);
  assert.is(await subject(project), 'deps: bump price from 1.1.0 to 1.3.0');
  await project.remove();
});

test('nothing within the level is a quiet end: only a major version, only a minor one, only another package', async () => {
  const project = await shop('host', { price: ['1.1.0', '2.0.0'], '@shop/words': ['2.0.0'] });
  const major = await tick(project);
  assert.is(major.exitCode, 0, major.stderr);
  assert.match(major.stderr, /deps: no-change/);
  registry.publish({ price: ['1.1.0', '1.3.0'], '@shop/words': ['2.0.0'] });
  const minor = await tick(project, 'inputs: { level: patch }\n');
  assert.match(minor.stderr, /deps-2: no-change/);
  const other = await tick(project, 'inputs: { package: "@shop/words" }\n');
  assert.match(other.stderr, /deps-3: no-change/);
  assert.is(await project.git('branch', '--list', 'pushpals/*'), '');
  const unknown = await tick(project, 'inputs: { package: left-pad }\n');
  assert.is(unknown.exitCode, 1, unknown.stderr);
  assert.match(unknown.stderr, /package\.json has no dependency `left-pad` from a registry/);
  const hostile = await tick(project, 'inputs: { package: "--registry=x" }\n');
  assert.match(hostile.stderr, /order-invalid[^]*package: `--registry=x` is not a legal value/);
  await project.remove();
});

test('what npm finds no fitting set of versions for is left, and the next one is bumped', async () => {
  const project = await shop('host', { price: ['1.1.0', '1.3.0'], '@shop/words': ['2.0.0', '2.1.0'] });
  const ended = await tick(project);
  assert.is(ended.exitCode, 0, ended.stderr);
  assert.is(await subject(project), 'deps: bump price from 1.1.0 to 1.3.0');
  assert.is(
    await project.git('diff', '--numstat', 'main', 'pushpals/deps'),
    '4\t4\tpackage-lock.json\n1\t1\tpackage.json',
  );
  const log = await project.pushpals(['log', 'deps']);
  assert.match(log.stdout, /@shop\/words cannot be bumped to 2\.1\.0; looking at the next one[^]*ERESOLVE/);
  await project.remove();
});

test('a range that says more than a version stays as it is, and bounds the bump', async () => {
  const project = await shop(
    'host',
    { price: ['1.1.0', '1.3.0', '1.4.0', '2.0.0'], '@shop/words': ['2.0.0'] },
    {
      files: {
        'package.json': (await readFile('tests/fixtures/steward-repo/package.json', 'utf8')).replace(
          '^1.1.0',
          '>=1.0.0 <1.4.0',
        ),
      },
    },
  );
  const ended = await tick(project);
  assert.is(ended.exitCode, 0, ended.stderr);
  assert.is(await subject(project), 'deps: bump price from 1.1.0 to 1.3.0');
  assert.is(await project.git('diff', '--name-only', 'main', 'pushpals/deps'), 'package-lock.json');
  await project.remove();
});

test('a bump that breaks the tests ships nothing; tests that were broken before are another end', async () => {
  const project = await shop('host', { price: ['1.1.0', '1.4.0'], '@shop/words': ['2.0.0'] });
  const ended = await tick(project);
  assert.is(ended.exitCode, 1, ended.stderr);
  assert.match(ended.stderr, /check-failed: check verify failed with exit code 1; on the base it passes/);
  assert.is(await project.git('branch', '--list', 'pushpals/*'), '');
  const evidence = await project.pushpals(['evidence', 'show', 'deps', '--diff']);
  assert.match(evidence.stdout, /\+.*"price": "\^1\.4\.0"/);
  await project.commit({
    'test/never.test.js': "require('node:test')('never', () => { throw new Error('before'); });\n",
  });
  registry.publish({ price: ['1.1.0', '1.3.0'], '@shop/words': ['2.0.0'] });
  const broken = await tick(project);
  assert.match(broken.stderr, /baseline-broken: check verify fails, and it fails on the base/);
  await project.remove();
});

test('without the network in the policy nothing runs, and the order says so', async () => {
  const project = await shop('host', {}, { policy: await readFile('policy/policy.yml', 'utf8') });
  const before = registry.asked.length;
  const ended = await tick(project);
  assert.is(ended.exitCode, 3, ended.stderr);
  assert.match(ended.stderr, /deps: waits: step bump: the policy does not let it reach the network/);
  assert.is(registry.asked.length, before);
  await project.remove();
});

test('without a lock file, or with one of another package manager, it says what to do', async () => {
  const project = await shop('host', {});
  await project.git('rm', '-q', 'package-lock.json');
  await project.git('commit', '-q', '-m', 'no lock file');
  const ended = await tick(project);
  assert.is(ended.exitCode, 1, ended.stderr);
  assert.match(ended.stderr, /there is no package-lock\.json[^]*Run `npm install --package-lock-only`, and commit/);
  await project.commit({ 'yarn.lock': '' });
  assert.match((await tick(project)).stderr, /yarn\.lock belongs to another package manager/);
  await project.remove();
});

test.run();
