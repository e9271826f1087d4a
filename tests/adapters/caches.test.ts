import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { LocalCaches } from '../../runner/adapters/caches.js';

const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const MOST = 1024 * 1024;
const HOUR = 3_600_000;

async function withCaches(
  use: (dir: string, caches: LocalCaches, pass: (ms: number) => void) => Promise<void>,
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'pushpals-caches-'));
  let now = Date.now();
  try {
    await use(dir, new LocalCaches(dir, () => now), (ms) => {
      now += ms;
    });
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function filled(dir: string, name: string, content: string): string {
  const place = join(dir, name);
  mkdirSync(join(place, 'deep'), { recursive: true });
  writeFileSync(join(place, 'deep', 'file'), content);
  return place;
}

test('what is kept is a copy: whoever wrote it, or got a copy of it, cannot change it', () =>
  withCaches(async (dir, caches) => {
    const place = filled(dir, 'written', 'good');
    assert.is(await caches.keep('a', place, owner, MOST), null);
    writeFileSync(join(place, 'deep', 'file'), 'bad!');
    assert.is(await caches.copy('a', join(dir, 'copy'), owner), true);
    writeFileSync(join(dir, 'copy', 'deep', 'file'), 'bad!');
    assert.is(await caches.show('a', join(dir, 'shown'), owner), true);
    assert.is(readFileSync(join(dir, 'shown', 'deep', 'file'), 'utf8'), 'good');
  }));

test('the first that wrote it wins; nothing is no content', () =>
  withCaches(async (dir, caches) => {
    mkdirSync(join(dir, 'empty'));
    assert.is(await caches.keep('a', join(dir, 'empty'), owner, MOST), null);
    assert.is(await caches.show('a', join(dir, 'none'), owner), false);
    assert.not(existsSync(join(dir, 'none')));
    assert.is(await caches.keep('a', filled(dir, 'one', '1'), owner, MOST), null);
    assert.is(await caches.keep('a', filled(dir, 'two', '2'), owner, MOST), null);
    await caches.copy('a', join(dir, 'copy'), owner);
    assert.is(readFileSync(join(dir, 'copy', 'deep', 'file'), 'utf8'), '1');
  }));

test('links are kept as links, other things are left out, and a link in place of the folder is nothing', () =>
  withCaches(async (dir, caches) => {
    const place = filled(dir, 'written', 'good');
    symlinkSync('/etc/passwd', join(place, 'link'));
    symlinkSync('/etc', join(place, 'deep', 'folder'));
    execFileSync('mkfifo', [join(place, 'fifo')]);
    assert.is(await caches.keep('a', place, owner, MOST), null);
    await caches.show('a', join(dir, 'shown'), owner);
    assert.equal(readdirSync(join(dir, 'shown')).sort(), ['deep', 'link']);
    assert.ok(lstatSync(join(dir, 'shown', 'link')).isSymbolicLink());
    assert.ok(lstatSync(join(dir, 'shown', 'deep', 'folder')).isSymbolicLink());
    symlinkSync('/etc', join(dir, 'posing'));
    assert.is(await caches.keep('b', join(dir, 'posing'), owner, MOST), null);
    assert.is(await caches.copy('b', join(dir, 'copy'), owner), false);
  }));

test('one that is too large is not kept, and what was not used for longest goes first', () =>
  withCaches(async (dir, caches, pass) => {
    assert.match(
      (await caches.keep('a', filled(dir, 'large', 'x'.repeat(11)), owner, 10)) ?? '',
      /larger than 10 bytes/,
    );
    for (const name of ['a', 'b', 'c']) {
      await caches.keep(name, filled(dir, name, 'x'.repeat(100)), owner, MOST);
      await caches.show(name, join(dir, `${name}-shown`), owner);
      pass(HOUR);
    }
    await caches.show('a', join(dir, 'again'), owner);
    await caches.sweep(250);
    assert.equal(readdirSync(join(dir, 'cache')).sort(), ['a', 'c']);
    pass(2 * HOUR);
    await caches.sweep(0);
    assert.equal(readdirSync(join(dir, 'cache')), []);
    assert.ok(existsSync(join(dir, 'again', 'deep', 'file')), 'who was shown it still has it');
  }));

test.run();
