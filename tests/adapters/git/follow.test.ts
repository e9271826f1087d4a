import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FastImport } from '../../../runner/adapters/git/fast-import.js';
import { encode } from '../../../runner/adapters/git/temporary.js';
import { systemProcesses } from '../../../runner/adapters/processes.js';
import { RefSession } from '../../../runner/adapters/git/ref-session.js';
import { CatFile } from '../../../runner/adapters/git/object-reader.js';
import { GitOpsStore } from '../../../runner/adapters/git/ops-store.js';
import { gitSetup } from '../../../runner/adapters/git/setup.js';
import type { CommitId } from '../../../runner/core/ids.js';
import { ADA, GIT_ENV, NOON, plantHook, value, withRepository, type OpenRepository } from '../../git-repository.js';

interface Ops {
  readonly repository: OpenRepository;
  readonly store: GitOpsStore;
  /** The work tree's folder. */
  readonly dir: string;
  readonly git: (...args: string[]) => string;
  readonly status: () => string;
  readonly write: (path: string, content: string) => void;
  readonly read: (path: string) => string;
  /** Appends a transition on the tip and advances to it; says whether the work tree followed. */
  readonly step: (files: Record<string, string | null>, store?: GitOpsStore) => Promise<boolean>;
}

const START = { 'README.md': 'ops\n', 'inbox/README.md': 'drop here\n', 'queue/a.yml': 'a1\n', 'queue/b.yml': 'b1\n' };

const withOps = (run: (ops: Ops) => Promise<void>): Promise<void> =>
  withRepository(async (repository) => {
    const { places, reader, writer, refs } = repository;
    const setup = gitSetup(
      places,
      reader,
      writer,
      { now: () => NOON, sleep: () => Promise.resolve() },
      () => Promise.resolve(ADA),
      '/nonexistent',
    );
    value(
      await setup.makeOps(
        'ops',
        'ops',
        Object.entries(START).map(([path, content]) => ({ path, content: Buffer.from(content) })),
      ),
    );
    const dir = join(repository.dir, 'ops');
    const store = new GitOpsStore(places, reader, writer, refs, 'ops', dir);
    const git = (...args: string[]): string =>
      execFileSync('git', args, { cwd: dir, env: GIT_ENV, stdio: ['ignore', 'pipe', 'pipe'] })
        .toString('utf8')
        .replace(/\n$/, '');
    await run({
      repository,
      store,
      dir,
      git,
      status: () => git('status', '--porcelain', '--untracked-files=all'),
      write: (path, content) => {
        writeFileSync(join(dir, path), content);
      },
      read: (path) => readFileSync(join(dir, path), 'utf8'),
      step: async (files, by = store) => {
        const tip = await by.tip();
        const next = value(
          await by.append(tip, [
            {
              subject: 's',
              trailers: [],
              author: ADA,
              at: NOON,
              files: Object.entries(files).map(([path, content]) => ({ path, content })),
            },
          ]),
        );
        assert.ok(value(await by.advance(tip, next)));
        return by.follow();
      },
    });
  });

test('the work tree is made with the branch’s files, without hooks, and follows', () =>
  withOps(async ({ repository, step, status, read, dir, git }) => {
    assert.is(status(), '');
    const hooks = ['post-checkout', 'post-index-change', 'reference-transaction'].map((hook) =>
      plantHook(repository, hook),
    );
    assert.ok(await step({ 'queue/a.yml': null, 'active/a.yml': 'a2\n' }));
    assert.is(read('active/a.yml'), 'a2\n');
    assert.not.ok(existsSync(join(dir, 'queue/a.yml')));
    assert.not.ok(hooks.some(({ ran }) => ran()));
    assert.is(status(), '');
    assert.ok(hooks[1]?.ran(), 'a person’s command does run them');
    assert.is(git('symbolic-ref', 'HEAD'), 'refs/heads/ops');
    assert.is(repository.git('status', '--porcelain'), '', 'the project overlooks it');
  }));

