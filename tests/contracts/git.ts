import * as assert from 'uvu/assert';
import type { OpsCommit, OpsStore } from '../../runner/app/ports/ops.js';
import type { Repository } from '../../runner/app/ports/repository.js';
import { later, type CommitId } from '../../runner/core/ids.js';
import { RUNNER } from '../../runner/app/tools.js';
import { ADA, NOON, value } from '../git-repository.js';

/** A repository without a commit of ours, and its ops branch. */
export interface GitPorts {
  readonly repository: Repository;
  readonly ops: OpsStore;
}

type Register = (name: string, run: () => Promise<void>) => void;

const commit = (subject: string, files: Readonly<Record<string, string | null>>): OpsCommit => ({
  subject,
  trailers: [['PushPals-Order', 'x']],
  author: ADA,
  at: NOON,
  files: Object.entries(files).map(([path, content]) => ({ path, content })),
});

/** What every git must hold, on disk or in memory: `app/` knows no other. */
export function gitContract(
  name: string,
  withPorts: (run: (ports: GitPorts) => Promise<void>) => Promise<void>,
  register: Register,
): void {
  const test = (what: string, run: (ports: GitPorts & { make: Make }) => Promise<void>): void => {
    register(`${name}: ${what}`, () =>
      withPorts((ports) =>
        run({ ...ports, make: async (parent, files) => value(await ports.ops.append(parent, [commit('c', files)])) }),
      ),
    );
  };

  test('a chain of commits has git’s own ids, and no ref moves for it', async ({ ops, repository }) => {
    assert.is(await ops.tip(), null);
    const chain = [
      commit('first', { 'queue/a.yml': 'a\n', 'queue-b': 'b', 'queue/-c': 'c' }),
      { ...commit('second\u0007\n line', { 'queue/a.yml': null, 'active/a.yml': 'a2\n' }), body: 'why \t\n\nso  ' },
    ];
    const tip = value(await ops.append(null, chain));
    assert.is(tip, '066c35a517874a210b6b555e260df9b5881e96b0');
    assert.is(await ops.tip(), null);
    assert.is(await repository.commitMessage(tip), 'second  line\n\nwhy\n\nso\n\nPushPals-Order: x\n');
    assert.is(await repository.committedAt(tip), NOON);
    assert.is(await repository.committer(tip), RUNNER.email);
    const [first, ...others] = await repository.parents(tip);
    assert.equal([others, first === undefined ? null : await repository.parents(first)], [[], []]);
    assert.equal((await repository.files(tip, [''])).map(({ path }) => path).sort(), [
      'active/a.yml',
      'queue-b',
      'queue/-c',
    ]);
  });

  test('the ops ref moves by compare-and-swap', async ({ ops, make }) => {
    const one = await make(null, { a: '1' });
    const [two, three] = [await make(one, { a: '2' }), await make(one, { a: '3' })];
    assert.is(value(await ops.advance(one, two)), false);
    assert.is(value(await ops.advance(null, one)), true);
    assert.is(value(await ops.advance(null, two)), false);
    assert.is(value(await ops.advance(one, two)), true);
    assert.is(value(await ops.advance(one, three)), false);
    assert.is(await ops.tip(), two);
  });

  test('any ref moves by compare-and-swap, is made and is taken away', async ({ repository, make }) => {
    const [one, two] = [await make(null, { a: '1' }), await make(null, { a: '2' })];
    const ref = 'refs/pushpals/runs/x-1/step';
    assert.is(await repository.resolve(ref), null);
    assert.is(value(await repository.moveRef(ref, one, two)), false);
    assert.is(value(await repository.moveRef(ref, null, one)), true);
    assert.is(value(await repository.moveRef(ref, null, two)), false);
    assert.is(value(await repository.moveRef(ref, two, null)), false);
    assert.is(await repository.resolve(ref), one);
    assert.is(value(await repository.moveRef(ref, one, two)), true);
    assert.is(value(await repository.moveRef(ref, two, null)), true);
    assert.is(await repository.resolve(ref), null);
  });

  test('a ref that is the folder of another cannot be made', async ({ repository, make }) => {
    const one = await make(null, { a: '1' });
    assert.ok(value(await repository.moveRef('refs/heads/vault/x', null, one)));
    const made = await repository.moveRef('refs/heads/vault', null, one);
    assert.is(made.ok ? 'made' : made.failure.class, 'git-failed');
    const below = await repository.moveRef('refs/heads/vault/x/y', null, one);
    assert.is(below.ok ? 'made' : below.failure.class, 'git-failed');
  });

  test('a branch stands one commit above the commit that names it, and is no part of the chain', async ({
    ops,
    repository,
  }) => {
    const ref = 'refs/heads/vault/x';
    const above = commit('above', { p: null, q: 'p' });
    const tip = value(
      await ops.append(null, [
        { ...commit('asks', { p: 'p' }), branch: { ref, commit: above } },
        commit('goes on', { r: 'r' }),
      ]),
    );
    const proposed = await repository.resolve(ref);
    assert.ok(proposed !== null);
    assert.equal(
      (await repository.files(proposed, [''])).map(({ path }) => path),
      ['q'],
    );
    assert.equal(
      (await repository.files(tip, [''])).map(({ path }) => path),
      ['p', 'r'],
    );
    assert.not.ok(await repository.isAncestor(proposed, tip));
  });

  test('a file takes the place of a folder, and folders that are empty go', async ({ repository, make }) => {
    const one = await make(null, { 'a/b/c': '1', 'a/b/d': '2', e: '3' });
    const two = await make(one, { 'a/b/c': null, 'a/b/d': null, a: 'file', e: null, 'e/f': 'folder' });
    assert.equal((await repository.files(two, [''])).map(({ path }) => path).sort(), ['a', 'e/f']);
    assert.is(await repository.tree(two, 'a'), null);
    const three = await make(one, { 'a/b/c': null, 'a/b/d': null, 'none/there': null });
    assert.equal(
      (await repository.files(three, [''])).map(({ path }) => path),
      ['e'],
    );
  });

  test('files are found below folders, by themselves, and not where there are none', async ({ repository, make }) => {
    const one = await make(null, { 'queue/a.yml': 'a', 'queue/b.yml': 'b', 'queue.yml': 'c', 'x/y/z': 'd' });
    const found = await repository.files(one, ['queue', 'none', 'x', 'queue.yml', 'x/y/z', 'queue/a.yml/no']);
    assert.equal(
      found.map(({ path }) => path),
      ['queue/a.yml', 'queue/b.yml', 'x/y/z', 'queue.yml', 'x/y/z'],
    );
    assert.equal([...new Set(found.map(({ mode }) => mode))], ['100644']);
    const blobs = await repository.blobs(found.map(({ blob }) => blob));
    assert.equal(
      found.map(({ blob }) => Buffer.from(blobs.get(blob) ?? '').toString()),
      ['a', 'b', 'd', 'c', 'd'],
    );
    const [first] = found;
    assert.ok(first !== undefined);
    assert.is((await repository.blobs([first.blob], 0)).get(first.blob), null);
    assert.is(await repository.tree(one), await repository.tree(one, ''));
    assert.ok((await repository.tree(one, 'x/y')) !== null);
  });

  test('what differs between two commits, with its lines', async ({ repository, make }) => {
    const one = await make(null, { same: 's', changed: '1\n2\n3\n', gone: 'x\n', 'a/binary': 'a\0b' });
    const two = await make(one, { changed: '1\nzwei\n3\n4\n', gone: null, 'a/binary': 'a\0c', 'new/file': 'n\nm' });
    const changes = value(await repository.changes(one, two));
    const file = (path: string, kind: string, added: number, removed: number, more: object = {}): object => ({
      ...{ path, kind, oldMode: '100644', newMode: '100644', binary: false, added, removed },
      ...more,
    });
    assert.equal(
      [...changes].sort((a, b) => (a.path < b.path ? -1 : 1)),
      [
        file('a/binary', 'modified', 0, 0, { binary: true }),
        file('changed', 'modified', 2, 1),
        file('gone', 'deleted', 0, 1, { newMode: '000000' }),
        file('new/file', 'added', 2, 0, { oldMode: '000000' }),
      ],
    );
    assert.equal(value(await repository.changes(two, two)), []);
    const paths = value(await repository.differences(one, two));
    assert.equal(
      [...paths].map(([path, entry]) => `${path} ${String(entry === null)}`).sort(),
      [...changes].map(({ path, kind }) => `${path} ${String(kind === 'deleted')}`).sort(),
    );
    const trees = [await repository.tree(one), await repository.tree(two)] as const;
    const there = await repository.files(two, [...paths.keys()]);
    assert.equal(
      new Map([...paths].filter(([, entry]) => entry !== null)),
      new Map(there.map(({ path, mode, blob }) => [path, `${mode} ${blob}`])),
    );
    assert.equal(value(await repository.differences(trees[0] ?? one, trees[1] ?? two)), paths);
    assert.is(value(await repository.patch(two, two, 100)), '');
    assert.match(value(await repository.patch(one, two, 10_000)), /-2\n[^]*\+zwei\n/);
    assert.match(value(await repository.patch(one, two, 20)), /\n\[cut here: the diff is longer than 20 bytes\]\n$/);
  });

  test('a commit of a tree is the same for the same arguments', async ({ repository, make }) => {
    const [one, two] = [await make(null, { a: '1' }), await make(null, { b: '2' })];
    const tree = await repository.tree(one);
    assert.ok(tree !== null);
    const made = value(await repository.commitTree(tree, [two, one], 'm\n', ADA, NOON));
    assert.is(value(await repository.commitTree(tree, [two, one], 'm\n', ADA, NOON)), made);
    assert.is(await repository.tree(made), tree);
    assert.ok((await repository.isAncestor(one, made)) && (await repository.isAncestor(two, made)));
  });

  test('who goes back to whom', async ({ repository, make }) => {
    const root = await make(null, { a: '1' });
    const [left, right] = [await make(root, { b: '1' }), await make(root, { c: '1' })];
    const alone = await make(null, { d: '1' });
    assert.ok(await repository.isAncestor(root, left));
    assert.ok(await repository.isAncestor(left, left));
    assert.not.ok(await repository.isAncestor(left, root));
    assert.not.ok(await repository.isAncestor(left, right));
    assert.not.ok(await repository.isAncestor('1'.repeat(40) as CommitId, left));
    assert.is(await repository.mergeBase(left, right), root);
    assert.is(await repository.mergeBase(left, alone), null);
  });

  test('which commit a line comes from', async ({ repository, make }) => {
    const root = await make(null, { a: 'one\n' });
    const two = await make(root, { a: 'one\ntwo\n' });
    const three = await make(two, { a: 'zero\none\ntwo\n', b: 'x\n' });
    assert.is(await repository.lineOrigin(root, three, 'a', 3), two);
    assert.is(await repository.lineOrigin(root, three, 'a', 1), three);
    assert.is(await repository.lineOrigin(root, three, 'a', 2), null, 'it is older');
    assert.is(await repository.lineOrigin(root, three, 'a', 9), null);
    assert.is(await repository.lineOrigin(root, three, ':(top)a', 1), null);
    assert.is(await repository.lineOrigin(root, three, '-x', 1), null);
  });

  test('where a branch was at a time', async ({ repository, make }) => {
    const root = await make(null, { a: '1' });
    const tree = await repository.tree(root);
    assert.ok(tree !== null);
    const side = value(await repository.commitTree(tree, [root], 's\n', ADA, later(NOON, 1_000)));
    const tip = value(await repository.commitTree(tree, [root, side], 'm\n', ADA, later(NOON, 60_000)));
    assert.is(await repository.tipAt(tip, later(NOON, -1_000)), null);
    assert.is(await repository.tipAt(tip, later(NOON, 30_000)), root, 'not what was merged in later');
    assert.is(await repository.tipAt(tip, later(NOON, 60_000)), tip);
  });

  test('sides that changed different files merge, and name what clashes', async ({ repository, make }) => {
    const root = await make(null, { both: 'b\n', left: 'l\n', right: 'r\n', gone: 'g\n' });
    const ours = await make(root, { left: 'L\n', 'new/left': 'n\n' });
    const theirs = await make(root, { right: 'R\n', gone: null });
    const tree = value(await repository.mergeTrees(ours, theirs));
    const merged = value(await repository.commitTree(tree, [ours, theirs], 'merge\n', ADA, NOON));
    const files = await repository.files(merged, ['']);
    assert.equal(files.map(({ path }) => path).sort(), ['both', 'left', 'new/left', 'right']);
    const other = await make(root, { both: 'other\n', left: null });
    const clash = await repository.mergeTrees(await make(ours, { both: 'mine\n' }), other);
    assert.is(clash.ok ? null : clash.failure.class, 'merge-conflict');
    const marked = value(await repository.autoMerge(await make(ours, { both: 'mine\n' }), other));
    assert.equal(
      marked.conflicts.map(({ path, kind, stages }) => [path, kind, stages.map(({ stage }) => stage)]),
      [
        ['both', 'contents', ['1', '2', '3']],
        ['left', 'modify/delete', ['1', '2']],
      ],
    );
    const missing = await repository.mergeTrees('1'.repeat(40) as CommitId, other);
    assert.is(missing.ok ? null : missing.failure.class, 'git-failed');
  });

  test('branches that are not merged, and the story of one', async ({ repository, ops, make }) => {
    const root = await make(null, { a: '1' });
    const next = value(
      await ops.append(root, [
        {
          ...commit('two', { b: '2' }),
          trailers: [
            ['PushPals-Order', 'y'],
            ['PushPals-Event', 'claim'],
          ],
        },
      ]),
    );
    value(await repository.moveRef('refs/heads/pushpals/a', null, next));
    value(await repository.moveRef('refs/heads/pushpals/b', null, root));
    assert.equal(await repository.unmerged('refs/heads/pushpals/', root), [
      { ref: 'refs/heads/pushpals/a', subject: 'two' },
    ]);
    const story = await repository.history('refs/heads/pushpals/a', { limit: 5 });
    assert.equal(
      story.map(({ commit: id, subject, order, event }) => [id, subject, order, event]),
      [
        [root, 'c', 'x', ''],
        [next, 'two', 'y', 'claim'],
      ],
    );
    assert.equal(
      (await repository.history('refs/heads/pushpals/a', { order: 'y', limit: 5 })).map(({ commit: id }) => id),
      [next],
    );
    assert.equal(await repository.history('refs/heads/none', { limit: 5 }), []);
  });
}

type Make = (parent: CommitId | null, files: Readonly<Record<string, string | null>>) => Promise<CommitId>;
