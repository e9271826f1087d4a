import { getEventListeners } from 'node:events';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { systemClock } from '../../runner/adapters/clock.js';
import { epochMs } from '../../runner/core/ids.js';
import { clockContract } from '../contracts/clock.js';

const DAYS_30 = 30 * 24 * 3_600_000;

test('now is the system time, as an instant', () => {
  const before = Date.now();
  const now = systemClock.now();
  assert.match(now, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.ok(epochMs(now) >= before && epochMs(now) <= Date.now());
});

test('a sleep takes its time', async () => {
  const started = performance.now();
  await systemClock.sleep(30);
  // Timers count in whole milliseconds.
  assert.ok(performance.now() - started >= 29);
});

test('an abort ends a sleep at once, before and during it, and is no error', async () => {
  const stop = new AbortController();
  const asleep = systemClock.sleep(DAYS_30, stop.signal);
  stop.abort();
  await asleep;
  await systemClock.sleep(DAYS_30, stop.signal);
});

test('a sleep leaves no listener on its signal', async () => {
  const stop = new AbortController();
  for (let count = 0; count < 20; count += 1) await systemClock.sleep(1, stop.signal);
  assert.is(getEventListeners(stop.signal, 'abort').length, 0);
});

test('a sleep longer than one timer can wait does not end at once', async () => {
  const stop = new AbortController();
  const ended = systemClock.sleep(2 ** 31, stop.signal).then(() => 'ended');
  assert.is(await Promise.race([ended, systemClock.sleep(50).then(() => 'asleep')]), 'asleep');
  stop.abort();
  await ended;
});

clockContract('the system’s clock', (run) => run(systemClock, (promise) => promise), test);

test.run();
