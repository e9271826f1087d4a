import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FastImport } from '../../../runner/adapters/git/fast-import.js';
import { GitOpsStore } from '../../../runner/adapters/git/ops-store.js';
import type { OpsCommit } from '../../../runner/app/ports/ops.js';
import type { CommitId } from '../../../runner/core/ids.js';
import { ADA, NOON, plantHook, value, withRepository, type OpenRepository } from '../../git-repository.js';

const commit = (subject: string, files: Record<string, string | null>, more: Partial<OpsCommit> = {}): OpsCommit => ({
  subject,
  trailers: [['PushPals-Order', 'x']],
  author: ADA,
  at: NOON,
  files: Object.entries(files).map(([path, content]) => ({ path, content })),
  ...more,
});

const storeOf = ({ places, reader, writer, refs }: OpenRepository): GitOpsStore =>
  new GitOpsStore(places, reader, writer, refs, 'ops', join(places.top, 'ops'));

test('a chain of commits, and nobody sees it before the ref moves', () =>
  withRepository(async (repository) => {
    const { git, places } = repository;
    const store = storeOf(repository);
    assert.is(await store.tip(), null);
    const before = git('for-each-ref');
    const tip = value(
      await store.append(null, [
        commit('first', { 'queue/a.yml': 'a\n', 'queue/-b': 'b', 'q"u\\o\nte': 'c' }),
        commit('second', { 'queue/a.yml': null, 'active/a.yml': 'a2\n' }),
      ]),
    );
    assert.is(git('for-each-ref'), before);
    assert.equal(
      readdirSync(join(places.runnerDir, 'refs'), { recursive: true }).filter((name) =>
        String(name).includes('staging'),
      ),
      [],
      'not in the runner’s directory either',
    );
    assert.equal(git('ls-tree', '-r', '-z', '--name-only', tip).split('\0').filter(Boolean), [
      'active/a.yml',
      'q"u\\o\nte',
      'queue/-b',
    ]);
    assert.is(git('show', `${tip}:active/a.yml`), 'a2');
    assert.is(
      git('log', '--format=%s|%an <%ae>|%cn <%ce>|%ad|%cd', '--date=raw', '-1', tip),
      'second|Ada <ada@example.org>|PushPals runner <runner@pushpals.invalid>|1795176000 +0000|1795176000 +0000',
    );
    assert.is(git('rev-list', '--count', tip), '2');
    assert.is(git('fsck', '--strict', '--no-dangling'), '');
    assert.ok(value(await store.advance(null, tip)));
    assert.is(await store.tip(), tip);
    const again = value(
      await store.append(null, [
        commit('first', { 'queue/a.yml': 'a\n', 'queue/-b': 'b', 'q"u\\o\nte': 'c' }),
        commit('second', { 'queue/a.yml': null, 'active/a.yml': 'a2\n' }),
      ]),
    );
    assert.is(again, tip, 'deterministic');
  }));

test('subjects and trailers are one line, whatever they hold', () =>
  withRepository(async (repository) => {
    const store = storeOf(repository);
    const tip = value(
      await store.append(null, [
        commit(
          'sub\nject\u001b[31m\u202e',
          { a: '' },
          {
            body: 'one\n\u001b]0;x\u0007two',
            trailers: [
              ['PushPals-Order', 'a\nPushPals-Actor: eve'],
              ['PushPals-Run', 'r'],
            ],
            author: { name: '<e\nve>', email: 'a b>\n' },
          },
        ),
      ]),
    );
    const message = repository.git('log', '-1', '--format=%B', tip);
    assert.is(message, 'sub ject [31m\n\none\n ]0;x two\n\nPushPals-Order: a PushPals-Actor: eve\nPushPals-Run: r\n');
    assert.is(repository.git('log', '-1', '--format=%(trailers:key=PushPals-Actor)', tip), '');
    assert.is(repository.git('log', '-1', '--format=%an|%ae', tip), 'e ve|ab');
  }));

