import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CatFile } from '../../../runner/adapters/git/object-reader.js';
import { openGit } from '../../../runner/adapters/git/open.js';
import { RefSession } from '../../../runner/adapters/git/ref-session.js';
import { GitRepository } from '../../../runner/adapters/git/repository.js';
import type { CommitId, TreeId } from '../../../runner/core/ids.js';
import { ADA, NOON, SEARCH_PATH, plantHook, value, withRepository } from '../../git-repository.js';

test('two commits differ in the paths in which git says that they do', () =>
  withRepository(async ({ repository, git, write, commit, dir }) => {
    const from = commit({
      'same/a': 'a',
      'file-to-folder': 'f',
      'folder-to-file/deep/b': 'b',
      'gone/c': 'c',
      'é"\n': 'd',
    });
    rmSync(join(dir, 'file-to-folder'));
    rmSync(join(dir, 'folder-to-file'), { recursive: true });
    rmSync(join(dir, 'gone'), { recursive: true });
    write('file-to-folder/deep/f', 'f');
    write('folder-to-file', 'b');
    write('é"\n', 'd', 0o755);
    const to = commit({ 'same/new': 'n' });
    const raw = git('diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', from, to).split('\0');
    const told = new Map<string, string | null>();
    for (let index = 0; index + 1 < raw.length; index += 2) {
      const [, mode = '', , id = '', status = ''] = (raw[index] ?? '').split(' ');
      told.set(raw[index + 1] ?? '', status === 'D' ? null : `${mode} ${id}`);
    }
    const found = value(await repository.differences(from, to));
    assert.equal([...found].sort(), [...told].sort());
    assert.is(found.size, 7);
    assert.is(value(await repository.differences(to, to)).size, 0);
    const missing = await repository.differences(from, '0123456789'.repeat(4) as CommitId);
    assert.is(missing.ok ? '' : missing.failure.class, 'git-failed');
  }));

test('names each change by its kind, with modes and lines', () =>
  withRepository(async ({ repository, git, gitWith, write, commit, dir }) => {
    const from = commit({
      changed: '1\n2\n3\n',
      gone: 'x\n',
      'to-link': 'a\n',
      script: '#!\n',
      both: 'a\n',
      binary: 'a\0b',
      '-dash': 'a\n',
      'n\nl': 'a\n',
    });
    write('changed', '1\nzwei\n3\n4\n');
    write('script', '#!\n', 0o755);
    write('both', 'b\n', 0o755);
    write('binary', 'a\0c');
    write('-dash', 'b\n');
    write('n\nl', 'b\n');
    git('rm', '--quiet', 'gone', 'to-link');
    gitWith(
      '',
      'update-index',
      '--add',
      '--cacheinfo',
      `120000,${gitWith('target', 'hash-object', '-w', '--stdin')},to-link`,
    );
    git('add', 'changed', 'script', 'both', 'binary', '--', '-dash', 'n\nl');
    git('commit', '--quiet', '-m', 'to');
    const to = git('rev-parse', 'HEAD') as CommitId;
    const changes = value(await repository.changes(from, to));
    const file = (
      path: string,
      kind: string,
      counts: readonly [number, number],
      modes = ['100644', '100644'],
      binary = false,
    ): object => ({ path, kind, oldMode: modes[0], newMode: modes[1], binary, added: counts[0], removed: counts[1] });
    assert.equal(
      [...changes].sort((a, b) => (a.path < b.path ? -1 : 1)),
      [
        file('-dash', 'modified', [1, 1]),
        file('binary', 'modified', [0, 0], undefined, true),
        file('both', 'modified', [1, 1], ['100644', '100755']),
        file('changed', 'modified', [2, 1]),
        file('gone', 'deleted', [0, 1], ['100644', '000000']),
        file('n\nl', 'modified', [1, 1]),
        file('script', 'mode', [0, 0], ['100644', '100755']),
        file('to-link', 'type', [1, 1], ['100644', '120000']),
      ],
    );
    assert.equal(value(await repository.changes(to, to)), []);
    assert.ok(existsSync(dir));
  }));

test('attributes and drivers of the tree or the project neither hide a change nor run', () =>
  withRepository(async ({ repository, commit, git, dir, write }) => {
    const mark = join(dir, '.git', 'ran');
    for (const key of [
      'diff.evil.textconv',
      'diff.evil.command',
      'diff.external',
      'filter.evil.clean',
      'filter.evil.smudge',
      'merge.evil.driver',
      'core.fsmonitor',
      'core.pager',
      'log.showSignature',
      'gpg.program',
    ]) {
      git('config', key, key === 'log.showSignature' ? 'true' : `touch '${mark}'; cat`);
    }
    write('.git/info/attributes', '* -diff diff=evil merge=evil\n');
    const from = commit({ hidden: 'a\n', '.gitattributes': '* -diff diff=evil merge=evil\nhidden binary\n' });
    const to = commit({ hidden: 'b\n' });
    git('reset', '--quiet', '--hard', from);
    const other = commit({ hidden: 'c\n' });
    // The commits above ran the clean filter; only what the adapters run counts.
    git('-c', 'core.fsmonitor=false', 'config', 'user.name', 'x');
    rmSync(mark, { force: true });
    assert.equal(
      value(await repository.changes(from, to)).map(({ path, binary, added, removed }) => ({
        path,
        binary,
        added,
        removed,
      })),
      [{ path: 'hidden', binary: false, added: 1, removed: 1 }],
    );
    assert.match(value(await repository.patch(from, to, 100_000)), /-a\n\+b\n/);
    const merged = await repository.mergeTrees(to, other);
    assert.is(merged.ok ? '' : merged.failure.class, 'merge-conflict');
    assert.ok((await repository.history('refs/heads/main', { limit: 5 })).length > 0);
    assert.not.ok(existsSync(mark));
  }));

