import { withHistory } from '../history.mjs';
import { PROGRAM, inTurns, run } from '../measure.mjs';

export const name = 'status with deep history';
export const against = 'the same with 100 archived orders';
export const budget = 1.3;

/** @param {{ times: number, quick: boolean }} options */
export async function measure({ times, quick }) {
  const orders = quick ? 2000 : 100_000;
  const [deep, shallow] = [await withHistory(orders), await withHistory(100)];
  const taken = await inTurns(
    times,
    () => run([...PROGRAM, 'status'], deep),
    () => run([...PROGRAM, 'status'], shallow),
  );
  return { ...taken, note: `${orders} orders, ${orders * 10} evidence files` };
}
