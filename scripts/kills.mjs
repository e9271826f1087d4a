/**
 * Kills the built program at random moments, over and over, and looks at what is broken afterwards (`scripts/kills/`).
 *
 *     npm run kills                              200 rounds on a new seed, driver host
 *     npm run kills -- --rounds 50 --seed 7      the same moments again
 *     npm run kills -- --driver bubblewrap       or docker, which needs the image pushpals-test:1
 *     npm run kills -- --runners 4 --orders 40
 *     npm run kills -- --remote                  each runner on a clone of its own, with a bare remote between them
 *
 * Ends with 1 if anything is broken. PUSHPALS_KEEP=1 keeps the repository then, and says where it is.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { install } from './install.mjs';

install();
const { buildProgram } = await import('./build.mjs');
await buildProgram();
const { killRounds, seconds } = await import('./kills/rounds.mjs');
const { DRIVERS } = await import('./kills/project.mjs');

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    driver: { type: 'string', default: 'host' },
    runners: { type: 'string', default: '2' },
    orders: { type: 'string', default: '20' },
    remote: { type: 'boolean', default: false },
  },
});
const driver = DRIVERS.find((name) => name === values.driver);
if (driver === undefined) throw new Error(`no driver ${values.driver}; there are ${DRIVERS.join(', ')}`);
console.log(`seed ${values.seed}`);
const { rounds, batches, orders, problems, ms } = await killRounds({
  driver,
  rounds: Number(values.rounds),
  seed: Number(values.seed),
  remote: values.remote,
  runners: Number(values.runners),
  orders: Number(values.orders),
  log: console.log,
});
const times = `${seconds(ms.killing)} of kills, ${seconds(ms.finishing)} until orders ended, ${seconds(ms.looking)} of looking at all`;
console.log(
  `${rounds} rounds, ${batches} batches, ${orders} orders, ${problems.length} problems (seed ${values.seed}); ${times}`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