test('a patch is whole, binary files too, and applies; a long one is cut and says so', () =>
  withRepository(async ({ repository, commit, git, gitWith }) => {
    const from = commit({ text: 'a\n', binary: 'a\0b' });
    const to = commit({ text: 'b\n', binary: 'a\0c', new: 'x\n'.repeat(100_000) });
    const patch = value(await repository.patch(from, to, 10_000_000));
    git('checkout', '--quiet', from);
    gitWith(patch, 'apply', '--index');
    assert.is(git('write-tree'), git('rev-parse', `${to}^{tree}`));
    const cut = value(await repository.patch(from, to, 1000));
    assert.ok(cut.length < 1100);
    assert.match(cut, /\[cut here: the diff is longer than 1000 bytes\]\n$/);
    assert.is(value(await repository.patch(from, from, 1000)), '');
  }));

test('commits are deterministic, whatever their author is called', () =>
  withRepository(async ({ repository, git }) => {
    const tree = git('rev-parse', 'HEAD^{tree}') as TreeId;
    const head = git('rev-parse', 'HEAD') as CommitId;
    const one = value(await repository.commitTree(tree, [head], '-m subject\n\nbody\n', ADA, NOON));
    assert.is(value(await repository.commitTree(tree, [head], '-m subject\n\nbody\n', ADA, NOON)), one);
    assert.is(await repository.commitMessage(one), '-m subject\n\nbody\n');
    assert.is(git('log', '-1', '--format=%an <%ae> %at %P', one), `Ada <ada@example.org> 1795176000 ${head}`);
    const odd = value(await repository.commitTree(tree, [], 'x\0y', { name: '\n<>', email: '' }, NOON));
    assert.is(git('log', '-1', '--format=%an|%ae', odd), 'unknown|');
    const failed = await repository.commitTree(
      '0123456789012345678901234567890123456789' as TreeId,
      [],
      'x',
      ADA,
      NOON,
    );
    assert.is(failed.ok ? '' : failed.failure.class, 'git-failed');
  }));

test('merges without a work tree, and names what conflicts', () =>
  withRepository(async ({ repository, commit, git }) => {
    const base = commit({ a: '1\n', b: '1\n', 'n\nl': '1\n' });
    const ours = commit({ a: 'ours\n', 'n\nl': 'ours\n' });
    git('checkout', '--quiet', '--detach', base);
    const theirs = commit({ b: 'theirs\n' });
    const tree = value(await repository.mergeTrees(ours, theirs));
    assert.is(git('show', `${tree}:a`), 'ours');
    assert.is(git('show', `${tree}:b`), 'theirs');
    git('checkout', '--quiet', '--detach', base);
    const against = commit({ a: 'against\n', 'n\nl': 'against\n' });
    assert.equal(await repository.mergeTrees(ours, against), {
      ok: false,
      failure: { class: 'merge-conflict', step: '', paths: ['a', 'n\nl'] },
    });
    const { conflicts, tree: marked } = value(await repository.autoMerge(ours, against));
    assert.equal(
      conflicts.map(({ path, kind, stages }) => [path, kind, stages.map(({ stage }) => stage).join('')]),
      [
        ['a', 'contents', '123'],
        ['n\nl', 'contents', '123'],
      ],
    );
    assert.is(git('show', `${marked}:a`), `<<<<<<< ${ours}\nours\n=======\nagainst\n>>>>>>> ${against}`);
    git('checkout', '--quiet', '--detach', base);
    git('rm', '--quiet', 'a');
    const without = commit({});
    assert.equal(
      value(await repository.autoMerge(ours, without)).conflicts.map(({ path, kind }) => [path, kind]),
      [['a', 'modify/delete']],
    );
    assert.is(await repository.mergeBase(ours, theirs), base);
    git('checkout', '--quiet', '--orphan', 'unrelated');
    assert.is(await repository.mergeBase(ours, commit({ other: 'x' })), null);
    assert.ok(await repository.isAncestor(base, ours));
    assert.not.ok(await repository.isAncestor(ours, theirs));
  }));

