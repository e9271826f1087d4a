import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { excludeFromStatus, openGit } from '../../../runner/adapters/git/open.js';
import { SEARCH_PATH, makeRepository, value, withRepository, type TestRepository } from '../../git-repository.js';

const within = async (
  run: (repository: TestRepository) => Promise<void>,
  options?: Parameters<typeof makeRepository>[0],
): Promise<void> => {
  const repository = makeRepository(options);
  try {
    await run(repository);
  } finally {
    repository.remove();
  }
};

test('opens a repository from a folder inside it, spaces in its path', () =>
  within(
    async (repository) => {
      repository.commit({ 'deep/er/file': '1' });
      const places = value(await openGit(join(repository.dir, 'deep', 'er'), SEARCH_PATH));
      assert.is(places.top, repository.dir);
      assert.is(places.projectDir, join(repository.dir, '.git'));
      assert.is(places.objectFormat, 'sha1');
      assert.equal(places.objectDirs, [join(repository.dir, '.git', 'objects')]);
      assert.is(repository.git('status', '--porcelain'), '', 'the runner’s files are overlooked');
    },
    { name: 'it\'s a "path" ünd mehr' },
  ));

test('opens a sha256 repository', () =>
  within(
    async (repository) => {
      const places = value(await openGit(repository.dir, SEARCH_PATH));
      assert.is(places.objectFormat, 'sha256');
    },
    { init: ['--object-format=sha256'] },
  ));

test('names the object stores that are borrowed from', () =>
  within(async (repository) => {
    repository.commit({ a: '1' });
    const clone = join(repository.dir, '..', 'clone');
    repository.git('clone', '--quiet', '--shared', repository.dir, clone);
    const places = value(await openGit(clone, SEARCH_PATH));
    assert.equal(places.objectDirs, [join(clone, '.git', 'objects'), join(repository.dir, '.git', 'objects')]);
  }));

test('a linked work tree counts as its main one', () =>
  within(async (repository) => {
    repository.commit({ a: '1' });
    repository.git('worktree', 'add', '--quiet', join(repository.dir, '..', 'linked'));
    const places = value(await openGit(join(repository.dir, '..', 'linked'), SEARCH_PATH));
    assert.is(places.top, repository.dir);
  }));

const refusals: readonly [string, (repository: TestRepository) => string, RegExp][] = [
  [
    'a bare repository',
    ({ git, dir }) => {
      git('clone', '--quiet', '--bare', dir, join(dir, '..', 'bare.git'));
      return join(dir, '..', 'bare.git');
    },
    /bare/,
  ],
  ['the git directory itself', ({ dir }) => join(dir, '.git'), /not in a git repository/],
  ['a folder outside', ({ dir }) => join(dir, '..'), /not in a git repository/],
  [
    'a work tree of a bare repository',
    ({ git, dir }) => {
      git('clone', '--quiet', '--bare', dir, join(dir, '..', 'bare.git'));
      git('-C', join(dir, '..', 'bare.git'), 'worktree', 'add', '--quiet', join(dir, '..', 'w'));
      return join(dir, '..', 'w');
    },
    /no main one/,
  ],
  [
    'a link in place of .pushpals',
    ({ dir }) => {
      symlinkSync('/tmp', join(dir, '.pushpals'));
      return dir;
    },
    /not a folder/,
  ],
];
for (const [name, prepare, what] of refusals) {
  test(`refuses ${name}, saying so`, () =>
    within(async (repository) => {
      repository.commit({ a: '1' });
      const opened = await openGit(prepare(repository), SEARCH_PATH);
      assert.not.ok(opened.ok);
      if (opened.ok || opened.failure.class !== 'state-conflict') throw new Error(JSON.stringify(opened));
      assert.match(opened.failure.what, what);
    }));
}

test('refuses a path with a line end', () =>
  within(
    async (repository) => {
      const opened = await openGit(repository.dir, SEARCH_PATH);
      assert.is(opened.ok, false);
      if (!opened.ok && opened.failure.class === 'state-conflict') assert.match(opened.failure.what, /line end/);
    },
    { name: 'one\ntwo' },
  ));

test('a git directory that somebody planted is made anew', () =>
  withRepository(async ({ dir, places }) => {
    const config = readFileSync(join(places.runnerDir, 'config'), 'utf8');
    const plants: readonly (() => void)[] = [
      () => {
        writeFileSync(join(places.runnerDir, 'config'), '[merge "x"]\n\tdriver = touch /tmp/planted\n');
      },
      () => {
        writeFileSync(join(places.runnerDir, 'info', 'attributes'), '* merge=x\n');
      },
      () => {
        writeFileSync(join(places.runnerDir, 'commondir'), '/tmp\n');
      },
      () => {
        mkdirSync(join(places.runnerDir, 'hooks'));
      },
      () => {
        rmSync(places.runnerDir, { recursive: true });
        symlinkSync(join(dir, '.git'), places.runnerDir);
      },
      () => {
        renameSync(join(places.runnerDir, 'config'), join(places.stateDir, 'config'));
        symlinkSync(join(places.stateDir, 'config'), join(places.runnerDir, 'config'));
      },
      () => {
        rmSync(places.runnerDir, { recursive: true });
      },
    ];
    for (const plant of plants) {
      plant();
      const again = value(await openGit(dir, SEARCH_PATH));
      assert.is(readFileSync(join(again.runnerDir, 'config'), 'utf8'), config);
      assert.is(readFileSync(join(again.runnerDir, 'info', 'attributes'), 'utf8'), '');
    }
    assert.is(
      readFileSync(join(dir, '.git', 'HEAD'), 'utf8'),
      'ref: refs/heads/main\n',
      'what the link led to is untouched',
    );
  }));

test('two that open at once both succeed', () =>
  within(async (repository) => {
    const opened = await Promise.all(Array.from({ length: 8 }, () => openGit(repository.dir, SEARCH_PATH)));
    assert.ok(opened.every(({ ok }) => ok));
  }));

test('paths are excluded once, after a last line without an end', () =>
  withRepository(({ dir, places, git, write }) => {
    write('.git/info/exclude', '*.log');
    excludeFromStatus(places, ['.pushpals', 'ops']);
    excludeFromStatus(places, ['.pushpals', 'ops']);
    assert.is(readFileSync(join(dir, '.git/info/exclude'), 'utf8'), '*.log\n/.pushpals/\n/ops/\n');
    write('ops/x', '');
    assert.is(git('status', '--porcelain'), '');
    return Promise.resolve();
  }));

test.run();
