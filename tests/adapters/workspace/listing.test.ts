import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { LocalCaches } from '../../../runner/adapters/caches.js';
import { listFolder, placeIn } from '../../../runner/adapters/workspace/listing.js';
import { emptyFolder, removeListed } from '../../../runner/adapters/workspace/remove-tree.js';
import { PooledWorkspaces } from '../../../runner/adapters/workspace/workspaces.js';
import type { Owner } from '../../../runner/app/ports/workspaces.js';
import type { RunId } from '../../../runner/core/ids.js';
import { ADA, NOON, value, withRepository } from '../../git-repository.js';
import { thrownBy } from '../../thrown.js';

const SELF: Owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const ODD = Buffer.from('odd\xff.log', 'latin1');
/** The name that Node shows it under. */
const SHOWN = 'odd\ufffd.log';
const RUN = 'order-1' as RunId;
const LIMITS = { maxFileBytes: 1_000_000, maxFiles: 1000, maxTotalBytes: 10_000_000 };

/** A folder of that name with a file in it. */
function leave(folder: string): void {
  mkdirSync(placeIn(folder, ODD));
  writeFileSync(Buffer.concat([placeIn(folder, ODD), Buffer.from('/run')]), 'x');
}

const namesOf = (folder: string): readonly string[] =>
  readdirSync(folder, { encoding: 'buffer' })
    .map((name) => name.toString('latin1'))
    .sort();

function inFolder(use: (dir: string) => void): void {
  const dir = mkdtempSync(join(tmpdir(), 'pushpals-listing-'));
  try {
    use(dir);
  } finally {
    execFileSync('rm', ['-rf', '--', dir]);
  }
}

test('names that are no text are listed apart, also from one that looks the same', () => {
  inFolder((dir) => {
    leave(dir);
    writeFileSync(join(dir, SHOWN), '');
    mkdirSync(join(dir, 'plain'));
    const { entries, nameless } = listFolder(dir);
    assert.equal(
      entries.map((entry) => [entry.name, entry.isDirectory(), entry.isFile(), entry.isSymbolicLink()]).sort(),
      [
        [SHOWN, false, true, false],
        ['plain', true, false, false],
      ],
    );
    assert.equal(
      nameless.map((entry) => [entry.name, entry.isDirectory()]),
      [[ODD, true]],
    );
  });
});

test('a folder is emptied whatever its entries are called, and what is not where it was listed is told', () => {
  inFolder((dir) => {
    leave(dir);
    assert.is(
      thrownBy(() => {
        removeListed(join(dir, SHOWN));
      })?.code,
      'ENOENT',
    );
    writeFileSync(join(dir, SHOWN), '');
    emptyFolder(dir);
    assert.equal(namesOf(dir), []);
  });
});

test('a work tree and its git directory are made as new from under such names, ignored or not', () =>
  withRepository(async ({ commit, places, reader, writer, refs }) => {
    const base = commit({ 'a.txt': 'a\n', '.gitignore': '*.log\n' });
    const workspaces = new PooledWorkspaces(places, reader, writer, refs, 'docker', () => Date.now(), SELF);
    const fresh = value(await workspaces.acquire(RUN, base, SELF));
    const [tree, git] = [namesOf(fresh.dir), namesOf(fresh.gitDir)];
    let workspace = fresh;
    for (const again of ['renew', 'move', 'renew'] as const) {
      leave(workspace.dir);
      leave(workspace.gitDir);
      symlinkSync('x', placeIn(workspace.dir, Buffer.from('link\xff', 'latin1')));
      workspace = value(await workspaces[again](workspace, base, SELF));
      assert.equal(namesOf(workspace.dir), tree, again);
      assert.equal(namesOf(workspace.gitDir), git, again);
    }
    leave(workspace.dir);
    leave(workspace.gitDir);
    const copied = value(await workspaces.copy(RUN, workspace, SELF));
    assert.equal(namesOf(copied.dir), tree);
    await workspaces.release(copied);
    await workspaces.release(workspace);
    for (let taken = 0; taken < 2; taken += 1) {
      const { dir, gitDir } = value(await workspaces.acquire(RUN, base, SELF));
      assert.equal(namesOf(dir), tree);
      assert.equal(namesOf(gitDir), git);
    }
  }));

test('a snapshot refuses such names, and a search does not call what has them looked through', () =>
  withRepository(async ({ commit, places, reader, writer, refs }) => {
    const base = commit({ 'a.txt': 'a\n', '.gitignore': '*.log\n' });
    const workspaces = new PooledWorkspaces(places, reader, writer, refs, 'docker', () => Date.now(), SELF);
    const workspace = value(await workspaces.acquire(RUN, base, SELF));
    const take = {
      step: 's',
      parents: [base],
      message: 'a step\n',
      author: ADA,
      at: NOON,
      ref: 'refs/pushpals/runs/order-1/s',
      limits: LIMITS,
    };
    const search = (): ReturnType<typeof workspaces.search> =>
      workspaces.search(workspace, () => () => null, { maxFiles: 100, maxBytes: 1000 });
    assert.equal(await search(), { found: [], whole: true });
    leave(workspace.dir);
    assert.equal(await search(), { found: [], whole: false });
    assert.is(value(await workspaces.snapshot(workspace, take)).taken.leftIgnored, true);
    symlinkSync('x', placeIn(workspace.dir, Buffer.from('link\xff', 'latin1')));
    const refused = await workspaces.snapshot(workspace, take);
    assert.equal(refused.ok || refused.failure, {
      class: 'scope-violation',
      step: 's',
      entries: [{ path: 'link\ufffd', why: 'its name is not valid UTF-8' }],
    });
  }));

test('a cache with such a name is not kept: a copy would not be whole', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pushpals-listing-'));
  try {
    mkdirSync(join(dir, 'place', 'deep'), { recursive: true });
    leave(join(dir, 'place', 'deep'));
    const caches = new LocalCaches(dir, () => Date.now());
    assert.match((await caches.keep('a', join(dir, 'place'), SELF, 1024)) ?? '', 'not valid UTF-8');
    assert.is(await caches.show('a', join(dir, 'shown'), SELF), false);
  } finally {
    execFileSync('rm', ['-rf', '--', dir]);
  }
});

test.run();
