import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { PooledWorkspaces } from '../../../runner/adapters/workspace/workspaces.js';
import type { Owner, SnapshotTaken, Workspace } from '../../../runner/app/ports/workspaces.js';
import type { Result } from '../../../runner/core/failure.js';
import type { CommitId, RunId } from '../../../runner/core/ids.js';
import { ADA, GIT_ENV, NOON, value, withRepository, type OpenRepository } from '../../git-repository.js';

const SELF: Owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const RUN = 'order-1' as RunId;
const LIMITS = { maxFileBytes: 1_000_000, maxFiles: 1000, maxTotalBytes: 10_000_000 };
const FILES = {
  'a.txt': 'a\n',
  'dir/b.txt': 'b\n',
  'dir/deep/c.txt': 'c\n',
  'run.sh': '#!/bin/sh\n',
  '.gitignore': 'out/\n*.log\n',
};

interface Rig extends OpenRepository {
  readonly base: CommitId;
  readonly workspaces: PooledWorkspaces;
  /** Another instance, as in another process. */
  readonly another: (mounted?: boolean) => PooledWorkspaces;
  readonly snapshot: (
    workspace: Workspace,
    more?: Partial<Parameters<PooledWorkspaces['snapshot']>[1]>,
    by?: PooledWorkspaces,
  ) => Promise<Result<{ workspace: Workspace; taken: SnapshotTaken }>>;
  readonly files: (commit: string) => string[];
}

const withRig = (run: (rig: Rig) => Promise<void>): Promise<void> =>
  withRepository(async (opened) => {
    opened.git('rm', '--quiet', 'README.md');
    opened.write('run.sh', '', 0o755);
    symlinkSync('dir/b.txt', join(opened.dir, 'link'));
    opened.commit(FILES);
    chmodSync(join(opened.dir, 'run.sh'), 0o755);
    const base = opened.commit({});
    const another = (mounted = true): PooledWorkspaces =>
      new PooledWorkspaces(
        opened.places,
        opened.reader,
        opened.writer,
        opened.refs,
        mounted ? 'docker' : 'host',
        () => Date.now(),
        SELF,
      );
    const workspaces = another();
    await run({
      ...opened,
      base,
      workspaces,
      another,
      snapshot: (workspace, more, by = workspaces) =>
        by.snapshot(workspace, {
          step: 's',
          parents: [workspace.at],
          message: 'a step\n',
          author: ADA,
          at: NOON,
          ref: 'refs/pushpals/runs/order-1/s',
          limits: LIMITS,
          ...more,
        }),
      files: (commit) => opened.git('ls-tree', '-r', '-z', '--name-only', commit).split('\0').filter(Boolean),
    });
  });

/** Everything below a folder: type, mode and contents. */
function listing(dir: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((path) => {
        const stat = lstatSync(join(dir, path));
        const mode = (stat.mode & 0o7777).toString(8);
        return [
          path,
          stat.isSymbolicLink()
            ? `-> ${readlinkSync(join(dir, path))}`
            : stat.isDirectory()
              ? `dir ${mode}`
              : `${mode} ${readFileSync(join(dir, path), 'utf8')}`,
        ];
      }),
  );
}

const CLEAN = {
  '.git': '644 gitdir: /git\n',
  '.gitignore': '644 out/\n*.log\n',
  'a.txt': '644 a\n',
  dir: 'dir 755',
  'dir/b.txt': '644 b\n',
  'dir/deep': 'dir 755',
  'dir/deep/c.txt': '644 c\n',
  link: '-> dir/b.txt',
  'run.sh': '755 #!/bin/sh\n',
};

/** What a hostile or careless step may leave behind. */
function trash(dir: string): void {
  writeFileSync(join(dir, 'a.txt'), 'changed\n');
  chmodSync(join(dir, 'run.sh'), 0o4777);
  rmSync(join(dir, 'dir/deep'), { recursive: true });
  symlinkSync('/etc', join(dir, 'dir/deep'));
  mkdirSync(join(dir, 'out/.git'), { recursive: true });
  writeFileSync(join(dir, 'out/file'), 'ignored\n');
  writeFileSync(join(dir, 'new'), 'new\n');
  execFileSync('mkfifo', [join(dir, 'fifo')]);
  rmSync(join(dir, 'link'));
  mkdirSync(join(dir, 'link'));
  writeFileSync(join(dir, 'link/inside'), '');
  rmSync(join(dir, '.git'));
  mkdirSync(join(dir, '.git'));
  writeFileSync(join(dir, '.git/config'), '[core]\n\tfsmonitor = touch /tmp/ran\n');
}

