import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Clock } from '../../runner/app/ports/machine.js';
import { WakeUps } from '../../runner/app/wake-ups.js';

const [GAP, LONG] = [200, 30_000];

/** A clock whose sleeps end when the test says so, or when they are called off. */
function clockOf(): { readonly clock: Clock; readonly asked: number[]; readonly pass: () => void } {
  const asked: number[] = [];
  let pass: () => void = () => undefined;
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      asked.push(ms);
      pass = resolve;
      signal?.addEventListener('abort', () => {
        resolve();
      });
    });
  return {
    clock: { now: () => '' as never, sleep },
    asked,
    pass: () => {
      pass();
    },
  };
}

const settled = async (work: Promise<void>): Promise<boolean> => {
  let isOver = false;
  void work.then(() => {
    isOver = true;
  });
  await new Promise((go) => setImmediate(go));
  return isOver;
};

test('the first look waits for nobody, and calls that came before it are one', async () => {
  const { clock, asked, pass } = clockOf();
  const wakeUps = new WakeUps(clock, GAP);
  for (let call = 0; call < 1000; call += 1) wakeUps.call();
  await wakeUps.next(LONG);
  assert.equal(asked, []);
  const next = wakeUps.next(LONG);
  assert.not.ok(await settled(next));
  pass();
  assert.not.ok(await settled(next));
  assert.equal(asked, [GAP, LONG - GAP]);
  pass();
  assert.ok(await settled(next));
});

test('what can wait is answered after the gap, however often it is called', async () => {
  const { clock, asked, pass } = clockOf();
  const wakeUps = new WakeUps(clock, GAP);
  await wakeUps.next(LONG);
  const next = wakeUps.next(LONG);
  for (let call = 0; call < 1000; call += 1) wakeUps.call();
  assert.not.ok(await settled(next));
  pass();
  assert.ok(await settled(next));
  assert.equal(asked, [GAP]);
});

test('what work waits for ends the gap, and a call ends the wait', async () => {
  const { clock, asked, pass } = clockOf();
  const wakeUps = new WakeUps(clock, GAP);
  await wakeUps.next(LONG);
  const urged = wakeUps.next(LONG);
  wakeUps.urge();
  assert.ok(await settled(urged));
  const called = wakeUps.next(LONG);
  pass();
  assert.not.ok(await settled(called));
  wakeUps.call();
  assert.ok(await settled(called));
  assert.equal(asked, [GAP, GAP, LONG - GAP]);
});

test('a time that comes before the gap is over is not missed', async () => {
  const { clock, asked, pass } = clockOf();
  const wakeUps = new WakeUps(clock, GAP);
  await wakeUps.next(LONG);
  const next = wakeUps.next(50);
  pass();
  assert.ok(await settled(next));
  assert.equal(asked, [50]);
  await wakeUps.next(0);
});

test.run();
