import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FolderInbox } from '../../runner/adapters/inbox.js';
import { blobId } from '../../runner/adapters/workspace/files.js';
import { instant, type CommitId } from '../../runner/core/ids.js';
import { NOON, withRepository, type OpenRepository } from '../git-repository.js';

interface Rig extends OpenRepository {
  readonly inbox: FolderInbox;
  /** The `inbox/` folder of a work tree. */
  readonly folder: string;
  /** Drops a file that was last written to so many milliseconds before now. */
  readonly drop: (name: string, content: string, ageMs?: number) => void;
  /** Commits files below `inbox/`; the commit. */
  readonly committed: (files: Readonly<Record<string, string>>) => CommitId;
  readonly tip: CommitId;
  readonly slept: () => number;
}

const SETTLE = 300;

/** A clock that the test moves; sleeping moves it too, and `whileAsleep` happens meanwhile. */
const withInbox = (
  run: (rig: Rig) => Promise<void>,
  whileAsleep: (folder: string) => void = () => undefined,
): Promise<void> =>
  withRepository(async (opened) => {
    const worktree = join(opened.dir, 'ops');
    const folder = join(worktree, 'inbox');
    mkdirSync(folder, { recursive: true });
    let now = 2_000_000_000_000;
    let slept = 0;
    const sleep = (ms: number): Promise<void> => {
      slept += ms;
      now += ms;
      whileAsleep(folder);
      return Promise.resolve();
    };
    await run({
      ...opened,
      inbox: new FolderInbox(
        worktree,
        opened.places.stateDir,
        opened.reader,
        { now: () => NOON, sleep },
        () => now,
        SETTLE,
      ),
      folder,
      drop: (name, content, age = 1000) => {
        writeFileSync(join(folder, name), content);
        const at = (now - age) / 1000;
        utimesSync(join(folder, name), at, at);
      },
      committed: (files) =>
        opened.commit(Object.fromEntries(Object.entries(files).map(([name, content]) => [`inbox/${name}`, content]))),
      tip: opened.commit({}),
      slept: () => slept,
    });
  });

const paths = (entries: readonly { readonly path: string }[]): string[] => entries.map(({ path }) => path);
const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();

test('lists plain files, and nothing that an editor left', () =>
  withInbox(async ({ inbox, folder, drop, tip, slept }) => {
    for (const name of ['b.yml', 'a.md', 'new\nline.md', '-x.yml', 'ünï.md']) drop(name, name);
    for (const name of ['README.md', '.hidden', 'a.md~', 'a.swp', 'a.tmp', 'a.part', '#a#', 'a.yml.staged'])
      drop(name, name);
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub/x.yml'), 'x');
    const { settled, unsettled, refused } = await inbox.list(tip);
    assert.equal(paths(settled), ['inbox/-x.yml', 'inbox/a.md', 'inbox/b.yml', 'inbox/new\nline.md', 'inbox/ünï.md']);
    assert.equal(
      settled.map(({ bytes, committed }) => [text(bytes), committed]),
      [
        ['-x.yml', false],
        ['a.md', false],
        ['b.yml', false],
        ['new\nline.md', false],
        ['ünï.md', false],
      ],
    );
    assert.equal([unsettled, refused], [[], []]);
    assert.is(slept(), 0);
  }));

test('without a folder, or with a link in its place, there is nothing', () =>
  withInbox(async ({ inbox, folder, tip, dir }) => {
    rmSync(folder, { recursive: true });
    assert.equal(await inbox.list(tip), { settled: [], unsettled: [], refused: [] });
    symlinkSync(dir, folder);
    assert.equal(await inbox.list(tip), { settled: [], unsettled: [], refused: [] });
  }));

test('a file that was written just now is waited for, once', () =>
  withInbox(async ({ inbox, drop, tip, slept }) => {
    drop('young.yml', 'goal: x', 100);
    drop('younger.yml', 'goal: x', 50);
    assert.equal(paths((await inbox.list(tip)).settled), ['inbox/young.yml', 'inbox/younger.yml']);
    assert.is(slept(), 255);
  }));

test('one that is written to all the time is left for the next tick', () =>
  withInbox(
    async ({ inbox, drop, tip, slept }) => {
      drop('slow.yml', 'half', 100);
      drop('done.yml', 'whole');
      const { settled, unsettled } = await inbox.list(tip);
      assert.equal([paths(settled), paths(unsettled)], [['inbox/done.yml'], ['inbox/slow.yml']]);
      assert.ok(slept() <= SETTLE + 5);
      const [{ settlesInMs = 0 } = {}] = unsettled;
      assert.ok(settlesInMs > 0 && settlesInMs <= SETTLE, String(settlesInMs));
    },
    (folder) => {
      writeFileSync(join(folder, 'slow.yml'), 'half and more');
      const at = 2_000_000_000_000 / 1000 + 0.2;
      utimesSync(join(folder, 'slow.yml'), at, at);
    },
  ));