test('a tree holds exactly the commit, and its private git agrees', () =>
  withRig(async ({ another, base, git }) => {
    const workspace = value(await another(false).acquire(RUN, base, SELF));
    assert.equal(listing(workspace.dir), { ...CLEAN, '.git': `644 gitdir: ${workspace.gitDir}\n` });
    const inside = (...args: string[]): string =>
      execFileSync('git', args, { cwd: workspace.dir, env: GIT_ENV }).toString().trim();
    assert.is(inside('status', '--porcelain'), '');
    assert.is(inside('rev-parse', 'HEAD'), base);
    assert.is(inside('log', '-1', '--format=%s'), 'change');
    writeFileSync(join(workspace.dir, 'a.txt'), 'x');
    inside('commit', '-qam', 'inside');
    assert.is(git('rev-parse', 'refs/heads/main'), base, 'what is committed inside stays there');
    assert.not.equal(
      spawnSync('git', ['cat-file', '-e', inside('rev-parse', 'HEAD')], {
        cwd: join(workspace.dir, '../../../../../../'),
        env: GIT_ENV,
      }).status,
      0,
    );
  }));

test('with a mounted git directory, the paths are the sandbox’s', () =>
  withRig(async ({ workspaces, base, places }) => {
    const workspace = value(await workspaces.acquire(RUN, base, SELF));
    assert.equal(listing(workspace.dir), CLEAN);
    assert.is(readFileSync(join(workspace.gitDir, 'objects/info/alternates'), 'utf8'), '/objects/0\n');
    assert.equal(workspace.objectDirs, places.objectDirs);
  }));

test('attributes of the tree have no force: bytes are as committed', () =>
  withRig(async ({ workspaces, git, gitWith, commit, dir }) => {
    const mark = join(dir, '.git', 'ran');
    git('config', 'filter.evil.smudge', `touch '${mark}'; cat`);
    git('config', 'core.autocrlf', 'true');
    const blob = gitWith('$Id$ one\r\ntwo\n', 'hash-object', '-w', '--stdin', '--no-filters');
    commit({ '.gitattributes': '* text eol=crlf ident filter=evil\n' });
    git('update-index', '--add', '--cacheinfo', `100644,${blob},text`);
    git('commit', '--quiet', '-m', 'text');
    rmSync(mark, { force: true });
    const workspace = value(await workspaces.acquire(RUN, git('rev-parse', 'HEAD') as CommitId, SELF));
    assert.is(readFileSync(join(workspace.dir, 'text'), 'utf8'), '$Id$ one\r\ntwo\n');
    assert.not.ok(existsSync(mark));
  }));

test('a released tree is taken again, whatever was left in it, and moved to another commit', () =>
  withRig(async ({ workspaces, another, base, commit, places, git, dir }) => {
    rmSync(join(dir, 'dir/deep/c.txt'));
    const next = commit({ 'a.txt': 'a2\n', 'dir/deep/c.txt/now/a/folder': 'x\n', 'new/er/file': 'new\n' });
    const first = value(await workspaces.acquire(RUN, base, SELF));
    trash(first.dir);
    const inode = lstatSync(first.dir).ino;
    await workspaces.release(first);
    assert.is(readdirSync(join(places.stateDir, 'pool')).length, 1);
    const again = value(await another().acquire(RUN, base, SELF));
    assert.is(lstatSync(again.dir).ino, inode, 'the same folder');
    assert.equal(listing(again.dir), CLEAN);
    await workspaces.release(again);
    const there = another();
    const moved = value(await there.acquire(RUN, next, SELF));
    const { 'dir/deep/c.txt': _, ...rest } = CLEAN;
    assert.equal(listing(moved.dir), {
      ...rest,
      'a.txt': '644 a2\n',
      'dir/deep/c.txt': 'dir 755',
      'dir/deep/c.txt/now': 'dir 755',
      'dir/deep/c.txt/now/a': 'dir 755',
      'dir/deep/c.txt/now/a/folder': '644 x\n',
      new: 'dir 755',
      'new/er': 'dir 755',
      'new/er/file': '644 new\n',
    });
    await there.release(moved);
    const back = value(await another().acquire(RUN, base, SELF));
    assert.equal(listing(back.dir), CLEAN);
    assert.is(git('status', '--porcelain'), '');
  }));

