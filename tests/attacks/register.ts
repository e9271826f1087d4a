import { test } from 'uvu';
import type { DriverName } from '../../runner/app/ports/sandbox.js';
import { needs } from '../engine.js';
import { attempt } from './attempt.js';
import { catalogue, exception } from './catalogue.js';

/** Registers every attack that a driver is to be held to. A test file each, so that they run side by side. */
export async function registerAttacks(driver: DriverName): Promise<void> {
  for (const { name, attack } of await catalogue()) {
    const declared = exception(attack, driver);
    if (attack.by === 'anybody' || (declared !== null && 'notApplicable' in declared)) continue;
    const register = driver === 'host' ? test : needs(driver, test);
    register(`${name} by ${driver}`, () => attempt(attack, driver));
  }
}

/** Registers the attacks in which there is no sandbox, of some points. They are many whole ticks: a test file each for about half of them. */
export async function registerUnsandboxed(has: (point: string) => boolean): Promise<void> {
  for (const { name, point, attack } of await catalogue())
    if (attack.by === 'anybody' && has(point)) test(name, () => attempt(attack, 'host'));
}