test('compare-and-swap: one of many writers wins each round', () =>
  withRepository(async (repository) => {
    const store = storeOf(repository);
    const first = value(await store.append(null, [commit('first', { a: '1' })]));
    const moved = await Promise.all(Array.from({ length: 6 }, () => store.advance(null, first)));
    assert.is(moved.filter((result) => value(result)).length, 1);
    const others = await Promise.all(
      Array.from({ length: 6 }, (_, n) => store.append(first, [commit(`next ${String(n)}`, { a: String(n) })])),
    );
    const raced = await Promise.all(others.map((other) => store.advance(first, value(other))));
    assert.is(raced.filter((result) => value(result)).length, 1);
    const winner = raced.findIndex((result) => value(result));
    assert.is(await store.tip(), value(others[winner] ?? { ok: false, failure: 'none' }));
  }));

test('no hook of the project runs, and its packs stay few', () =>
  withRepository(async (repository) => {
    const hooks = [
      'reference-transaction',
      'post-checkout',
      'post-index-change',
      'update',
      'post-update',
      'pre-receive',
      'post-commit',
    ].map((hook) => plantHook(repository, hook));
    repository.git('update-ref', 'refs/heads/proof', 'HEAD');
    assert.ok(hooks[0]?.ran(), 'the hook would run');
    repository.git('update-ref', '-d', 'refs/heads/proof');
    const store = storeOf(repository);
    rmSync(join(repository.dir, '.git', 'ran-reference-transaction'));
    let tip: CommitId | null = null;
    for (let n = 0; n < 20; n += 1) {
      const next: CommitId = value(await store.append(tip, [commit(`n ${String(n)}`, { a: String(n) })]));
      assert.ok(value(await store.advance(tip, next)));
      tip = next;
    }
    assert.not.ok(hooks.some(({ ran }) => ran()));
    const packs = (): number =>
      readdirSync(join(repository.dir, '.git', 'objects', 'pack')).filter((name) => name.endsWith('.pack')).length;
    assert.is(packs(), 0);
    const many = value(
      await store.append(
        tip,
        Array.from({ length: 100 }, (_, n) => commit(`m ${String(n)}`, { [`f${String(n)}`]: String(n) })),
      ),
    );
    assert.is(repository.git('rev-list', '--count', many), '120');
    assert.is(packs(), 1);
  }));

test('bad input is git-failed with its reason, and the next append works', () =>
  withRepository(async (repository) => {
    const store = storeOf(repository);
    const failed = await store.append('0123456789012345678901234567890123456789' as CommitId, [
      commit('x', { a: '1' }),
    ]);
    assert.not.ok(failed.ok);
    if (failed.ok || failed.failure.class !== 'git-failed') throw new Error('another failure was expected');
    assert.match(failed.failure.stderr, /0123456789/);
    const [one, two] = await Promise.all([
      store.append('0123456789012345678901234567890123456789' as CommitId, [commit('x', { a: 'y'.repeat(3_000_000) })]),
      store.append(null, [commit('good', { a: '1' })]),
    ]);
    assert.not.ok(one.ok);
    assert.is(repository.git('log', '-1', '--format=%s', value(two)), 'good');
    assert.equal(
      readdirSync(repository.places.runnerDir).filter((name) => name.startsWith('fast_import_crash')),
      [],
    );
  }));

test('a file that cannot be read in the middle of a commit spoils no other commit', () =>
  withRepository(async ({ writer, git }) => {
    let thrown: unknown;
    const about = { message: 'm', author: ADA, committer: ADA, at: NOON };
    await writer
      .commit(null, [
        {
          ...about,
          changes: [
            {
              path: 'a',
              mode: '100644',
              content: () => {
                throw new Error('unreadable');
              },
            },
          ],
        },
      ])
      .catch((error: unknown) => {
        thrown = error;
      });
    assert.is((thrown as Error).message, 'unreadable');
    const good = value(
      await writer.commit(null, [{ ...about, changes: [{ path: 'b', mode: '100644', content: Buffer.from('b') }] }]),
    );
    assert.is(git('ls-tree', '--name-only', good), 'b');
  }));

