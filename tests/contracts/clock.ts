import * as assert from 'uvu/assert';
import type { Clock } from '../../runner/app/ports/machine.js';
import { epochMs } from '../../runner/core/ids.js';

type Register = (name: string, run: () => Promise<void>) => void;

/** What every clock must hold. `pass` lets time go on until a promise settles. */
export function clockContract(
  name: string,
  withClock: (run: (clock: Clock, pass: <T>(promise: Promise<T>) => Promise<T>) => Promise<void>) => Promise<void>,
  register: Register,
): void {
  register(`${name}: a sleep ends after its time, and not before`, () =>
    withClock(async (clock, pass) => {
      const before = epochMs(clock.now());
      await pass(clock.sleep(30));
      // The clock and the timer may round differently.
      assert.ok(epochMs(clock.now()) - before >= 29);
      await pass(clock.sleep(0));
      await pass(clock.sleep(-5));
    }),
  );

  register(`${name}: a sleep ends at once when it is called off, before or while it lasts`, () =>
    withClock(async (clock, pass) => {
      const before = epochMs(clock.now());
      const stop = new AbortController();
      const long = clock.sleep(3_600_000, stop.signal);
      stop.abort();
      await pass(long);
      await pass(clock.sleep(3_600_000, AbortSignal.abort()));
      assert.ok(epochMs(clock.now()) - before < 3_600_000);
    }),
  );

  register(`${name}: shorter sleeps end first`, () =>
    withClock(async (clock, pass) => {
      const ended: string[] = [];
      const one = (ms: number, what: string): Promise<number> => clock.sleep(ms).then(() => ended.push(what));
      await pass(Promise.all([one(60, 'long'), one(5, 'short')]));
      assert.equal(ended, ['short', 'long']);
    }),
  );
}
