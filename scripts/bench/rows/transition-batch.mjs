import { inTurns } from '../measure.mjs';
import { peer, transitions } from '../transitions.mjs';

export const name = 'one of 100 transitions in a batch, synced';
export const against = '`git commit` of one file in a tree of 1,000';
export const budget = 0.15;

/** @param {{ times: number }} options */
export async function measure({ times }) {
  const { move, close } = await transitions(100);
  const taken = await inTurns(times * 3, move, peer());
  await close();
  return { ...taken, ours: taken.ours / 100, ratio: taken.ratio / 100 };
}