test('making it again changes nothing; a tag of the same name does not mislead it', () =>
  withOps(async ({ repository, dir, status, read }) => {
    const { places, reader, writer } = repository;
    const setup = gitSetup(
      places,
      reader,
      writer,
      { now: () => NOON, sleep: () => Promise.resolve() },
      () => Promise.resolve(ADA),
      '/nonexistent',
    );
    assert.equal(value(await setup.makeOps('ops', 'ops', [])), { branch: 'there', worktree: 'there' });
    rmSync(dir, { recursive: true });
    repository.git('tag', 'ops', 'main');
    assert.equal(value(await setup.makeOps('ops', 'ops', [])), { branch: 'there', worktree: 'made' });
    assert.is(read('queue/a.yml'), 'a1\n');
    assert.is(status(), '');
  }));

test('a folder in its place is refused', () =>
  withRepository(async ({ places, reader, writer, write, git, dir }) => {
    const setup = gitSetup(
      places,
      reader,
      writer,
      { now: () => NOON, sleep: () => Promise.resolve() },
      () => Promise.resolve(ADA),
      '/nonexistent',
    );
    write('ops/mine', 'mine');
    const made = await setup.makeOps('ops', 'ops', []);
    assert.is(made.ok ? '' : made.failure.class, 'state-conflict');
    git('branch', 'other');
    git('worktree', 'add', '--quiet', join(dir, 'there'), 'other');
    const elsewhere = await setup.makeOps('ops', 'there', []);
    assert.is(elsewhere.ok ? '' : elsewhere.failure.class, 'state-conflict');
  }));

test('a file that a person changed stays, and the rest follows', () =>
  withOps(async ({ step, status, read, write }) => {
    write('queue/a.yml', 'mine\n');
    assert.ok(await step({ 'queue/a.yml': 'a2\n', 'queue/b.yml': 'b2\n', 'active/c.yml': 'c\n' }));
    assert.is(read('queue/a.yml'), 'mine\n');
    assert.is(read('queue/b.yml'), 'b2\n');
    assert.is(read('active/c.yml'), 'c\n');
    assert.is(status(), ' M queue/a.yml');
  }));

test('a file that a person changed and the branch removes stays, untracked', () =>
  withOps(async ({ step, status, read, write }) => {
    write('queue/a.yml', 'mine\n');
    assert.ok(await step({ 'queue/a.yml': null, 'queue/b.yml': null }));
    assert.is(read('queue/a.yml'), 'mine\n');
    assert.is(status(), '?? queue/a.yml');
  }));

test('a file that a person removed stays removed, until the branch changes it', () =>
  withOps(async ({ step, status, dir, read, write }) => {
    rmSync(join(dir, 'queue/a.yml'));
    assert.ok(await step({ 'queue/b.yml': 'b2\n' }));
    assert.is(status(), ' D queue/a.yml');
    assert.ok(await step({ 'queue/a.yml': 'a2\n' }));
    assert.is(status(), '');
    // The same where another change is in the way, so that it goes path by path.
    rmSync(join(dir, 'queue/a.yml'));
    write('queue/b.yml', 'mine\n');
    assert.ok(await step({ 'queue/a.yml': 'a3\n', 'queue/b.yml': 'b3\n' }));
    assert.is(read('queue/a.yml'), 'a3\n');
    assert.is(status(), ' M queue/b.yml');
  }));

test('an untracked file where the branch adds one stays', () =>
  withOps(async ({ step, status, read, write, dir }) => {
    mkdirSync(join(dir, 'active'));
    write('active/c.yml', 'mine\n');
    write('active/same.yml', 'same\n');
    assert.ok(await step({ 'active/c.yml': 'theirs\n', 'active/same.yml': 'same\n', 'active/d.yml': 'd\n' }));
    assert.is(read('active/c.yml'), 'mine\n');
    assert.is(read('active/d.yml'), 'd\n');
    assert.is(status(), ' M active/c.yml');
  }));

