// deadline: 600s
// one Node: what holds is git, and decisions
// The attacks in which there is no sandbox, but for those on approvals, and what is declared of all of them. `npm run attacks` prints the same as a table.
import { existsSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { POINTS, catalogue, exception } from './catalogue.js';
import { registerUnsandboxed } from './register.js';

const entries = await catalogue();

await registerUnsandboxed((point) => point !== '06-approvals');

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
