// deadline: 420s
// one Node: real git and real processes
import { randomInt } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { killRounds, seconds, type Options } from '../../scripts/kills/rounds.mjs';
import { needs } from '../engine.js';

/** `.ci/run` asks for 200 on one of its two Nodes. */
const ROUNDS = Number(process.env['PUSHPALS_KILL_ROUNDS'] ?? '12');

/** What a machine that has other work does not get through in that time is not made, and said. */
async function holds(options: Omit<Options, 'seed'>): Promise<void> {
  const seed = randomInt(2 ** 31);
  const started = performance.now();
  const { rounds, orders, problems } = await killRounds({ ...options, seed });
  const flags = `--driver ${options.driver}${options.remote === true ? ' --remote' : ''}`;
  console.log(
    `\nnote: ${flags}: ${String(rounds)} of ${String(options.rounds)} rounds on ${String(orders)} orders in ${seconds(performance.now() - started)}`,
  );
  assert.equal(problems, [], `npm run kills -- ${flags} --seed ${String(seed)}`);
  assert.ok(rounds > 0, 'nothing was killed');
}

test('host: two runners killed at random moments lose nothing, do nothing twice and leave nothing behind', () =>
  holds({ driver: 'host', rounds: ROUNDS, orders: ROUNDS < 50 ? 6 : 20, untilMs: ROUNDS < 50 ? 15_000 : 150_000 }));

test('remote: the same of two machines, whose branches agree in the end and were never forced', () =>
  holds({ driver: 'host', remote: true, rounds: 8, orders: 4, untilMs: 12_000 }));

needs('bubblewrap', test)('bubblewrap: the same, with sandboxes to clear away', () =>
  holds({ driver: 'bubblewrap', rounds: 8, orders: 4, untilMs: 10_000 }),
);

needs('docker', test)('docker: the same, with containers to clear away', () =>
  holds({ driver: 'docker', rounds: 5, orders: 2, untilMs: 10_000 }),
);

test.run();