test('a folder or link where the branch adds a file stays, with all that is in it', () =>
  withOps(async ({ step, read, write, dir, status }) => {
    mkdirSync(join(dir, 'active', 'c.yml'), { recursive: true });
    write('active/c.yml/mine', 'mine\n');
    mkdirSync(join(dir, 'elsewhere'));
    symlinkSync('elsewhere', join(dir, 'waiting'));
    assert.ok(await step({ 'active/c.yml': 'theirs\n', 'waiting/d.yml': 'd\n', 'queue/b.yml': 'b2\n' }));
    assert.is(read('active/c.yml/mine'), 'mine\n');
    assert.ok(lstatSync(join(dir, 'waiting')).isSymbolicLink());
    assert.equal(readdirSync(join(dir, 'elsewhere')), []);
    assert.is(read('queue/b.yml'), 'b2\n');
    assert.match(status(), /active\/c\.yml/);
  }));

test('what a person staged is kept: on disk, and where it was only in the index, beside the file', () =>
  withOps(async ({ step, read, write, git, status }) => {
    write('queue/a.yml', 'staged\n');
    git('add', 'queue/a.yml');
    write('queue/b.yml', 'staged\n');
    git('add', 'queue/b.yml');
    write('queue/b.yml', 'b1\n');
    write('mine', 'new and staged\n');
    git('add', 'mine');
    assert.ok(await step({ 'queue/a.yml': 'a2\n', 'queue/b.yml': 'b2\n', 'active/c.yml': 'c\n' }));
    assert.is(read('queue/a.yml'), 'staged\n');
    assert.is(read('queue/b.yml.staged'), 'staged\n');
    assert.is(read('queue/b.yml'), 'b2\n');
    assert.is(read('active/c.yml'), 'c\n');
    assert.is(status(), 'A  mine\n M queue/a.yml\n?? queue/b.yml.staged');
  }));

test('a person in the middle of a merge keeps their conflict, and their merge commit undoes nothing', () =>
  withOps(async ({ step, status, git, read, write, repository }) => {
    git('branch', 'theirs');
    write('queue/a.yml', 'ours\n');
    git('commit', '--quiet', '-am', 'ours');
    const theirs = repository.gitWith('theirs\n', 'hash-object', '-w', '--stdin');
    const tree = repository.gitWith(
      git('ls-tree', '-r', 'theirs:queue').replace(/[0-9a-f]{40}\ta\.yml/, `${theirs}\ta.yml`) + '\n',
      'mktree',
    );
    const top = repository.gitWith(
      git('ls-tree', 'theirs').replace(/[0-9a-f]{40}\tqueue/, `${tree}\tqueue`) + '\n',
      'mktree',
    );
    git('update-ref', 'refs/heads/theirs', git('commit-tree', top, '-p', 'theirs', '-m', 'theirs'));
    assert.is(spawnSync('git', ['merge', 'theirs'], { cwd: join(repository.dir, 'ops'), env: GIT_ENV }).status, 1);
    assert.match(status(), /UU queue\/a\.yml/);
    assert.ok(await step({ 'queue/b.yml': null, 'active/b.yml': 'b2\n' }));
    assert.match(status(), /UU queue\/a\.yml/);
    assert.is(read('active/b.yml'), 'b2\n');
    write('queue/a.yml', 'both\n');
    git('commit', '--quiet', '-am', 'merged');
    assert.is(status(), '');
    assert.is(git('ls-tree', '-r', '--name-only', 'HEAD'), 'README.md\nactive/b.yml\ninbox/README.md\nqueue/a.yml');
    assert.ok(await step({ 'active/b.yml': 'b3\n' }));
    assert.is(status(), '');
  }));

test('a file that a person committed and the branch then removes is gone', () =>
  withOps(async ({ step, status, git, write, dir }) => {
    await step({ 'active/c.yml': 'c\n' });
    write('inbox/fix.md', 'fix it\n');
    git('add', '.');
    git('commit', '--quiet', '-m', 'an order');
    assert.ok(await step({ 'inbox/fix.md': null, 'queue/fix.yml': 'fix\n' }));
    assert.not.ok(existsSync(join(dir, 'inbox/fix.md')));
    assert.is(status(), '');
  }));

