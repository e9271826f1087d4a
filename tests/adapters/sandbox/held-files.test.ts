import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, rmSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { heldFiles } from '../../../runner/adapters/sandbox/held-files.js';
import { descendants } from '../../../runner/adapters/sandbox/process-table.js';

const register = existsSync('/proc/self/task') ? test : test.skip;
const isRoot = process.getuid?.() === 0;
const MOST = { bytes: 1e9, files: 1e6 };
const MB = 1024 * 1024;

async function inFolder(use: (dir: string) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'pushpals-held-'));
  try {
    await use(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** A process that has printed something. */
async function started(command: string, args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  if (child.stdout !== null) await once(child.stdout, 'data');
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

register('a deleted file counts once, as long as a process has it open, and one that has a name does not', () =>
  inFolder(async (dir) => {
    const before = await heldFiles([process.pid], MOST);
    const place = join(dir, 'held');
    const open = [openSync(place, 'w'), openSync(place, 'r')];
    writeSync(open[0] ?? 0, Buffer.alloc(MB, 1));
    assert.equal(await heldFiles([process.pid], MOST), before, 'it has a name');
    unlinkSync(place);
    const held = await heldFiles([process.pid], MOST);
    assert.equal([held.bytes - before.bytes, held.files - before.files, held.blind], [MB, 1, false]);
    assert.ok((await heldFiles([process.pid], { bytes: 1, files: 0 })).bytes > 1, 'where it is too much, it says so');
    open.forEach(closeSync);
    assert.equal(await heldFiles([process.pid], MOST), before);
    assert.equal(await heldFiles([], MOST), { bytes: 0, files: 0, blind: false });
  }),
);

register('a file in memory is none on a disk', async () => {
  if (!existsSync('/dev/shm')) return;
  const before = await heldFiles([process.pid], MOST);
  const place = join('/dev/shm', `pushpals-held-${String(process.pid)}`);
  const fd = openSync(place, 'w');
  try {
    writeSync(fd, Buffer.alloc(MB, 1));
    unlinkSync(place);
    assert.equal(await heldFiles([process.pid], MOST), before);
  } finally {
    closeSync(fd);
  }
});

register('a deleted file that is only mapped counts, or is said to be out of sight', () =>
  inFolder(async (dir) => {
    const program = join(dir, 'program');
    copyFileSync('/bin/sh', program);
    const child = await started(program, ['-c', 'echo up; while :; do sleep 1; done']);
    try {
      const pid = child.pid ?? 0;
      assert.is((await heldFiles([pid], MOST)).files, 0);
      unlinkSync(program);
      const held = await heldFiles([pid], MOST);
      if (isRoot) assert.ok(held.files === 1 && held.bytes > 10_000, JSON.stringify(held));
      else assert.ok(held.blind || held.files === 1, JSON.stringify(held));
    } finally {
      await ended(child);
    }
  }),
);

register('what a process started, and what that did, is found', async () => {
  const child = await started('/bin/sh', ['-c', '(sleep 100 & echo up; wait); :']);
  const pid = child.pid ?? 0;
  const all = descendants(pid);
  assert.ok(descendants(process.pid).includes(pid));
  assert.is(all.length, 3, 'itself, the shell in it, and what that started');
  // The others wait for the last one.
  process.kill(all.at(-1) ?? 0, 'SIGKILL');
  if (child.exitCode === null) await once(child, 'exit');
});

test.run();
