/** `npm run attacks`: makes the attacks one after the other, and prints what became of each by each driver. */
import { hasDriver } from '../engine.js';
import { DRIVERS, type Attack } from './attack.js';
import { attempt } from './attempt.js';
import { POINTS, catalogue, exception } from './catalogue.js';
import type { DriverName } from '../../runner/app/ports/sandbox.js';

const words = process.argv.slice(2);
const entries = (await catalogue()).filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
);
const WIDTH = 12;
/** Of an attack that did not come out as declared: what was said first is what the runner said. */
const SHOWN_LINES = 15;
const problems: string[] = [];
const missing = DRIVERS.filter((driver) => !hasDriver(driver));

async function verdict(name: string, attack: Attack, driver: DriverName): Promise<string> {
  const declared = exception(attack, driver);
  if (declared !== null && 'notApplicable' in declared) return 'n/a';
  if (missing.includes(driver)) return 'not here';
  try {
    await attempt(attack, driver);
    return declared === null ? 'held' : 'succeeds';
  } catch (error) {
    problems.push(`${name} by ${driver}: ${error instanceof Error ? error.message : String(error)}`);
    return 'FAILED';
  }
}

console.log(`${DRIVERS.map((driver) => driver.padEnd(WIDTH)).join('')}what the attacker does`);
let point = '';
for (const { name, attack, point: of } of entries) {
  if (of !== point) console.log(`\n${POINTS[of]?.holds ?? of}`);
  point = of;
  let cells: string[] = [];
  if (attack.by === 'anybody')
    cells = [`${await verdict(name, attack, 'host')} (no sandbox in it)`.padEnd(WIDTH * DRIVERS.length)];
  else for (const driver of DRIVERS) cells.push(await verdict(name, attack, driver));
  console.log(`${cells.map((cell) => cell.padEnd(WIDTH)).join('')}${attack.title}`);
}
for (const driver of missing) console.log(`\n${driver} is not on this machine: nothing was tried on it`);
for (const problem of problems) console.log(`\n${problem.split('\n').slice(0, SHOWN_LINES).join('\n')}`);
console.log(`\n${String(entries.length)} attacks, ${String(problems.length)} not as declared`);
process.exitCode = problems.length === 0 ? 0 : 1;