test('an empty file is somebody’s who is about to write it, for a minute', () =>
  withInbox(async ({ inbox, drop, tip }) => {
    drop('empty.yml', '', 59_000);
    drop('old.yml', '', 61_000);
    const { settled, unsettled } = await inbox.list(tip);
    assert.equal([paths(settled), paths(unsettled)], [['inbox/old.yml'], ['inbox/empty.yml']]);
    assert.is(unsettled[0]?.settlesInMs, 1000);
  }));

test('links, FIFOs and large files are refused, unread', () =>
  withInbox(async ({ inbox, folder, drop, tip }) => {
    symlinkSync('/etc/passwd', join(folder, 'link.yml'));
    execFileSync('mkfifo', [join(folder, 'fifo.yml')]);
    drop('large.yml', '');
    truncateSync(join(folder, 'large.yml'), 50_000_000_000);
    const { settled, refused } = await inbox.list(tip);
    assert.equal(settled, []);
    assert.equal(refused.map(({ path, why }) => `${path}: ${why}`).sort(), [
      'inbox/fifo.yml: it is not a plain file',
      'inbox/large.yml: it is larger than 1048576 bytes',
      'inbox/link.yml: it is not a plain file',
    ]);
    for (const { path } of refused) assert.ok(await inbox.remove(path, null));
    assert.equal(await inbox.list(tip), { settled: [], unsettled: [], refused: [] }, 'answered once');
  }));

