// deadline: 400s
// one Node: what holds is git, the kernel and the engine
// Every attack of the folders beside this file, by each driver; `npm run attacks` prints the same as a table.
import { existsSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

import { needs } from '../engine.js';
import { DRIVERS } from './attack.js';
import { attempt } from './attempt.js';
import { POINTS, catalogue, exception } from './catalogue.js';

const entries = await catalogue();

for (const { name, attack } of entries) {
  if (attack.by === 'anybody') {
    test(name, () => attempt(attack, 'host'));
    continue;
  }
  for (const driver of DRIVERS) {
    const declared = exception(attack, driver);
    if (declared !== null && 'notApplicable' in declared) continue;
    const register = driver === 'host' ? test : needs(driver, test);
    register(`${name} by ${driver}`, () => attempt(attack, driver));
  }
}

test('each point is attacked, and each attack says what it is', () => {
  for (const [point, { alsoBy }] of Object.entries(POINTS)) {
    assert.ok(
      entries.some((entry) => entry.point === point),
      point,
    );
    for (const name of alsoBy) assert.ok(existsSync(`tests/${name}`), name);
  }
  const titles = new Set(entries.map(({ attack }) => attack.title));
  assert.is(titles.size, entries.length, 'two attacks have one title');
  for (const { name, attack } of entries) {
    assert.ok(attack.story.length > 60, `${name}: its story is missing`);
    // Only what isolates nothing may be said to give way.
    for (const driver of ['docker', 'bubblewrap'] as const)
      assert.not.ok('succeeds' in (exception(attack, driver) ?? {}), `${name} by ${driver}`);
  }
});

test.run();
