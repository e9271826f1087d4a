import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Tried } from '../../runner/app/tried.js';
import { later, type Instant } from '../../runner/core/ids.js';

const NOON = '2026-11-20T12:00:00.000Z' as Instant;
const MINUTE = 60_000;

test('what was tried is left alone for as long, and what was not is open', () => {
  const tried = new Tried(MINUTE);
  tried.note('fix', NOON);
  assert.ok(tried.isOpen('other', NOON));
  assert.not.ok(tried.isOpen('fix', NOON));
  assert.equal(tried.waits(later(NOON, 10_000)), [50_000]);
  assert.not.ok(tried.isOpen('fix', later(NOON, MINUTE - 1)));
  assert.ok(tried.isOpen('fix', later(NOON, MINUTE)));
  tried.forget('fix');
  assert.ok(tried.isOpen('fix', NOON));
  assert.equal(tried.waits(NOON), []);
});

test('a clock that is put back has nothing left alone for longer than that', () => {
  const years = 3 * 365 * 24 * 60 * MINUTE;
  const tried = new Tried(MINUTE);
  tried.note('fix', later(NOON, years));
  assert.not.ok(tried.isOpen('fix', later(NOON, years)));
  assert.ok(tried.isOpen('fix', NOON));
  assert.equal(tried.waits(NOON), []);
  // By a little: it is left alone for no longer than it was to be.
  tried.note('fix', NOON);
  assert.ok(tried.isOpen('fix', later(NOON, -1)));
});

test('for ever is for ever, whatever the clock shows', () => {
  const tried = new Tried(Infinity);
  tried.note('fix', NOON);
  for (const ms of [-1e9, 0, 1e12]) assert.not.ok(tried.isOpen('fix', later(NOON, ms)));
  assert.equal(tried.waits(later(NOON, 1e9)), []);
  assert.not.ok(tried.isOpen('fix', NOON));
});

test.run();