test('a change through a memory map, which leaves no trace on some file systems, does not reach the next run', () =>
  withRig(async ({ workspaces, another, base }) => {
    let second = value(await workspaces.acquire(RUN, base, SELF));
    // Until the file is so old that its times are trusted, where times are trusted at all.
    while (Date.now() - lstatSync(join(second.dir, 'a.txt')).ctimeMs < 100) {
      await workspaces.release(second);
      second = value(await workspaces.acquire(RUN, base, SELF));
    }
    const stat = lstatSync(join(second.dir, 'a.txt'));
    const python =
      'import mmap,os,sys\nf=os.open(sys.argv[1],os.O_RDWR)\nm=mmap.mmap(f,0)\nx=m[0]\nm[0:1]=b"Z"\nm.flush()\nm.close()\n';
    const ran = spawnSync('python3', ['-c', python, join(second.dir, 'a.txt')]);
    if (ran.status !== 0) {
      writeFileSync(join(second.dir, 'a.txt'), 'Z\n');
      utimesSync(join(second.dir, 'a.txt'), stat.atime, stat.mtime);
    }
    assert.is(readFileSync(join(second.dir, 'a.txt'), 'utf8'), 'Z\n');
    await workspaces.release(second);
    const third = value(await another().acquire(RUN, base, SELF));
    assert.is(readFileSync(join(third.dir, 'a.txt'), 'utf8'), 'a\n');
  }));

test('two that take at once get two trees; the pool is bounded', () =>
  withRig(async ({ workspaces, another, base, places }) => {
    const one = value(await workspaces.acquire(RUN, base, SELF));
    await workspaces.release(one);
    const taken = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const by = another();
        return { by, workspace: value(await by.acquire(RUN, base, SELF)) };
      }),
    );
    assert.is(new Set(taken.map(({ workspace }) => workspace.dir)).size, 10);
    for (const { workspace } of taken) assert.equal(listing(workspace.dir), CLEAN);
    for (const { by, workspace } of taken) await by.release(workspace);
    assert.is(readdirSync(join(places.stateDir, 'pool')).length, 8);
    assert.equal(readdirSync(join(places.stateDir, 'trash')), []);
  }));

test('folders that were closed or nested beyond any path are cleaned away', () =>
  withRig(async ({ workspaces, another, base, snapshot, places }) => {
    const workspace = value(await workspaces.acquire(RUN, base, SELF));
    const nest =
      "const fs = require('fs'); for (let i = 0; i < 60; i += 1) { fs.mkdirSync('0'.repeat(100)); process.chdir('0'.repeat(100)); } fs.writeFileSync('end', '');";
    execFileSync(process.execPath, ['-e', nest], { cwd: workspace.dir });
    mkdirSync(join(workspace.dir, 'closed/inner'), { recursive: true });
    chmodSync(join(workspace.dir, 'closed'), 0);
    chmodSync(join(workspace.dir, 'dir'), 0o500);
    const taken = await snapshot(workspace);
    assert.is(taken.ok ? '' : taken.failure.class, 'scope-violation');
    await workspaces.release(workspace);
    const again = value(await another().acquire(RUN, base, SELF));
    assert.equal(listing(again.dir), CLEAN);
    assert.equal(readdirSync(join(places.stateDir, 'pool')), []);
  }));

test('move goes to another commit, keeps what the commit ignores, and what the step made itself ignore goes', () =>
  withRig(async ({ workspaces, base, snapshot }) => {
    const workspace = value(await workspaces.acquire(RUN, base, SELF));
    trash(workspace.dir);
    rmSync(join(workspace.dir, '.git'), { recursive: true });
    writeFileSync(join(workspace.dir, 'x.log'), 'log');
    writeFileSync(join(workspace.dir, 'mine'), 'mine');
    writeFileSync(join(workspace.dir, '.gitignore'), '*\n');
    const inode = lstatSync(workspace.gitDir).ino;
    const moved = value(await workspaces.move(workspace, base, SELF));
    assert.equal(listing(moved.dir), {
      ...CLEAN,
      out: 'dir 755',
      'out/.git': 'dir 755',
      'out/file': '644 ignored\n',
      'x.log': '644 log',
    });
    assert.is(moved.dir, workspace.dir);
    assert.is(lstatSync(moved.gitDir).ino, inode, 'an open sandbox shows that very folder');
    assert.is(value(await snapshot(moved)).taken.changed, false);
  }));

test('renew gives what a new tree is, in the folders that a sandbox may have open', () =>
  withRig(async ({ workspaces, base, snapshot, commit, git }) => {
    const next = commit({ 'a.txt': 'a2\n' });
    const workspace = value(await workspaces.acquire(RUN, base, SELF));
    trash(workspace.dir);
    writeFileSync(join(workspace.dir, 'x.log'), 'log');
    writeFileSync(join(workspace.gitDir, 'index'), 'no index');
    writeFileSync(join(workspace.gitDir, 'refs/heads/left'), `${base}\n`);
    const inodes = [workspace.dir, workspace.gitDir].map((dir) => lstatSync(dir).ino);
    const renewed = value(await workspaces.renew(workspace, next, SELF));
    assert.equal(listing(renewed.dir), { ...CLEAN, 'a.txt': '644 a2\n' });
    assert.equal(
      [renewed.dir, renewed.gitDir].map((dir) => lstatSync(dir).ino),
      inodes,
    );
    assert.equal(readdirSync(join(renewed.gitDir, 'refs/heads')), ['work']);
    assert.is(git('--git-dir', renewed.gitDir, 'ls-files', '--', 'a.txt'), 'a.txt');
    assert.is(value(await snapshot(renewed)).taken.changed, false);
  }));

