import { inTurns } from '../measure.mjs';
import { peer, transitions } from '../transitions.mjs';

export const name = 'one transition, synced';
export const against = '`git commit` of one file in a tree of 1,000';
export const budget = 0.5;

/** @param {{ times: number }} options */
export async function measure({ times }) {
  const { move, close } = await transitions(1);
  const taken = await inTurns(times * 3, move, peer());
  await close();
  return taken;
}
