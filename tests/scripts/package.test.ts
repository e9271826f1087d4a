// deadline: 180s
import { execa } from 'execa';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bareProject } from '../cli/program.js';

const test = suite<{ dir: string; tarball: string; files: readonly string[] }>('package', {
  dir: '',
  tarball: '',
  files: [],
});
// What the person who runs the tests has set for npm must not matter.
const env = { npm_config_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' };

test.before(async (context) => {
  context.dir = await mkdtemp(join(tmpdir(), 'pushpals-package-'));
  // The program is built already, and others of these tests run it meanwhile.
  const { stdout } = await execa('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', context.dir], {
    env,
  });
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  context.tarball = join(context.dir, packed.filename);
  context.files = packed.files.map(({ path }) => path);
});
test.after(async ({ dir }) => {
  await rm(dir, { recursive: true, force: true });
});

test('the tarball holds the program and what it reads, and nothing of how it is made', ({ files }) => {
  const tops = new Set(files.map((path) => path.split('/')[0] ?? ''));
  assert.equal([...tops].sort(), [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'agents',
    'dist',
    'formulas',
    'ops-template',
    'package.json',
    'policy',
    'schemas',
  ]);
  for (const path of [
    'dist/pushpals.js',
    'dist/cel-check.cjs',
    'dist/cel-evaluate.cjs',
    'dist/secret-scan.cjs',
    'dist/THIRD-PARTY-NOTICES.txt',
    'policy/tests/default.yml',
  ])
    assert.ok(files.includes(path), path);
  assert.not.ok(files.some((path) => /\.(ts|map|test\.js)$/.test(path)));
});

test('the bundle names no folder of the machine that made it', async () => {
  const names = await readdir('dist', { recursive: true });
  for (const name of names.filter((one) => /\.c?js$/.test(one)))
    assert.not.ok((await readFile(join('dist', name), 'utf8')).includes(resolve('.')), name);
});

test('installed globally, it puts itself on a repository and runs an order', async ({ dir, tarball }) => {
  const prefix = join(dir, 'global');
  await execa('npm', ['install', '--global', '--prefix', prefix, tarball], { env });
  const program = join(prefix, 'bin', 'pushpals');
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  assert.is((await execa(program, ['version'])).stdout, `pushpals ${version}`);
  // Everything is bundled: an installation brings no other package.
  assert.equal(await readdir(join(prefix, 'lib', 'node_modules')), ['pushpals']);
  assert.not.ok((await readdir(join(prefix, 'lib/node_modules/pushpals'))).includes('node_modules'));

  const project = await bareProject({
    Makefile: 'test:\n\tgrep -q good total.txt\nfix:\n\tsed -i s/bad/good/ total.txt\n',
    'total.txt': 'bad\n',
  });
  const run = (...args: string[]): Promise<unknown> =>
    execa(program, args, { cwd: project.dir, env: { GIT_CONFIG_GLOBAL: '/dev/null' } });
  await run('init', '--yes', '--driver', 'host');
  await project.shell(
    'git add pushpals.yml policy && git commit -q -m "Add PushPals" && cp ops/examples/first-order.md ops/inbox/',
  );
  await run('tick');
  assert.is(await project.show('pushpals/first-order', 'total.txt'), 'good\n');
  await project.remove();
});

test('it runs without being installed', async ({ dir, tarball }) => {
  const { stdout } = await execa(
    'npm',
    ['exec', '--yes', `--package=${tarball}`, '--', 'pushpals', 'version', '--json'],
    {
      cwd: dir,
      env: { ...env, npm_config_cache: join(dir, 'cache') },
    },
  );
  assert.match(stdout, /"version"/);
});

test.run();