test('a shielded tree shows what tells agents how to work as the base has it, and a snapshot leaves what a step changed of it', () =>
  withRig(async ({ workspaces, commit, dir, snapshot, git, files }) => {
    mkdirSync(join(dir, 'docs'));
    symlinkSync('docs/how.md', join(dir, 'CLAUDE.md'));
    const project = commit({ 'AGENTS.md': 'base\n', '.claude/base.json': '{}\n', 'docs/how.md': 'base\n' });
    git('rm', '-q', '.claude/base.json');
    const written = commit({
      'AGENTS.md': 'step\n',
      '.mcp.json': '{}\n',
      'docs/how.md': 'step\n',
      '.claude': 'a file\n',
    });
    const workspace = value(await workspaces.acquire(RUN, written, SELF));
    const kept = ['out/built', 'out/x/claude.md', 'out/.vscode/tasks.json'];
    for (const path of kept) {
      mkdirSync(join(workspace.dir, path, '..'), { recursive: true });
      writeFileSync(join(workspace.dir, path), 'ignored\n');
    }
    const shielded = value(await workspaces.shield(workspace, project, SELF, ADA));
    const shown = listing(shielded.dir);
    for (const path of ['AGENTS.md', 'docs/how.md']) assert.is(shown[path], '644 base\n', path);
    assert.is(shown['CLAUDE.md'], '-> docs/how.md');
    assert.is(shown['.claude/base.json'], '644 {}\n');
    assert.is(shown['.mcp.json'], undefined);
    assert.equal(
      kept.map((path) => path in shown),
      [true, false, false],
    );
    // It works, and changes one of those itself.
    writeFileSync(join(shielded.dir, 'a.txt'), 'work\n');
    writeFileSync(join(shielded.dir, 'AGENTS.md'), 'work\n');
    const taken = value(await snapshot(shielded, { parents: [written] }));
    const text = (path: string): string => git('show', `${taken.taken.commit}:${path}`);
    assert.equal(['a.txt', 'AGENTS.md', 'docs/how.md', '.claude', '.mcp.json'].map(text), [
      'work',
      'work',
      'step',
      'a file',
      '{}',
    ]);
    assert.equal(files(taken.taken.commit), files(written));
    const after = value(await workspaces.move(taken.workspace, taken.taken.commit, SELF));
    assert.is(listing(after.dir)['.mcp.json'], '644 {}\n');
    assert.not.ok(value(await snapshot(after)).taken.changed);
  }));

test('copy holds the same files, ignored ones too, and no snapshot sees a difference', () =>
  withRig(async ({ workspaces, base, snapshot }) => {
    const workspace = value(await workspaces.acquire(RUN, base, SELF));
    mkdirSync(join(workspace.dir, 'out'));
    writeFileSync(join(workspace.dir, 'out/built'), 'built', { mode: 0o755 });
    utimesSync(join(workspace.dir, 'out/built'), 1000, 1000);
    symlinkSync('built', join(workspace.dir, 'out/link'));
    execFileSync('mkfifo', [join(workspace.dir, 'out/fifo')]);
    const copy = value(await workspaces.copy(RUN, workspace, SELF));
    assert.not.equal(copy.dir, workspace.dir);
    assert.equal(listing(copy.dir), { ...CLEAN, out: 'dir 755', 'out/built': '755 built', 'out/link': '-> built' });
    assert.is(lstatSync(join(copy.dir, 'out/built')).mtimeMs, 1_000_000);
    writeFileSync(join(copy.dir, 'a.txt'), 'copy');
    assert.is(readFileSync(join(workspace.dir, 'a.txt'), 'utf8'), 'a\n');
    const taken = value(await snapshot(copy)).taken;
    assert.equal([taken.changed, taken.leftIgnored], [true, true]);
  }));

