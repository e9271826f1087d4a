import { median } from '../measure.mjs';
import { project } from '../repository.mjs';
import { startWatch, until } from '../watch.mjs';

export const name = 'memory of `watch` after 10,000 ticks';
export const against = 'after 100';
export const budget = 1.1;

const READINGS = 7;

/** @param {{ quick: boolean }} options */
export async function measure({ quick }) {
  const [many, few] = quick ? [1000, 100] : [10_000, 100];
  const watch = await startWatch(project(), '--poll', '1ms');
  /** What the system counts swings by a few megabytes from one tick to the next. @param {number} ticks */
  const heldAfter = async (ticks) => {
    /** @type {number[]} */
    const readings = [];
    for (let reading = 0; reading < READINGS; reading += 1) {
      await until(() => watch.ticks() >= ticks + reading * 5);
      readings.push(await watch.megabytes());
    }
    return median(readings);
  };
  const before = await heldAfter(few);
  const held = await heldAfter(many);
  await watch.end();
  return {
    ratio: held / before,
    note: `${held.toFixed(0)} MB against ${before.toFixed(0)} MB resident, garbage collected; ${many} ticks against ${few}`,
  };
}
