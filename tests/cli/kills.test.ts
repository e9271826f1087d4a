// deadline: 300s
import { randomInt } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { killRounds } from '../../scripts/kills/rounds.mjs';
import { needs } from '../engine.js';

/** As many as fit: 200 rounds are `npm run kills`. */
async function holds(driver: 'host' | 'bubblewrap', rounds: number, orders: number, untilMs: number): Promise<void> {
  const seed = randomInt(2 ** 31);
  const end = await killRounds({ driver, rounds, seed, orders, untilMs });
  assert.equal(end.problems, [], `npm run kills -- --driver ${driver} --seed ${String(seed)}`);
  assert.ok(end.kills > 0, 'nothing was killed');
}

test('host: two runners killed at random moments lose nothing, do nothing twice and leave nothing behind', () =>
  holds('host', 8, 20, 15_000));

needs('bubblewrap', test)('bubblewrap: the same, with sandboxes to clear away', () => holds('bubblewrap', 4, 8, 8_000));

test.run();