test('a snapshot is what the files hold, without what git ignores', () =>
  withRig(async ({ workspaces, base, snapshot, git, files, reader }) => {
    const workspace = value(await workspaces.acquire(RUN, base, SELF));
    const nothing = value(await snapshot(workspace)).taken;
    assert.equal(nothing, { commit: base, changed: false, leftIgnored: false });
    assert.is(await reader.resolve('refs/pushpals/runs/order-1/s'), null, 'what it started from is kept already');
    writeFileSync(join(workspace.dir, 'a.txt'), 'b\n');
    rmSync(join(workspace.dir, 'dir/deep'), { recursive: true });
    writeFileSync(join(workspace.dir, 'dir/deep'), 'a file now\n');
    chmodSync(join(workspace.dir, 'run.sh'), 0o600);
    mkdirSync(join(workspace.dir, 'ü ber/-x'), { recursive: true });
    writeFileSync(join(workspace.dir, 'ü ber/-x/"q"'), '');
    symlinkSync('../../a.txt', join(workspace.dir, 'ü ber/-x/l'));
    mkdirSync(join(workspace.dir, 'out'));
    writeFileSync(join(workspace.dir, 'out/x'), 'x');
    writeFileSync(join(workspace.dir, 'x.log'), 'x');
    const { taken, workspace: after } = value(await snapshot(workspace));
    assert.ok(taken.changed && taken.leftIgnored);
    assert.is(after.at, taken.commit);
    assert.equal(files(taken.commit), [
      '.gitignore',
      'a.txt',
      'dir/b.txt',
      'dir/deep',
      'link',
      'run.sh',
      'ü ber/-x/"q"',
      'ü ber/-x/l',
    ]);
    assert.is(git('ls-tree', taken.commit, 'run.sh').slice(0, 6), '100644');
    assert.is(git('rev-parse', `${taken.commit}^`), base);
    assert.is(git('rev-parse', 'refs/pushpals/runs/order-1/s'), taken.commit);
    assert.is(git('fsck', '--strict', '--no-dangling'), '');
    assert.is(value(await snapshot(after)).taken.changed, false, 'nothing further');
  }));

test('tracked files are taken in though git would ignore them; rules nest, and case counts', () =>
  withRig(async ({ another, git, snapshot, write, files }) => {
    const workspaces = another(false);
    write('out/kept', '1');
    write('out/sub/kept', '1');
    write('dir/.gitignore', '!wanted.log\n/local\n');
    git('add', '--force', 'out', 'dir');
    git('commit', '--quiet', '-m', 'x');
    const at = git('rev-parse', 'HEAD') as CommitId;
    const workspace = value(await workspaces.acquire(RUN, at, SELF));
    for (const path of [
      'out/kept',
      'out/other',
      'out/sub/kept',
      'out/sub/other',
      'dir/wanted.log',
      'dir/deep/wanted.log',
      'dir/other.log',
      'dir/local',
      'local',
      'X.LOG',
      'x.log',
    ])
      writeFileSync(join(workspace.dir, path), 'new');
    const { taken } = value(await snapshot(workspace, {}, workspaces));
    const changed = git('diff', '--name-only', at, taken.commit).split('\n');
    assert.equal(changed, ['X.LOG', 'dir/deep/wanted.log', 'dir/wanted.log', 'local', 'out/kept', 'out/sub/kept']);
    assert.ok(files(taken.commit).includes('dir/.gitignore'));
    const byGit = execFileSync('git', ['ls-files', '--modified', '--others', '--exclude-standard'], {
      cwd: workspace.dir,
      env: GIT_ENV,
    });
    assert.equal(byGit.toString().trim().split('\n').sort(), changed, 'git agrees');
  }));

test('a merge has all its parents', () =>
  withRig(async ({ workspaces, base, snapshot, commit, git }) => {
    const other = commit({ other: '1' });
    const workspace = value(await workspaces.acquire(RUN, base, SELF));
    writeFileSync(join(workspace.dir, 'a.txt'), 'merged');
    const { taken } = value(await snapshot(workspace, { parents: [base, other] }));
    assert.is(git('log', '-1', '--format=%P', taken.commit), `${base} ${other}`);
  }));

test('a change that keeps size and times is seen', () =>
  withRig(async ({ workspaces, base, snapshot, git }) => {
    const workspace = value(await workspaces.acquire(RUN, base, SELF));
    const place = join(workspace.dir, 'a.txt');
    const { atime, mtime } = lstatSync(place);
    writeFileSync(place, 'b\n');
    utimesSync(place, atime, mtime);
    const { taken } = value(await snapshot(workspace));
    assert.is(git('show', `${taken.commit}:a.txt`), 'b');
  }));