test('branches that are not merged yet, below one folder, with their subjects', () =>
  withRepository(async ({ repository, git, commit }) => {
    const base = git('rev-parse', 'HEAD') as CommitId;
    git('branch', 'pushpals/merged');
    git('branch', 'pushpalsother');
    git('switch', '--quiet', '--create', 'pushpals/open');
    const open = commit({ a: '1' });
    git('commit', '--quiet', '--amend', '--message', 'one\u202e line\n\nmore');
    git('tag', 'pushpals/tag');
    assert.equal(await repository.unmerged('refs/heads/pushpals/', base), [
      { ref: 'refs/heads/pushpals/open', subject: 'one\u202e line' },
    ]);
    assert.is((await repository.unmerged('refs/heads/pushpals/', open)).length, 1);
  }));

test('refs move by compare-and-swap, without hooks; odd names are refused or taken literally', () =>
  withRepository(async (opened) => {
    const { repository, git, commit } = opened;
    const one = git('rev-parse', 'HEAD') as CommitId;
    const two = commit({ a: '1' });
    const hook = plantHook(opened, 'reference-transaction');
    for (const ref of [
      'refs/heads/pushpals/x',
      'refs/heads/--upload-pack',
      'refs/pushpals/runs/r/s',
      'refs/heads/ünï',
    ]) {
      assert.is(value(await repository.moveRef(ref, two, one)), false, 'not there');
      assert.is(value(await repository.moveRef(ref, null, one)), true);
      assert.is(value(await repository.moveRef(ref, null, two)), false, 'there already');
      assert.is(value(await repository.moveRef(ref, two, one)), false, 'elsewhere');
      assert.is(value(await repository.moveRef(ref, one, two)), true);
      assert.is(await repository.resolve(ref), two);
      assert.is(value(await repository.moveRef(ref, one, null)), false);
      assert.is(value(await repository.moveRef(ref, two, null)), true);
      assert.is(await repository.resolve(ref), null);
    }
    for (const ref of [
      '--upload-pack',
      'HEAD',
      'main',
      'refs/heads/a b',
      'refs/heads/a\nb',
      'refs/heads/a\0b',
      'refs/heads/../x',
      'refs/heads/x.lock',
      'refs/heads/',
    ]) {
      const moved = await repository.moveRef(ref, null, one);
      assert.is(moved.ok ? '' : moved.failure.class, 'state-conflict', ref);
    }
    assert.not.ok(hook.ran());
    value(await repository.moveRef('refs/heads/a', null, one));
    const below = await repository.moveRef('refs/heads/a/b', null, one);
    assert.is(below.ok ? '' : below.failure.class, 'git-failed', 'a branch of a shorter name is in the way');
  }));

test('a lock that another process holds for a moment is waited for', () =>
  withRepository(async ({ repository, git, write, dir }) => {
    const one = git('rev-parse', 'HEAD') as CommitId;
    write('.git/refs/heads/x.lock', '');
    const unlock = setTimeout(() => {
      rmSync(join(dir, '.git/refs/heads/x.lock'));
    }, 150);
    assert.is(value(await repository.moveRef('refs/heads/x', null, one)), true);
    clearTimeout(unlock);
  }));

test('history is one branch’s, newest last, all or one order’s', () =>
  withRepository(async ({ repository, git }) => {
    for (const [order, event] of [
      ['a', 'accept'],
      ['b', 'accept'],
      ['a', 'claim'],
      ['ab', 'accept'],
    ]) {
      git(
        'commit',
        '--quiet',
        '--allow-empty',
        '-m',
        `order ${String(order)}\n\nPushPals-Order: ${String(order)}\nPushPals-Event: ${String(event)}`,
      );
    }
    git('tag', 'refs/heads/none');
    const all = await repository.history('refs/heads/main', { limit: 3 });
    assert.equal(
      all.map(({ order, event }) => `${order} ${event}`),
      ['b accept', 'a claim', 'ab accept'],
    );
    assert.equal(
      (await repository.history('refs/heads/main', { order: 'a', limit: 10 })).map(({ event }) => event),
      ['accept', 'claim'],
    );
    assert.equal(await repository.history('refs/heads/none', { limit: 3 }), []);
    assert.equal(await repository.history('--output=x', { limit: 3 }), []);
  }));

test('a shallow clone can be merged in', () =>
  withRepository(async ({ dir, commit, git }) => {
    commit({ a: '1\n' });
    commit({ a: '2\n' });
    const clone = join(dir, '..', 'shallow');
    git('clone', '--quiet', '--depth=1', `file://${dir}`, clone);
    const places = value(await openGit(clone, SEARCH_PATH));
    const reader = new CatFile(places);
    const shallow = new GitRepository(places, reader, new RefSession(places));
    const tip = (await shallow.resolve('refs/heads/main')) as CommitId;
    const tree = (await shallow.tree(tip)) as TreeId;
    const next = value(await shallow.commitTree(tree, [tip], 'next\n', ADA, NOON));
    assert.is(value(await shallow.mergeTrees(tip, next)), tree);
    assert.is((await shallow.history('refs/heads/main', { limit: 9 })).length, 1);
    assert.ok(await shallow.isAncestor(tip, next));
    reader.close();
  }));

test.run();