test('a locked index: not followed, nothing lost, made up for by the next', () =>
  withOps(async ({ step, status, repository, read }) => {
    const lock = join(repository.dir, '.git/worktrees/ops/index.lock');
    writeFileSync(lock, '');
    assert.not.ok(await step({ 'queue/a.yml': null, 'active/a.yml': 'a2\n' }));
    rmSync(lock);
    assert.ok(await step({ 'queue/b.yml': 'b2\n' }));
    assert.is(status(), '');
    assert.is(read('active/a.yml'), 'a2\n');
  }));

test('an index that is unlocked soon is waited for', () =>
  withOps(async ({ step, status, repository }) => {
    const lock = join(repository.dir, '.git/worktrees/ops/index.lock');
    writeFileSync(lock, '');
    const unlock = setTimeout(() => {
      rmSync(lock);
    }, 60);
    assert.ok(await step({ 'queue/a.yml': null }));
    clearTimeout(unlock);
    assert.is(status(), '');
  }));

test('a lock that a dead runner left is taken over', () =>
  withOps(async ({ step, status, repository }) => {
    const lock = join(repository.dir, '.git/worktrees/ops/pushpals-follow.lock');
    writeFileSync(lock, '');
    utimesSync(lock, 1, 1);
    assert.ok(await step({ 'queue/a.yml': null }));
    assert.is(status(), '');
  }));

/** What a runner that was killed in its turn left: its lock, with a line for each git process that it had begun. */
async function leaveLock({ repository }: Ops, begun: readonly number[]): Promise<void> {
  const runner = spawn('sleep', ['60'], { stdio: 'ignore' });
  const processes = systemProcesses();
  const lines = [runner.pid ?? 0, ...begun].map((pid) => encode(processes.of(pid)));
  runner.kill('SIGKILL');
  await once(runner, 'close');
  writeFileSync(join(repository.dir, '.git/worktrees/ops/pushpals-follow.lock'), lines.join('\n'));
}

/** Moves the branch three times as another runner does whose work tree never follows: `active/c.yml` comes, changes and goes again. */
async function comesAndGoes({ store, repository }: Ops): Promise<readonly CommitId[]> {
  const other = new GitOpsStore(
    repository.places,
    repository.reader,
    repository.writer,
    repository.refs,
    'ops',
    '/none',
  );
  const tips = [(await store.tip()) as CommitId];
  for (const content of ['c1\n', 'c2\n', null]) {
    const tip = tips.at(-1) as CommitId;
    const files = [{ path: 'active/c.yml', content }];
    const next = value(await other.append(tip, [{ subject: 's', trailers: [], author: ADA, at: NOON, files }]));
    assert.ok(value(await other.advance(tip, next)));
    tips.push(next);
  }
  return tips;
}

test('what the git of a dead runner still brought along is ours, and goes with what the branch removed since', () =>
  withOps(async (ops) => {
    const { dir, git, status, write, store } = ops;
    write('mine.yml', 'mine\n');
    git('add', 'mine.yml');
    const [base = '', first = '', second = ''] = await comesAndGoes(ops);
    await leaveLock(ops, []);
    // The index came as far as the first commit, and then another process wrote what the second has.
    git('read-tree', '-m', '-u', base, first);
    writeFileSync(join(dir, 'active/c.yml'), git('show', `${second}:active/c.yml`) + '\n');
    assert.ok(await store.follow());
    assert.is(status(), 'A  mine.yml');
    assert.not.ok(existsSync(join(dir, 'active')));
    assert.equal(
      readdirSync(join(dir, '../.git/worktrees/ops')).filter((name) => name.includes('lock')),
      [],
    );
  }));