for (const path of [
  '',
  '/etc/passwd',
  '../x',
  'a/../b',
  'a//b',
  '.git/config',
  'a/.GIT/hooks/x',
  'git~1',
  '.g\u200cit/x',
  'a\0b',
]) {
  test(`a path that is none in a tree throws: ${JSON.stringify(path)}`, () =>
    withRepository(async (repository) => {
      let thrown: unknown;
      await storeOf(repository)
        .append(null, [commit('x', { [path]: '1' })])
        .catch((error: unknown) => {
          thrown = error;
        });
      assert.instance(thrown, RangeError);
    }));
}

test('git that is not there is a failure, not a hang', () =>
  withRepository(async ({ places, git }) => {
    const writer = new FastImport({ ...places, git: '/nonexistent/git' });
    const about = { message: 'm', author: ADA, committer: ADA, at: NOON };
    const large = await writer.commit(null, [
      { ...about, changes: [{ path: 'a', mode: '100644', content: () => Buffer.from('') }] },
    ]);
    assert.is(large.ok ? '' : large.failure.class, 'git-failed');
    const small = await writer.commit(git('rev-parse', 'HEAD') as CommitId, [{ ...about, changes: [] }]);
    assert.is(small.ok ? '' : small.failure.class, 'git-failed');
    await writer.close();
  }));

test('what is written in process is object for object what git writes', () =>
  withRepository(async ({ writer, git, reader }) => {
    // Small numbers that repeat: names meet as files, as folders, and as neighbours in git's order.
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * below);
    };
    const names = ['a', 'a.b', 'a-b', 'a0', 'b', 'ü', '-x', 'a b'];
    const pathOf = (): string =>
      Array.from({ length: 1 + random(3) }, () => names[random(names.length)] ?? 'a').join('/');
    const about = { message: 'subject\n\nbody', author: { name: 'Ünï <x>', email: 'a b@c' }, committer: ADA, at: NOON };
    let tip: CommitId | null = null;
    for (let round = 0; round < 60; round += 1) {
      const changes = new Map(
        Array.from(
          { length: 1 + random(4) },
          () => [pathOf(), random(3) === 0 ? null : `content ${String(random(5))}`] as const,
        ),
      );
      // As the port's callers do: no path of one commit is a folder of another.
      const clean = [...changes].filter(([path]) => ![...changes.keys()].some((other) => other.startsWith(`${path}/`)));
      const inMemory = clean.map(([path, content]) => ({
        path,
        mode: '100644',
        content: content === null ? null : Buffer.from(content),
      }));
      const throughGit = inMemory.map(({ content, ...rest }) => ({
        ...rest,
        content: content === null ? null : (): Buffer => content,
      }));
      const loose: CommitId = value(await writer.commit(tip, [{ ...about, changes: inMemory }]));
      const piped: CommitId = value(
        await writer.commit(tip, [
          {
            ...about,
            changes: [...throughGit, { path: 'z', mode: '100644', content: (): Buffer => Buffer.from('z') }],
          },
        ]),
      );
      const again: CommitId = value(
        await writer.commit(tip, [
          { ...about, changes: [...inMemory, { path: 'z', mode: '100644', content: Buffer.from('z') }] },
        ]),
      );
      assert.is(again, piped);
      tip = round % 2 === 0 ? loose : again;
    }
    assert.is(git('fsck', '--strict', '--no-dangling', tip ?? ''), '');
    assert.ok((await reader.files(tip as CommitId, [''])).length > 0);
  }));

test('objects are on disk before append answers', () =>
  withRepository(async (repository) => {
    const tip = value(await storeOf(repository).append(null, [commit('x', { a: '1' })]));
    assert.ok(readFileSync(join(repository.dir, '.git', 'objects', tip.slice(0, 2), tip.slice(2))).length > 0);
  }));

test('works in a sha256 repository', () =>
  withRepository(
    async (repository) => {
      const store = storeOf(repository);
      const tip = value(await store.append(null, [commit('x', { a: '1' })]));
      assert.is(tip.length, 64);
      assert.ok(value(await store.advance(null, tip)));
      assert.is(repository.git('show', 'refs/heads/ops:a'), '1');
    },
    { init: ['--object-format=sha256'] },
  ));

test.run();
