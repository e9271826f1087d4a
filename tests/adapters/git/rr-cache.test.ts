import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { recordedResolutions } from '../../../runner/adapters/git/rr-cache.js';

const id = (digit: string): string => digit.repeat(40);

function withCache(run: (top: string, put: (path: string, size?: number) => void) => void): void {
  const dir = mkdtempSync(join(tmpdir(), 'pushpals-rr-'));
  try {
    run(dir, (path, size = 3) => {
      const place = join(dir, 'rr-cache', path);
      mkdirSync(join(place, '..'), { recursive: true });
      writeFileSync(place, 'x'.repeat(size));
    });
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const paths = (dir: string): readonly string[] => recordedResolutions(dir).map(({ path }) => path);

test('whole resolutions come, the newest first, and nothing else that lies there', () => {
  withCache((dir, put) => {
    assert.equal(paths(dir), []);
    for (const name of ['preimage', 'postimage', 'preimage.1', 'postimage.1', 'thisimage', '-x'])
      put(`${id('a')}/${name}`);
    for (const name of ['preimage', 'postimage']) put(`${id('b')}/${name}`);
    put(`${id('c')}/preimage`);
    put('notes/postimage');
    put(`${id('d')}/postimage`, 1024 * 1024 + 1);
    put('file');
    utimesSync(join(dir, 'rr-cache', id('a')), 1, 1);
    assert.equal(paths(dir), [
      ...['postimage', 'preimage'].map((name) => `rr-cache/${id('b')}/${name}`),
      ...['postimage', 'postimage.1', 'preimage', 'preimage.1'].map((name) => `rr-cache/${id('a')}/${name}`),
    ]);
  });
});

test('no link below it is followed', () => {
  withCache((dir, put) => {
    put(`${id('a')}/preimage`);
    put('elsewhere/postimage');
    symlinkSync(join(dir, 'rr-cache/elsewhere/postimage'), join(dir, 'rr-cache', id('a'), 'postimage'));
    symlinkSync(join(dir, 'rr-cache/elsewhere'), join(dir, 'rr-cache', id('b')));
    assert.equal(paths(dir), []);
  });
});

test('all of them together are bounded', () => {
  withCache((dir, put) => {
    for (let index = 0; index < 40; index += 1) put(`${String(index).padStart(40, '0')}/postimage`, 1024 * 1024);
    assert.is(paths(dir).length, 32);
  });
});

test.run();
