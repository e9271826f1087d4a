// deadline: 180s
// one Node: git and the kernel
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../until.js';
import { makeProject, type Project } from './program.js';

const mount = (...args: string[]): boolean => spawnSync('mount', args, { stdio: 'ignore' }).status === 0;

/** Whether file systems may be mounted here, asked once: some of these need one of their own. */
function canMount(): boolean {
  const dir = mkdtempSync(join(tmpdir(), 'pushpals-mount-'));
  const mounted = mount('-t', 'tmpfs', '-o', 'size=100k', 'tmpfs', dir);
  if (mounted) spawnSync('umount', [dir]);
  rmSync(dir, { recursive: true });
  return mounted;
}

const mounting: (name: string, run: () => Promise<void>) => void = canMount()
  ? (name, run) => {
      test(name, run);
    }
  : (name) => {
      test.skip(name);
    };

const WORK = 'formula: work\nversion: 1\nsteps: [{ id: a, run: "echo 1 > a.txt" }, { id: ship, ship: {} }]\n';

async function withOrder(): Promise<Project> {
  const project = await makeProject('host');
  await project.commit({ 'formulas/work.yml': WORK });
  await project.write('ops/inbox/go.yml', 'goal: Go\nformula: work\n');
  return project;
}

/** Whether a process works in a folder. */
function worksIn(folder: string): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
      } catch (error) {
        // It ended meanwhile, or is somebody else's.
        if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
        throw error;
      }
    });
}

/** An order of which the runner was killed in its second step. */
async function withDeadRun(): Promise<Project> {
  const project = await makeProject('host');
  const mended = join(project.dir, 'mended');
  await project.commit({
    'formulas/dies.yml': `formula: dies\nversion: 1\nsteps:\n  - { id: a, run: "echo 1 > a.txt" }\n  - { id: b, needs: [a], run: "[ -e '${mended}' ] || kill -9 $PPID" }\n  - { id: ship, ship: {} }\n`,
  });
  await project.write('ops/inbox/go.yml', 'goal: Go\nformula: dies\n');
  assert.is((await project.pushpals(['tick'])).exitCode, undefined);
  // What the runner had started of git ends by itself, and still clears away behind it.
  await until('its git has ended', () => !worksIn(join(project.dir, '.pushpals')));
  writeFileSync(mended, '');
  return project;
}

async function ships(project: Project): Promise<void> {
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 0, tick.stderr);
  assert.is(await project.show('pushpals/go', 'a.txt'), '1\n');
  const audit = await project.pushpals(['audit']);
  assert.is(audit.exitCode, 0, audit.stdout);
  await project.remove();
}

mounting('a repository that became read-only is said to be, and worked on once it is not', async () => {
  const project = await withOrder();
  // As in a clone in which nothing has run yet: who only looks writes nothing.
  rmSync(join(project.dir, '.git/.pushpals'), { recursive: true, force: true });
  assert.ok(mount('--bind', project.dir, project.dir) && mount('-o', 'remount,ro,bind', project.dir));
  try {
    const tick = await project.pushpals(['tick']);
    assert.is(tick.exitCode, 3, tick.stderr);
    assert.match(tick.stderr, /^machine-failed: the file system is read-only \(EROFS: open .*\n {2}→ Have it mounted/);
    assert.is((await project.pushpals(['status'])).exitCode, 0);
  } finally {
    spawnSync('umount', [project.dir]);
  }
  await ships(project);
});

mounting('a disk that fills up while a step runs loses nothing', async () => {
  const project = await makeProject('host');
  const home = mkdtempSync(join(tmpdir(), 'pushpals-disk-'));
  assert.ok(mount('-t', 'tmpfs', '-o', 'size=300m', 'tmpfs', home));
  try {
    const dir = join(home, 'r');
    const fill = join(home, 'fill');
    const full = join(home, 'full');
    writeFileSync(full, '');
    await project.commit({
      'formulas/work.yml': `formula: work\nversion: 1\nsteps:\n  - { id: a, run: "echo 1 > a.txt; [ ! -e '${full}' ] || cat /dev/zero > '${fill}'; true" }\n  - { id: ship, ship: {} }\n`,
    });
    await project.shell(
      `git clone -q . '${dir}' && cd '${dir}' && git config user.name Ada && git config user.email a@example.org`,
    );
    const there = (command: string): ReturnType<typeof spawnSync> =>
      spawnSync('sh', ['-c', command], { cwd: dir, encoding: 'utf8' });
    const program = `'${process.execPath}' '${process.cwd()}/dist/pushpals.js'`;
    assert.is(there(`${program} init --yes --driver host`).status, 0);
    writeFileSync(join(dir, 'ops/inbox/go.yml'), 'goal: Go\nformula: work\n');
    const tick = there(`${program} tick`);
    assert.ok(tick.status !== 0 && tick.status !== 70, String(tick.stderr));
    assert.match(String(tick.stderr), /ENOSPC|[Nn]o space left/);
    const again = there(`${program} tick`);
    assert.is(again.status, 3, String(again.stderr));
    assert.match(String(again.stderr), /only \d+ (bytes|KB|MB) of disk are free/, String(again.stderr));
    rmSync(full);
    rmSync(fill);
    for (let turn = 0; turn < 3 && there('git rev-parse --verify -q refs/heads/pushpals/go').status !== 0; turn += 1) {
      // It may wait out its backoff: its owner says now.
      there(`${program} order retry go`);
      there(`${program} tick`);
    }
    assert.is(there('git show pushpals/go:a.txt').stdout, '1\n');
    assert.is(there(`${program} audit`).status, 0);
  } finally {
    spawnSync('umount', ['-l', home]);
    rmSync(home, { recursive: true });
    await project.remove();
  }
});

const eachFile = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('with every file of .pushpals/ garbled, the next tick goes on with the run', async () => {
  const project = await withDeadRun();
  for (const file of eachFile(join(project.dir, '.pushpals'))) {
    chmodSync(file, 0o644);
    writeFileSync(file, 'garbled \u0000 {');
  }
  await ships(project);
});

test('without .pushpals/, the next tick goes on with the run', async () => {
  const project = await withDeadRun();
  rmSync(join(project.dir, '.pushpals'), { recursive: true, maxRetries: 5 });
  await ships(project);
});

test('folders of .pushpals/ that became files are said, with the command that mends it', async () => {
  const project = await withDeadRun();
  const state = join(project.dir, '.pushpals');
  for (const name of readdirSync(state)) {
    rmSync(join(state, name), { recursive: true, maxRetries: 5 });
    writeFileSync(join(state, name), 'what is this');
  }
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 3, tick.stderr);
  assert.match(tick.stderr, /own folder holds what it did not put there[^]*rm -rf \.pushpals/);
  await project.shell('rm -rf .pushpals');
  await ships(project);
});

