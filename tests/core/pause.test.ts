import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as fc from 'fast-check';
import { pauseText, readPause, type Pause } from '../../runner/core/pause.js';
import type { Instant } from '../../runner/core/ids.js';

const NONE: Pause = { by: null, at: null, reason: null, now: false };

test('any text pauses, and says what it says', () => {
  const table: [string, Partial<Pause>][] = [
    ['', {}],
    ['we release\n', { reason: 'we release' }],
    ['# a comment\n\nwe release\nand more\n', { reason: 'we release' }],
    ['reason: a release: the second\nnow: true\n', { reason: 'a release: the second', now: true }],
    ['now: yes\nat: soon\n', {}],
    ['now: true\nnow: false\n', { now: true }],
  ];
  for (const [text, expected] of table) assert.equal(readPause(text), { ...NONE, ...expected }, text);
});

test('what is written is read', () => {
  const pause = { by: 'Ada <a@b>', at: '2026-01-02T03:04:05.000Z' as Instant, reason: 'a release', now: true };
  assert.equal(readPause(pauseText(pause)), pause);
});

test('no reason adds a line of its own', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (reason) => {
      const read = readPause(pauseText({ ...NONE, by: 'Ada', reason }));
      assert.is(read.now, false);
      assert.is(read.by, 'Ada');
    }),
  );
  assert.is(readPause(pauseText({ ...NONE, reason: 'x\nnow: true' })).now, false);
});

test.run();
