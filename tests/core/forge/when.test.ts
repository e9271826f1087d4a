import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { keepNoted, mayKeep, nextLook, noted, type ForgeNote } from '../../../runner/core/forge/when.js';
import { later, type Instant } from '../../../runner/core/ids.js';

const START = '2026-11-20T12:00:00.000Z' as Instant;
const at = (minutes: number): Instant => later(START, minutes * 60_000);
const failure = { class: 'forge-unavailable', forge: 'f', problem: 'forbidden', why: 'no' } as const;

test('what a forge does not show is tried ever more rarely, though it is looked at each minute', () => {
  let note: ForgeNote = noted(null, START, null);
  const tried: number[] = [];
  for (let minute = 0; minute <= 40; minute++) {
    note = noted(note, at(minute), null);
    assert.is(nextLook(note, at(minute)), at(minute + 1));
    if (!mayKeep(note, at(minute))) continue;
    tried.push(minute);
    note = keepNoted(note, at(minute), failure);
  }
  assert.equal(tried, [0, 1, 3, 7, 15, 25, 35]);
  assert.is(note.keeping?.since, START);
  assert.is(note.failing, null);
  assert.is(keepNoted(note, at(41), null).keeping, null);
});

test('a hint to wait is heeded, and a clock that was set back is none', () => {
  const note = keepNoted(noted(null, START, null), START, { ...failure, retryAt: at(30) });
  assert.equal(
    [mayKeep(note, at(29)), mayKeep(note, at(30)), mayKeep(note, at(-1)), mayKeep(null, START)],
    [false, true, true, true],
  );
});

test('what was found of requests is remembered over looks, whatever they come to', () => {
  const note = { ...noted(null, START, null), requests: { a: 'x' } };
  assert.equal(noted(note, at(1), failure).requests, { a: 'x' });
  assert.equal(noted(noted(note, at(1), failure), at(2), null).requests, { a: 'x' });
});

test.run();