const refusals: readonly [name: string, leave: (dir: string) => void, path: string, why: RegExp][] = [
  [
    '.git gone',
    (dir) => {
      rmSync(join(dir, '.git'));
    },
    '.git',
    /changed or replaced/,
  ],
  [
    '.git changed',
    (dir) => {
      writeFileSync(join(dir, '.git'), 'gitdir: /workspace/mine\n');
    },
    '.git',
    /changed or replaced/,
  ],
  [
    '.git a repository with fsmonitor',
    (dir) => {
      rmSync(join(dir, '.git'));
      execFileSync('git', ['init', '-q', dir], { env: GIT_ENV });
      execFileSync('git', ['config', 'core.fsmonitor', 'touch /tmp/pwned'], { cwd: dir, env: GIT_ENV });
    },
    '.git',
    /changed or replaced/,
  ],
  [
    '.git a link to its own text',
    (dir) => {
      renameSync(join(dir, '.git'), join(dir, 'real'));
      symlinkSync('real', join(dir, '.git'));
    },
    '.git',
    /changed or replaced/,
  ],
  [
    'a repository inside, with fsmonitor and a filter',
    (dir) => {
      execFileSync('git', ['init', '-q', join(dir, 'nested')], { env: GIT_ENV });
      execFileSync('git', ['config', 'core.fsmonitor', 'touch /tmp/pwned'], { cwd: join(dir, 'nested'), env: GIT_ENV });
      writeFileSync(join(dir, '.gitattributes'), '* filter=evil\n');
    },
    'nested/.git',
    /repository of its own/,
  ],
  [
    '.GIT',
    (dir) => {
      mkdirSync(join(dir, 'dir/.GIT'));
    },
    'dir/.GIT',
    /repository/,
  ],
  [
    'git~1',
    (dir) => {
      writeFileSync(join(dir, 'git~1'), '');
    },
    'git~1',
    /repository/,
  ],
  [
    '.g\u200cit',
    (dir) => {
      writeFileSync(join(dir, '.g\u200cit'), '');
    },
    '.g\u200cit',
    /repository/,
  ],
  [
    '.git with a dot and a space',
    (dir) => {
      writeFileSync(join(dir, '.git. .'), '');
    },
    '.git. .',
    /repository/,
  ],
  [
    '.git::$INDEX_ALLOCATION',
    (dir) => {
      writeFileSync(join(dir, '.git::$INDEX_ALLOCATION'), '');
    },
    '.git::$INDEX_ALLOCATION',
    /repository/,
  ],
  [
    '.git\\config',
    (dir) => {
      writeFileSync(join(dir, '.git\\config'), '');
    },
    '.git\\config',
    /repository/,
  ],
  [
    'an ignored .git',
    (dir) => {
      writeFileSync(join(dir, '.gitignore'), '.GIT\n');
      mkdirSync(join(dir, '.GIT'));
    },
    '.GIT',
    /repository/,
  ],
  [
    'the runner’s folder',
    (dir) => {
      mkdirSync(join(dir, '.pushpals/git'), { recursive: true });
      writeFileSync(join(dir, '.pushpals/git/config'), '');
    },
    '.pushpals',
    /runner/,
  ],
  [
    'a FIFO',
    (dir) => {
      execFileSync('mkfifo', [join(dir, 'fifo')]);
    },
    'fifo',
    /neither a file nor a link/,
  ],
  [
    'a FIFO in place of a tracked file',
    (dir) => {
      rmSync(join(dir, 'a.txt'));
      execFileSync('mkfifo', [join(dir, 'a.txt')]);
    },
    'a.txt',
    /neither a file nor a link/,
  ],
  [
    'a socket',
    (dir) => {
      execFileSync(process.execPath, ['-e', `require('net').createServer().listen('s', () => process.exit())`], {
        cwd: dir,
      });
      if (!existsSync(join(dir, 's'))) execFileSync('mkfifo', [join(dir, 's')]);
    },
    's',
    /neither a file nor a link/,
  ],
  [
    'a line end in a name',
    (dir) => {
      writeFileSync(join(dir, 'a\nb'), '');
    },
    'a\nb',
    /control character/,
  ],
  [
    'a terminal escape in a folder’s name',
    (dir) => {
      mkdirSync(join(dir, '\u001b[2J'));
    },
    '\u001b[2J',
    /control character/,
  ],
  [
    'a name that turns text around',
    (dir) => {
      writeFileSync(join(dir, 'a\u202etxt.exe'), '');
    },
    'a\u202etxt.exe',
    /control character/,
  ],
  [
    'a backslash',
    (dir) => {
      writeFileSync(join(dir, 'a\\b'), '');
    },
    'a\\b',
    /backslash/,
  ],
  [
    'a name that is not UTF-8',
    (dir) => {
      writeFileSync(Buffer.concat([Buffer.from(`${dir}/x`), Buffer.from([0xff])]), '');
    },
    'x\ufffd',
    /UTF-8/,
  ],
  [
    'a link to an absolute path',
    (dir) => {
      symlinkSync('/etc/passwd', join(dir, 'pw'));
    },
    'pw',
    /absolute/,
  ],
  [
    'a link out of the tree',
    (dir) => {
      symlinkSync('../../a.txt', join(dir, 'dir/up'));
    },
    'dir/up',
    /out of the work tree/,
  ],
  [
    'a link into a git directory',
    (dir) => {
      symlinkSync('.git/config', join(dir, 'conf'));
    },
    'conf',
    /git directory/,
  ],
  [
    '.gitmodules as a link',
    (dir) => {
      symlinkSync('a.txt', join(dir, '.gitmodules'));
    },
    '.gitmodules',
    /refuses it as a link/,
  ],
  [
    'a tracked folder replaced by a link out',
    (dir) => {
      rmSync(join(dir, 'dir'), { recursive: true });
      symlinkSync('/etc', join(dir, 'dir'));
    },
    'dir',
    /absolute/,
  ],
  [
    'a hard link to another file',
    (dir) => {
      linkSync(join(dir, 'a.txt'), join(dir, 'twin'));
    },
    'twin',
    /hard link/,
  ],
  [
    'a file that is too large',
    (dir) => {
      writeFileSync(join(dir, 'large'), '');
      truncateSync(join(dir, 'large'), 20_000_000_000);
    },
    'large',
    /larger than 1000000/,
  ],
  [
    'a tracked file that became too large',
    (dir) => {
      truncateSync(join(dir, 'a.txt'), 20_000_000_000);
    },
    'a.txt',
    /larger than 1000000/,
  ],
  [
    'too much together',
    (dir) => {
      for (let n = 0; n < 12; n += 1) writeFileSync(join(dir, `f${String(n)}`), Buffer.alloc(900_000, n));
    },
    '',
    /changes are larger/,
  ],
  [
    'too many files',
    (dir) => {
      for (let n = 0; n < 1100; n += 1) writeFileSync(join(dir, `f${String(n)}`), '');
    },
    '',
    /more than 1000 files/,
  ],
];
for (const [name, leave, path, why] of refusals) {
  test(`a snapshot refuses ${name}`, () =>
    withRig(async ({ workspaces, another, base, snapshot, reader }) => {
      const workspace = value(await workspaces.acquire(RUN, base, SELF));
      leave(workspace.dir);
      const taken = await snapshot(workspace);
      if (taken.ok || taken.failure.class !== 'scope-violation') throw new Error(JSON.stringify(taken));
      const [entry] = taken.failure.entries.filter((each) => path === '' || each.path === path);
      assert.match(entry?.why ?? JSON.stringify(taken.failure.entries), why);
      assert.is(await reader.resolve('refs/pushpals/runs/order-1/s'), null);
      assert.not.ok(existsSync('/tmp/pwned'));
      await workspaces.release(workspace);
      assert.equal(
        listing(value(await another().acquire(RUN, base, SELF)).dir),
        CLEAN,
        'and the next run finds nothing of it',
      );
    }));
}