test('a person’s own file at a path that came and went meanwhile stays', () =>
  withOps(async (ops) => {
    await comesAndGoes(ops);
    await leaveLock(ops, []);
    mkdirSync(join(ops.dir, 'active'));
    ops.write('active/c.yml', 'mine\n');
    assert.ok(await ops.store.follow());
    assert.is(ops.status(), '?? active/c.yml');
    assert.is(ops.read('active/c.yml'), 'mine\n');
  }));

test('the git of a dead runner is waited for', () =>
  withOps(async (ops) => {
    const { dir, status, store } = ops;
    const [base = '', first = ''] = await comesAndGoes(ops);
    const late = spawn('sh', ['-c', `read -r _; exec git read-tree -m -u ${base} ${first}`], {
      cwd: dir,
      env: GIT_ENV,
    });
    await leaveLock(ops, [late.pid ?? 0]);
    assert.not.ok(await store.follow(), 'it may change the tree at any moment');
    const following = store.follow();
    late.stdin.end('\n');
    assert.ok(await following);
    assert.is(status(), '');
    assert.is(late.exitCode, 0, 'it did come along');
  }));

test('what could not be made up for is left to the next', () =>
  withOps(async (ops) => {
    const { git, status, store, repository } = ops;
    const [base = '', first = ''] = await comesAndGoes(ops);
    git('read-tree', '-m', '-u', base, first);
    await leaveLock(ops, []);
    const lock = join(repository.dir, '.git/worktrees/ops/index.lock');
    writeFileSync(lock, '');
    assert.not.ok(await store.follow());
    rmSync(lock);
    assert.ok(await store.follow());
    assert.is(status(), '');
  }));

test('without a work tree, or with something else checked out there, only the branch moves', () =>
  withOps(async ({ step, git, status, dir, store }) => {
    git('checkout', '--quiet', '-b', 'mine');
    assert.ok(await step({ 'queue/a.yml': 'a2\n' }));
    assert.is(status(), '');
    rmSync(dir, { recursive: true });
    assert.ok(await step({ 'queue/a.yml': 'a3\n' }));
    assert.ok(await store.tip());
    assert.not.ok(existsSync(dir));
  }));

test('many runners advance at once, and the work tree ends at the tip', () =>
  withOps(async ({ repository, status, store }) => {
    const others = Array.from({ length: 4 }, () => {
      const [reader, writer] = [new CatFile(repository.places), new FastImport(repository.places)];
      return {
        reader,
        writer,
        store: new GitOpsStore(
          repository.places,
          reader,
          writer,
          new RefSession(repository.places),
          'ops',
          join(repository.dir, 'ops'),
        ),
      };
    });
    const advance = async (by: GitOpsStore, name: string): Promise<boolean> => {
      for (;;) {
        const tip = await by.tip();
        const next = value(
          await by.append(tip, [
            {
              subject: name,
              trailers: [],
              author: ADA,
              at: NOON,
              files: [
                { path: `queue/${name}`, content: name },
                { path: 'queue/shared', content: name },
              ],
            },
          ]),
        );
        if (value(await by.advance(tip, next))) return by.follow();
      }
    };
    await Promise.all(
      others.map(async ({ store: by }, n) => {
        for (let round = 0; round < 5; round += 1) await advance(by, `${String(n)}-${String(round)}`);
      }),
    );
    assert.ok(await advance(store, 'last'));
    assert.is(status(), '');
    assert.is(repository.git('rev-list', '--count', 'refs/heads/ops'), '22');
    for (const { reader, writer } of others) {
      reader.close();
      await writer.close();
    }
  }));

test('a branch that jumped back is followed too', () =>
  withOps(async ({ step, status, store, git }) => {
    const first = (await store.tip()) as CommitId;
    await step({ 'queue/a.yml': 'a2\n' });
    const second = (await store.tip()) as CommitId;
    git('reset', '--quiet', '--hard', first);
    assert.ok(value(await store.advance(first, second)));
    assert.ok(await store.follow());
    assert.is(status(), '');
  }));

test.run();
