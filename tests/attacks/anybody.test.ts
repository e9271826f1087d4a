// deadline: 400s
// one Node: what holds is git, and decisions
// The attacks in which there is no sandbox, and what is declared of all of them. `npm run attacks` prints the same as a table.
import { existsSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { attempt } from './attempt.js';
import { POINTS, catalogue, exception } from './catalogue.js';

const entries = await catalogue();

for (const { name, attack } of entries) if (attack.by === 'anybody') test(name, () => attempt(attack, 'host'));

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