test('names at most fifty refusals', () =>
  withRig(async ({ workspaces, base, snapshot }) => {
    const workspace = value(await workspaces.acquire(RUN, base, SELF));
    for (let n = 0; n < 200; n += 1) writeFileSync(join(workspace.dir, `x\\${String(n)}`), '');
    const taken = await snapshot(workspace);
    assert.is(taken.ok || taken.failure.class !== 'scope-violation' ? 0 : taken.failure.entries.length, 50);
  }));

test('odd names and links that the project has already are left alone', () =>
  withRig(async ({ workspaces, git, gitWith, snapshot }) => {
    const blob = gitWith('/etc/passwd', 'hash-object', '-w', '--stdin');
    git(
      '-c',
      'core.protectNTFS=false',
      'update-index',
      '--add',
      '--cacheinfo',
      `120000,${blob},abs`,
      '--cacheinfo',
      `100644,${blob},a\\b`,
    );
    git('-c', 'core.protectNTFS=false', 'update-index', '--add', '--cacheinfo', `100644,${blob},new\nline`);
    git('commit', '--quiet', '-m', 'odd');
    const workspace = value(await workspaces.acquire(RUN, git('rev-parse', 'HEAD') as CommitId, SELF));
    writeFileSync(join(workspace.dir, 'a\\b'), 'changed');
    writeFileSync(join(workspace.dir, 'new\nline'), 'changed');
    const { taken } = value(await snapshot(workspace));
    assert.is(git('show', `${taken.commit}:a\\b`), 'changed');
  }));