test('a name that is not UTF-8 is said, not dropped in silence', () =>
  withInbox(async ({ inbox, folder, tip }) => {
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/x`), Buffer.from([0xff])]), '');
    assert.equal(paths((await inbox.list(tip)).unsettled), ['inbox/x\ufffd']);
  }));

test('what is committed counts beside what the folder has', () =>
  withInbox(async ({ inbox, drop, committed }) => {
    const tip = committed({
      'gone.yml': 'gone',
      'same.yml': 'same',
      'other.yml': 'tip',
      'README.md': 'x',
      'sub/deep.yml': 'x',
      '.x': 'x',
    });
    drop('same.yml', 'same', 10);
    drop('other.yml', 'mine');
    drop('new.yml', 'new');
    const { settled } = await inbox.list(tip);
    assert.equal(
      settled.map(({ path, bytes, committed: inTip }) => [path, text(bytes), inTip]),
      [
        ['inbox/gone.yml', 'gone', true],
        ['inbox/new.yml', 'new', false],
        ['inbox/other.yml', 'tip', true],
        ['inbox/other.yml', 'mine', false],
        ['inbox/same.yml', 'same', true],
      ],
    );
  }));

test('what is committed and what lies in the folder under its name are two, unless one is a copy of the other', () =>
  withInbox(async ({ inbox, folder, drop, committed }) => {
    const tip = committed({ 'crlf.yml': 'one\ntwo\n', 'link.yml': 'goal: x', 'young.yml': 'goal: y' });
    drop('crlf.yml', 'one\r\ntwo\r\n');
    rmSync(join(folder, 'link.yml'), { force: true });
    symlinkSync('/etc/passwd', join(folder, 'link.yml'));
    drop('young.yml', 'half', 10);
    const { settled, refused, unsettled } = await inbox.list(tip);
    assert.equal(
      settled.map(({ path, bytes, committed: inTip }) => [path, text(bytes), inTip]),
      [
        ['inbox/crlf.yml', 'one\r\ntwo\r\n', true],
        ['inbox/link.yml', 'goal: x', true],
        ['inbox/young.yml', 'goal: y', true],
      ],
    );
    assert.equal(
      refused.map(({ path, committed: inTip }) => [path, inTip]),
      [['inbox/link.yml', false]],
    );
    assert.equal(paths(unsettled), ['inbox/young.yml']);
  }));

test('a young copy that differs from what is committed is waited for; one that is the same is not', () =>
  withInbox(async ({ inbox, drop, committed, slept }) => {
    const tip = committed({ 'same.yml': 'same', 'other.yml': 'tip' });
    drop('same.yml', 'same', 10);
    drop('other.yml', 'half', 10);
    const { settled, unsettled } = await inbox.list(tip);
    const texts = settled.map(({ bytes }) => text(bytes));
    assert.equal([texts, paths(unsettled), slept()], [['tip', 'same'], ['inbox/other.yml'], 0]);
  }));

test('committed links, submodules and large files are refused', () =>
  withInbox(async ({ inbox, git, gitWith, tip }) => {
    const blob = gitWith('/etc/passwd', 'hash-object', '-w', '--stdin');
    const large = gitWith(Buffer.alloc(2_000_000), 'hash-object', '-w', '--stdin');
    git(
      'update-index',
      '--add',
      '--cacheinfo',
      `120000,${blob},inbox/l.yml`,
      '--cacheinfo',
      `160000,${tip},inbox/s`,
      '--cacheinfo',
      `100644,${large},inbox/x.yml`,
    );
    git('commit', '--quiet', '-m', 'x');
    const { settled, refused } = await inbox.list(git('rev-parse', 'HEAD') as CommitId);
    assert.equal([settled, paths(refused)], [[], ['inbox/l.yml', 'inbox/s', 'inbox/x.yml']]);
    assert.ok(refused.every(({ committed }) => committed));
  }));

test('says since when a file lies there, and nothing of one that is only committed', () =>
  withInbox(async ({ inbox, folder, drop, committed }) => {
    const tip = committed({ 'b.yml': 'goal: y' });
    rmSync(join(folder, 'b.yml'), { force: true });
    drop('a.yml', 'goal: x');
    const { settled } = await inbox.list(tip);
    const changedMs = statSync(join(folder, 'a.yml')).ctimeMs;
    assert.equal(
      settled.map(({ path, since }) => [path, since]),
      [
        ['inbox/a.yml', instant(changedMs)],
        ['inbox/b.yml', undefined],
      ],
    );
  }));

test('removes a file whose bytes are the ones that were read', () =>
  withInbox(async ({ inbox, folder, drop, places }) => {
    drop('a.yml', 'goal: x');
    assert.is(await inbox.remove('inbox/a.yml', Buffer.from('goal: x')), true);
    assert.not.ok(existsSync(join(folder, 'a.yml')));
    assert.equal(readdirSync(join(places.stateDir, 'ingested')), []);
    assert.is(await inbox.remove('inbox/a.yml', Buffer.from('goal: x')), true, 'gone already');
  }));

test('a file that was changed meanwhile stays as it is', () =>
  withInbox(async ({ inbox, folder, drop, places }) => {
    drop('a.yml', 'goal: y');
    assert.is(await inbox.remove('inbox/a.yml', Buffer.from('goal: x')), false);
    assert.is(readFileSync(join(folder, 'a.yml'), 'utf8'), 'goal: y');
    assert.equal(readdirSync(join(places.stateDir, 'ingested')), []);
  }));

test('what a runner that died had moved aside comes back, beside a newer file of its name', () =>
  withInbox(async ({ inbox, folder, drop, places, tip }) => {
    const ingested = join(places.stateDir, 'ingested');
    mkdirSync(ingested);
    // The test's clock stands far in the future of these files' times.
    writeFileSync(join(ingested, '01234567-89ab-cdef-0123-456789abcdef-a.yml'), 'old');
    writeFileSync(join(ingested, '11234567-89ab-cdef-0123-456789abcdef-b.yml'), 'b');
    drop('a.yml', 'newer');
    const { settled } = await inbox.list(tip);
    assert.equal(
      settled.map(({ path, bytes }) => [path, text(bytes)]),
      [
        ['inbox/a-2.yml', 'old'],
        ['inbox/a.yml', 'newer'],
        ['inbox/b.yml', 'b'],
      ],
    );
    assert.equal(readdirSync(ingested), []);
    assert.ok(existsSync(join(folder, 'a-2.yml')));
  }));

test('what a runner had taken in before it died does not come back, and a newer text of it does', () =>
  withInbox(async ({ inbox, places, tip }) => {
    const ingested = join(places.stateDir, 'ingested');
    mkdirSync(ingested);
    const taken = blobId(Buffer.from('goal: x'), 'sha1');
    writeFileSync(join(ingested, `01234567-89ab-cdef-0123-456789abcdef-${taken}-a.yml`), 'goal: x');
    writeFileSync(join(ingested, `11234567-89ab-cdef-0123-456789abcdef-${taken}-b.yml`), 'goal: y');
    const { settled } = await inbox.list(tip);
    assert.equal(
      settled.map(({ path, bytes }) => [path, text(bytes)]),
      [['inbox/b.yml', 'goal: y']],
    );
    assert.equal(readdirSync(ingested), []);
  }));

test.run();