test('a lock that a killed git left on the ops branch is named, and left to whoever knows', async () => {
  const project = await withOrder();
  const lock = join(project.dir, '.git/refs/heads/ops.lock');
  writeFileSync(lock, '');
  utimesSync(lock, 0, 0);
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 1, tick.stderr);
  assert.match(
    tick.stderr,
    /→ If no git command runs here, one that was killed left it: rm .*\/refs\/heads\/ops\.lock/,
  );
  assert.match((await project.pushpals(['doctor'])).stdout, /fail +locks +\.git\/refs\/heads\/ops\.lock/);
  assert.ok(statSync(lock).isFile());
  rmSync(lock);
  await ships(project);
});

test('a lock on the index of ops/ holds up nothing but that work tree, which a later tick brings along', async () => {
  const project = await withOrder();
  const lock = join(project.dir, '.git/worktrees/ops/index.lock');
  writeFileSync(lock, '');
  utimesSync(lock, 0, 0);
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 0, tick.stderr);
  assert.is(tick.stderr.match(/could not follow/g)?.length, 1, 'it is said once');
  rmSync(lock);
  await project.pushpals(['tick']);
  assert.is(await project.shell('git -C ops status --porcelain'), '');
  await ships(project);
});

test('an object that cannot be read stops the tick with its name, and nothing hangs', async () => {
  const project = await withOrder();
  await project.pushpals(['pause']);
  await project.pushpals(['tick']);
  await project.pushpals(['resume']);
  const blob = (await project.git('rev-parse', 'ops:queue/go.yml')).trim();
  const place = join(project.dir, '.git/objects', blob.slice(0, 2), blob.slice(2));
  const saved = join(project.dir, 'saved');
  copyFileSync(place, saved);
  rmSync(place);
  mkdirSync(join(project.dir, '.pushpals'), { recursive: true });
  for (const command of ['tick', 'status', 'doctor']) {
    const end = await project.pushpals([command]);
    assert.is(end.exitCode, 1, `${command}: ${end.stderr}`);
    assert.match(end.stderr, new RegExp(`${blob}[^]*damaged[^]*git fsck`));
  }
  writeFileSync(place, readFileSync(saved));
  await ships(project);
});

test('what a clock wrote down that was set back since holds nothing up', async () => {
  const project = await makeProject('host');
  const mended = join(project.dir, 'mended');
  await project.commit({
    'formulas/flaky.yml': `formula: flaky\nversion: 1\nbudget: { attempts: 2 }\nsteps:\n  - { id: a, run: "[ -e '${mended}' ] && echo 1 > a.txt" }\n  - { id: ship, ship: {} }\n`,
  });
  await project.write('ops/inbox/go.yml', 'goal: Go\nformula: flaky\n');
  assert.is((await project.pushpals(['tick'])).exitCode, 1);
  const future = 's/(since|until): .*/\\1: 2099-01-01T00:00:00.000Z/; s/( at): 20.*/\\1: 2099-01-01T00:00:00.000Z/';
  await project.shell(
    `sed -i -E '${future}' ops/waiting/go.yml && git -C ops commit -qam "As a clock that was ahead had it"`,
  );
  writeFileSync(mended, '');
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 0, tick.stderr);
  assert.is(await project.show('pushpals/go', 'a.txt'), '1\n');
  await project.remove();
});

for (const victim of ['cat-file', 'update-ref', 'fast-import']) {
  test(`git ${victim} killed in the middle of a tick loses nothing`, async () => {
    const project = await withOrder();
    const folder = mkdtempSync(join(tmpdir(), 'pushpals-git-'));
    const real = (await project.shell('command -v git')).trim();
    // The first of its kind dies while it is asked for something.
    writeFileSync(
      join(folder, 'git'),
      `#!/bin/sh\ncase " $* " in *" ${victim} "*) echo >> '${folder}/calls'; [ "$(wc -l < '${folder}/calls')" != 1 ] || exec timeout -s KILL 0.1 '${real}' "$@";; esac\nexec '${real}' "$@"\n`,
    );
    chmodSync(join(folder, 'git'), 0o755);
    const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}` };
    const tick = await project.pushpals(['tick'], { env });
    assert.ok(tick.exitCode !== 70, tick.stderr);
    rmSync(folder, { recursive: true });
    await project.pushpals(['order', 'retry', 'go']);
    // One that died with a lock in its hands is named, with what takes the lock away.
    const mend = /left it: (rm .*)$/m.exec((await project.pushpals(['tick'])).stderr)?.[1];
    if (mend !== undefined) {
      await project.shell(mend);
      await project.pushpals(['order', 'retry', 'go']);
    }
    await ships(project);
  });
}

test.run();