test('a submodule is an empty folder; filling it is refused, removing it is a change', () =>
  withRig(async ({ workspaces, git, base, snapshot, files }) => {
    git('update-index', '--add', '--cacheinfo', `160000,${base},sub/module`);
    git('commit', '--quiet', '-m', 'sub');
    const at = git('rev-parse', 'HEAD') as CommitId;
    const workspace = value(await workspaces.acquire(RUN, at, SELF));
    assert.ok(lstatSync(join(workspace.dir, 'sub/module')).isDirectory());
    assert.is(value(await snapshot(workspace)).taken.changed, false);
    writeFileSync(join(workspace.dir, 'sub/module/x'), '');
    assert.is((await snapshot(workspace)).ok, false);
    rmSync(join(workspace.dir, 'sub'), { recursive: true });
    const { taken } = value(await snapshot(workspace));
    assert.not.ok(files(taken.commit).includes('sub/module'));
    await workspaces.release({ ...workspace, at });
    assert.equal(listing(value(await workspaces.acquire(RUN, base, SELF)).dir), CLEAN);
  }));

for (const name of ['..', '.git', 'git~1', '.GIT', 'x/../../y']) {
  test(`a commit with an entry ${name} is not written out`, () =>
    withRig(async ({ workspaces, gitWith, git, base }) => {
      const blob = git('rev-parse', `${base}:a.txt`);
      const raw = Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(blob, 'hex')]);
      const tree = gitWith(raw, 'hash-object', '-t', 'tree', '-w', '--stdin', '--literally');
      const commit = git('commit-tree', tree, '-m', 'hostile') as CommitId;
      const taken = await workspaces.acquire(RUN, commit, SELF);
      assert.is(taken.ok ? '' : taken.failure.class, 'git-failed');
      const first = value(await workspaces.acquire(RUN, base, SELF));
      await workspaces.release(first);
      assert.not.ok((await workspaces.acquire(RUN, commit, SELF)).ok, 'nor into a reused tree');
    }));
}

test('rules made to take forever do not', () =>
  withRig(async ({ workspaces, base, snapshot }) => {
    const workspace = value(await workspaces.acquire(RUN, base, SELF));
    writeFileSync(join(workspace.dir, '.gitignore'), `${'*a'.repeat(40)}b\n${'**/'.repeat(40)}b\n`);
    for (let n = 0; n < 20; n += 1) writeFileSync(join(workspace.dir, `${'a'.repeat(240)}${String(n)}`), '');
    const started = performance.now();
    value(await snapshot(workspace));
    assert.ok(performance.now() - started < 20_000);
  }));

test('files belong to whom steps run as', () =>
  withRig(async ({ workspaces, another, base, snapshot }) => {
    // Only root can give files away; for anybody else the owner is they themselves.
    const owner = SELF.uid === 0 ? { uid: 61347, gid: 61347 } : SELF;
    const workspace = value(await workspaces.acquire(RUN, base, owner));
    const owners = (): number[] => [
      ...new Set(
        readdirSync(workspace.dir, { recursive: true, encoding: 'utf8' })
          .filter((path) => path !== '.git')
          .concat('')
          .map((path) => lstatSync(join(workspace.dir, path)).uid),
      ),
    ];
    assert.equal(owners(), [owner.uid]);
    assert.is(lstatSync(join(workspace.gitDir, 'index')).uid, owner.uid);
    assert.is(value(await snapshot(workspace)).taken.changed, false);
    await workspaces.release(workspace);
    const again = value(await another().acquire(RUN, base, SELF));
    assert.is(lstatSync(join(again.dir, 'a.txt')).uid, SELF.uid);
    assert.equal(listing(again.dir), CLEAN);
  }));

test('sweep removes the trees of runs that are not alive, and whose sandboxes are known to be gone', () =>
  withRig(async ({ workspaces, another, base, places }) => {
    value(await workspaces.acquire('dead-1' as RunId, base, SELF));
    value(await workspaces.acquire('dead-2' as RunId, base, SELF));
    value(await another(false).acquire('dead-2' as RunId, base, SELF));
    const living = value(await workspaces.acquire('alive-1' as RunId, base, SELF));
    const alive = (): Promise<ReadonlySet<RunId>> => Promise.resolve(new Set(['alive-1' as RunId]));
    const asked: [RunId, readonly string[]][] = [];
    const areGone = (run: RunId, drivers: readonly string[]): Promise<boolean> => {
      asked.push([run, [...drivers].sort()]);
      return Promise.resolve(run === 'dead-1');
    };
    assert.equal(await workspaces.sweep(alive, areGone), ['dead-1']);
    assert.equal(asked.sort(), [
      ['dead-1', ['docker']],
      ['dead-2', ['docker', 'host']],
    ]);
    assert.ok(existsSync(join(living.dir, 'a.txt')));
    assert.equal(readdirSync(join(places.stateDir, 'runs')).sort(), ['alive-1', 'dead-2']);
    assert.equal(await workspaces.sweep(alive, () => Promise.resolve(true)), ['dead-2']);
    assert.equal(await workspaces.sweep(alive, () => Promise.resolve(true)), []);
  }));

test.run();
